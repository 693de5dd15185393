import { Button, Dropdown } from 'antd';
import { useMemo } from 'react';
import { AppLink, certificatePath, devicePath } from '../../components/app-link.tsx';
import { ColumnMenu } from '../../components/table/column-menu.tsx';
import { type Column, useColumns } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { usePreferences } from '../../frame/preferences.tsx';
import { useText } from '../../i18n/text.ts';
import { visible } from './code-mark.tsx';
import { saveCsv, saveXlsx } from './desk-download.ts';
import { belongs, countShows, type DeskRow, SHOWS, type Show, standing, useDeskFile } from './desk-rows.ts';
import { codes } from './messages.ts';

const LABELS = {
  all: 'filterAll',
  found: 'filterFound',
  several: 'filterSeveral',
  'not-found': 'filterMissing',
  problem: 'filterProblem',
} as const;

interface Props {
  readonly rows: readonly DeskRow[];
  readonly show: Show;
  readonly currentKey: string | undefined;
  onShow(show: Show): void;
  onSelect(row: DeskRow): void;
}

/** One row a code with its standing; ten thousand stay smooth. */
export function DeskTable({ rows, show, currentKey, onShow, onSelect }: Props) {
  const t = useText(codes);
  const { lang } = usePreferences();
  const own = lang === 'zh' ? 0 : 1;
  const file = useDeskFile();
  const all = useMemo<readonly Column<DeskRow>[]>(() => {
    const match = ({ lookup }: DeskRow) => (lookup && lookup !== 'failed' ? lookup.matches[0] : undefined);
    return [
      { key: 'line', title: t('line'), width: 60, numeric: true, render: (row) => row.line.no },
      {
        key: 'code',
        title: t('code'),
        width: 250,
        always: true,
        render: (row) => (
          <button
            type="button"
            className="link mono desk-code"
            title={visible(row.line.code)}
            onClick={() => onSelect(row)}
          >
            {visible(row.line.code.slice(0, 120))}
          </button>
        ),
      },
      {
        key: 'base',
        title: t('base'),
        width: 100,
        always: true,
        render: (row) => {
          const { word, tone } = standing(row, t);
          return <span className={`word word-${tone}`}>{word}</span>;
        },
      },
      {
        key: 'problems',
        title: t('problems'),
        width: 150,
        render: ({ reading }) => {
          const faults = reading?.problems.filter((problem) => problem.severity !== 'info') ?? [];
          const words = faults.map((problem) => problem.message[own]).join('；');
          return faults.length > 0 ? (
            <span
              title={words}
              className={faults.some((fault) => fault.severity === 'error') ? 'tone-red' : 'tone-amber'}
            >
              {words}
            </span>
          ) : null;
        },
      },
      {
        key: 'device',
        title: t('device'),
        width: 200,
        render: (row) => {
          const device = match(row)?.device;
          return device ? (
            <AppLink to={devicePath(device.source, device.recordKey)}>
              {[device.name, device.model].filter(Boolean).join(' · ')}
            </AppLink>
          ) : null;
        },
      },
      { key: 'kind', title: t('kind'), width: 120, render: ({ reading }) => reading?.kind?.[own] },
      { key: 'di', title: t('di'), width: 150, render: ({ reading }) => <span className="mono">{reading?.di}</span> },
      {
        key: 'lot',
        title: t('lot'),
        width: 110,
        render: ({ reading }) => <span className="mono">{reading?.lot}</span>,
      },
      {
        key: 'serial',
        title: t('serial'),
        width: 110,
        render: ({ reading }) => <span className="mono">{reading?.serial}</span>,
      },
      { key: 'expiry', title: t('expiry'), width: 100, render: ({ reading }) => reading?.expiry },
      {
        key: 'manufactured',
        title: t('manufactured'),
        width: 100,
        extra: true,
        render: ({ reading }) => reading?.manufactured,
      },
      {
        key: 'quantity',
        title: t('quantity'),
        width: 80,
        extra: true,
        numeric: true,
        render: ({ reading }) => reading?.quantity,
      },
      {
        key: 'units',
        title: t('units'),
        width: 90,
        extra: true,
        numeric: true,
        render: (row) => match(row)?.unitsOfUse,
      },
      { key: 'holder', title: t('holder'), width: 180, render: (row) => match(row)?.holder },
      {
        key: 'certificate',
        title: t('certificate'),
        width: 170,
        render: (row) => {
          const number = match(row)?.certificate;
          return number ? <AppLink to={certificatePath(number)}>{number}</AppLink> : null;
        },
      },
    ];
  }, [t, own, onSelect]);
  const columns = useColumns('codes', all);
  const counts = useMemo(() => countShows(rows), [rows]);
  const shown = useMemo(() => rows.filter((row) => belongs(row, show)), [rows, show]);
  const save = (how: typeof saveCsv | typeof saveXlsx) => void how(file(shown), 'xiedang-codes');
  return (
    <div>
      <div className="table-tools">
        <fieldset className="row filters">
          <legend className="visually-hidden">{t('results')}</legend>
          {SHOWS.map((name) => (
            <button
              key={name}
              type="button"
              className="filter"
              aria-pressed={show === name}
              onClick={() => onShow(name)}
              disabled={name !== 'all' && counts[name] === 0 && show !== name}
            >
              {t(LABELS[name], { n: counts[name] })}
            </button>
          ))}
        </fieldset>
        <div className="row">
          <ColumnMenu columns={columns} />
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'csv', label: t('downloadCsv'), onClick: () => save(saveCsv) },
                { key: 'xlsx', label: t('downloadXlsx'), onClick: () => save(saveXlsx) },
              ],
            }}
          >
            <Button aria-haspopup="menu">{t('download')} ▾</Button>
          </Dropdown>
        </div>
      </div>
      {shown.length === 0 ? (
        <p className="empty">{t('noneInFilter')}</p>
      ) : (
        <DataTable
          caption={t('results')}
          columns={columns}
          rows={shown}
          rowKey={(row) => String(row.line.no)}
          currentKey={currentKey}
          onOpen={onSelect}
          narrow="scroll"
        />
      )}
    </div>
  );
}
