import { Popover } from 'antd';
import type { Decision } from '../api/dossier-types.ts';
import { usePick, useText } from '../i18n/text.ts';
import { parts } from './messages.ts';

/** The dashed chip "无法判定 · 缺 2 项依据" that opens what is missing and who can add it. */
export function NotDeterminable({
  missing,
  short,
}: {
  missing: NonNullable<Decision['missing']>;
  /** Only how many are missing: beside a stamp that says the rest. */
  short?: boolean;
}) {
  const t = useText(parts);
  const pick = usePick();
  const words = missing.map((item) =>
    typeof item === 'object' && 'name' in item ? pick(item.label ?? item.name) : pick(item),
  );
  return (
    <Popover
      trigger="click"
      title={t('missingTitle')}
      content={
        <div className="source-card">
          <ul>
            {words.map((word) => (
              <li key={word}>{word}</li>
            ))}
          </ul>
          <p className="hint">{t('missingWho')}</p>
        </div>
      }
    >
      <button type="button" className="word word-grey" aria-haspopup="dialog">
        {t(short ? 'missingShort' : 'missing', { n: missing.length })}
      </button>
    </Popover>
  );
}
