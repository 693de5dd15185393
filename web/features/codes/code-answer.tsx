import { usePreferences } from '../../frame/preferences.tsx';
import { useText } from '../../i18n/text.ts';
import { CodeMark, visible } from './code-mark.tsx';
import { CodeMatches } from './code-matches.tsx';
import { codes } from './messages.ts';
import type { Reading } from './reading.ts';
import type { LookupState } from './use-lookups.ts';

/** Everything about one code: what it is, its parts, its problems, what the base holds. */
export function CodeAnswer({ reading, lookup }: { reading: Reading; lookup: LookupState | undefined }) {
  const t = useText(codes);
  const { lang } = usePreferences();
  const own = lang === 'zh' ? 0 : 1;
  const other = 1 - own;
  const faults = reading.problems.filter((problem) => problem.severity !== 'info');
  const verdict = !reading.valid
    ? { word: reading.type === 'unknown' ? t('unreadable') : t('invalid'), tone: 'red' }
    : faults.length > 0
      ? { word: t('readable'), tone: 'amber' }
      : { word: t('valid'), tone: 'green' };
  return (
    <section className="panel code-answer" aria-label={visible(reading.code)} data-testid="code-answer">
      <div className="panel-head">
        <div className="row">
          <h2>{reading.kind?.[own] ?? t('kind.none')}</h2>
          {reading.agency && <span className="quiet">{reading.agency}</span>}
        </div>
        <span className={`word word-${verdict.tone}`}>{verdict.word}</span>
      </div>
      <div className="panel-body stack">
        <CodeMark reading={reading} />
        {reading.problems.length > 0 && (
          <ol className="code-problems" aria-label={t('problems')}>
            {reading.problems.map((problem) => (
              <li key={`${problem.code}-${problem.at}`} className={`code-problem-${problem.severity}`}>
                {problem.message[own]} <span className="hint">{t('at', { n: problem.at + 1 })}</span>{' '}
                <span className="hint mono">{problem.code}</span>
              </li>
            ))}
          </ol>
        )}
        {reading.parts.length > 0 && (
          <table className="data-table part-table">
            <caption className="visually-hidden">{t('parts')}</caption>
            <tbody className="wrap">
              {reading.parts.map((part, index) => (
                <tr key={`${part.id}-${part.value}-${part.label[0]}`}>
                  <td className={`mono part-id code-part-${index % 2}`}>{part.id.length <= 6 ? part.id : ''}</td>
                  <td className="mono">{visible(part.value)}</td>
                  <td>
                    {part.label[own]}
                    {part.meaning && <b> {part.meaning[own]}</b>}
                    {part.label[other] !== part.label[own] && (
                      <span className="hint part-other" lang={other === 0 ? 'zh-CN' : 'en'}>
                        {part.label[other]}
                        {part.meaning && part.meaning[other] !== part.meaning[own] ? ` · ${part.meaning[other]}` : ''}
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {reading.normalized && (
          <p>
            <span className="quiet">{t('normalized')}</span> <span className="mono">{reading.normalized}</span>
          </p>
        )}
        {reading.readings.length > 0 && (
          <div>
            <h3>{t('readings')}</h3>
            <ul className="plain-list">
              {reading.readings.map((one) => (
                <li key={one.label[0] + one.meaning[0]}>
                  <span className="quiet">{one.label[own]}</span> {one.meaning[own]}
                </li>
              ))}
            </ul>
          </div>
        )}
        <div>
          <h3>{t('inBase')}</h3>
          <CodeMatches lookup={lookup} />
        </div>
      </div>
    </section>
  );
}
