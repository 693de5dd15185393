import { Popover } from 'antd';
import type { Absence, Citation, Firmness } from '../../api/rule-types.ts';
import { AppLink } from '../../components/app-link.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import { rules } from './messages.ts';

export function rulePath(id: string): string {
  return `/rules/${encodeURIComponent(id)}`;
}

export function instrumentPath(id: string): string {
  return `/instruments/${encodeURIComponent(id)}`;
}

const tones: Readonly<Record<Firmness, string>> = {
  'primary-text': '',
  mirror: 'word',
  quoted: 'word',
  unverified: 'word word-amber',
  missing: 'word word-grey',
};

/** How firm a value is, in a word; a primary text is said without a frame. */
export function FirmnessWord({ level }: { level: Firmness }) {
  const t = useText(rules);
  return <span className={tones[level] || 'quiet'}>{t(`firm.${level}`)}</span>;
}

/** The dashed chip in the place of a value that cannot be had; it opens the reason and what to do. */
export function AbsentValue({ reason }: { reason: Absence }) {
  const t = useText(rules);
  return (
    <Popover
      trigger="click"
      title={t(`absence.${reason}`)}
      content={
        <div className="source-card">
          <p className="hint">{t('absenceMend')}</p>
        </div>
      }
    >
      <button type="button" className="word word-grey" aria-haspopup="dialog" title={t(`absence.${reason}`)}>
        {t('notDeterminable')}
      </button>
    </Popover>
  );
}

/** One source of a value: instrument with number, article, firmness, and the way to its text. */
export function SourceLine({ source }: { source: Citation }) {
  const t = useText(rules);
  const pick = usePick();
  const open = source.url !== null && /^https?:/.test(source.url);
  const title = [pick(source.title), source.number].filter(Boolean).join(' · ');
  return (
    <span className="rule-source">
      {source.instrument === '' ? title : <AppLink to={instrumentPath(source.instrument)}>{title}</AppLink>}
      <span>{source.article ?? <span className="hint">{t('noArticle')}</span>}</span>
      <FirmnessWord level={source.firmness} />
      {open ? (
        <a href={source.url ?? ''} target="_blank" rel="noreferrer">
          {t('openText')}
        </a>
      ) : (
        source.url !== null && <span className="hint">{t('inputMaterial', { name: source.url })}</span>
      )}
    </span>
  );
}
