import { Button, Dropdown } from 'antd';
import { apiUrl, type Query } from '../api/client.ts';
import type { Total } from '../api/types.ts';
import { useDates } from '../frame/dates.ts';
import { useText } from '../i18n/text.ts';
import { parts } from './messages.ts';
import { useTotalWords } from './total.tsx';

type Format = 'csv' | 'xlsx' | 'ndjson' | 'docx';

interface Props {
  readonly path: string;
  readonly query: Query;
  readonly total: Total | undefined;
  readonly formats?: readonly Format[];
  /** What the reader of the files must know, such as where a ranked result ends. */
  readonly note?: string | undefined;
}

/** The whole result as a file, with its size said before. */
export function ExportMenu({ path, query, total, formats = ['csv', 'xlsx', 'ndjson'], note }: Props) {
  const t = useText(parts);
  const words = useTotalWords();
  const dates = useDates();
  return (
    <Dropdown
      trigger={['click']}
      disabled={!total || total.value === 0}
      menu={{
        items: [
          { key: 'title', type: 'group', label: t('exportAll', { total: words(total) }) },
          ...formats.map((format) => ({
            key: format,
            label: (
              <a href={apiUrl(`${path}.${format}`, { ...dates.query, ...query })} download>
                {t(format)}
              </a>
            ),
          })),
          ...(note ? [{ key: 'note', type: 'group' as const, label: <span className="hint">{note}</span> }] : []),
        ],
      }}
    >
      <Button aria-haspopup="menu">{t('export')} ▾</Button>
    </Dropdown>
  );
}
