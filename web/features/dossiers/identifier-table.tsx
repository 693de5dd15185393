import { useMemo } from 'react';
import type { IdentifierRow } from '../../api/dossier-types.ts';
import { SourceMark } from '../../components/source-mark.tsx';
import { type Column, useColumns } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { formatNumber, type Translate, useText } from '../../i18n/text.ts';
import { dossier } from './messages.ts';

/** The name of a level of identifiers. */
export function levelName(level: string, t: Translate<typeof dossier>): string {
  const key = `level.${level}` as keyof typeof dossier;
  return key in dossier ? t(key) : level;
}

/** All identifiers of a device with their package levels; ten thousand of them stay smooth. */
export function IdentifierTable({ identifiers }: { identifiers: readonly IdentifierRow[] }) {
  const t = useText(dossier);
  const all = useMemo<readonly Column<IdentifierRow>[]>(
    () => [
      {
        key: 'di',
        title: t('identifier'),
        width: 190,
        always: true,
        render: (row) => (
          <SourceMark src={row.src} label={levelName(row.level, t)} text={row.di}>
            <span className="mono">{row.di}</span>
          </SourceMark>
        ),
      },
      {
        key: 'level',
        title: t('level'),
        width: 120,
        render: (row) => [levelName(row.level, t), row.packLevel].filter(Boolean).join(' · '),
      },
      {
        key: 'quantity',
        title: t('quantity'),
        width: 80,
        numeric: true,
        render: (row) => (row.quantity === null ? null : formatNumber(row.quantity)),
      },
      {
        key: 'units',
        title: t('unitsOfUse'),
        width: 90,
        numeric: true,
        render: (row) => (row.unitsOfUse === null ? null : formatNumber(row.unitsOfUse)),
      },
      {
        key: 'contains',
        title: t('contains'),
        width: 160,
        render: (row) => <span className="mono">{row.contains}</span>,
      },
      {
        key: 'status',
        title: t('statusColumn'),
        width: 150,
        render: (row) => (
          <>
            {row.status}{' '}
            {row.problems?.map((problem) => (
              <span key={problem.code} className="word word-red" title={problem.message ?? problem.reason ?? ''}>
                {problem.code}
              </span>
            ))}
          </>
        ),
      },
    ],
    [t],
  );
  const columns = useColumns('identifiers', all);
  return (
    <DataTable
      caption={t('identifiersTable')}
      columns={columns}
      rows={identifiers}
      rowKey={(row, index) => `${row.di}-${row.level}-${index}`}
      tall={identifiers.length > 40}
    />
  );
}
