import { Popover } from 'antd';
import { usePick, useText } from '../../i18n/text.ts';
import { clocks as words } from './messages.ts';
import type { Catalogue } from './types.ts';

/** Names of what would have to be known, in words. */
export function useMissingWords(catalogue: Catalogue | undefined): (name: string) => string {
  const t = useText(words);
  const pick = usePick();
  return (name) => {
    if (name === 'class') return t('missing.class');
    if (name === 'event:extended.length') return t('missing.length');
    if (name.startsWith('plan:')) return t('missing.plan');
    if (name.startsWith('event:')) {
      const id = name.slice('event:'.length);
      return t('missing.event', { name: pick(catalogue?.events.find((event) => event.id === id)?.name ?? id) });
    }
    const limit = catalogue?.procedures.flatMap((procedure) => procedure.limits).find((one) => one.id === name);
    return t('missing.rule', { name: pick(limit?.title ?? name) });
  };
}

/** The dashed chip "无法判定 · 缺 2 项" that opens what is missing. */
export function Missing({ names, catalogue }: { names: readonly string[]; catalogue: Catalogue | undefined }) {
  const t = useText(words);
  const said = useMissingWords(catalogue);
  return (
    <Popover
      trigger="click"
      title={t('missingTitle')}
      content={
        <div className="source-card">
          <ul>
            {names.map((name) => (
              <li key={name}>{said(name)}</li>
            ))}
          </ul>
          <p className="hint">{t('missingWho')}</p>
        </div>
      }
    >
      <button type="button" className="word word-grey" aria-haspopup="dialog">
        {t('missing', { n: names.length })}
      </button>
    </Popover>
  );
}
