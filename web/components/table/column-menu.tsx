import { Button, Checkbox, Popover } from 'antd';
import { usePreferences } from '../../frame/preferences.tsx';
import { useText } from '../../i18n/text.ts';
import { parts } from '../messages.ts';
import type { ColumnChoice } from './columns.ts';

export function ColumnMenu<T>({ columns }: { columns: ColumnChoice<T> }) {
  const t = useText(parts);
  const { compact, set } = usePreferences();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="column-choice">
          {columns.all.map((column) => (
            <Checkbox
              key={column.key}
              disabled={column.always === true}
              checked={column.always === true || !columns.hidden.includes(column.key)}
              onChange={(event) => columns.show(column.key, event.target.checked)}
            >
              {column.title}
            </Checkbox>
          ))}
          <hr className="rule" />
          <Checkbox checked={compact} onChange={(event) => set({ compact: event.target.checked })}>
            {t('compact')}
          </Checkbox>
          <Button size="small" onClick={columns.reset}>
            {t('resetColumns')}
          </Button>
        </div>
      }
    >
      <Button aria-haspopup="dialog">{t('columns')} ▾</Button>
    </Popover>
  );
}
