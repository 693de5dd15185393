import { AppLink } from '../../components/app-link.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import { subscriptions as words } from '../subscriptions/messages.ts';
import type { Match } from '../subscriptions/types.ts';

type Matched = Match & { readonly ordinal: number; readonly title: string };

const TONES = { yes: 'word-green', no: 'word-plain', undetermined: 'word-grey' } as const;

/** One document against the enterprise, with every reason and its sentence. */
export function MatchAnswer({ match, path }: { match: Matched; path: string }) {
  const t = useText(words);
  const pick = usePick();
  const at = (start: number) => `${path}${path.includes('?') ? '&' : '?'}at=${start}`;
  const missing = (name: string) => {
    const key = `missing.${name}`;
    return key in words ? t(key as keyof typeof words) : name;
  };
  return (
    <section className="match-answer" data-testid="match">
      <p className="row">
        <b lang="zh-CN">{match.title}</b>
        <span className={`word ${TONES[match.fits]}`}>{t(`fits.${match.fits}`)}</span>
        <span className="word word-plain">{t(`bearing.${match.bearing}`)}</span>
      </p>
      {match.missing.length > 0 && (
        <p className="quiet">
          {t('missingIs')}: {match.missing.map(missing).join(' · ')}
        </p>
      )}
      <ul className="plain-list match-reasons" aria-label={t('reasons')}>
        {match.reasons.map((reason) => (
          <li key={`${reason.about}${reason.start}${reason.zh}`} className={`match-reason match-${reason.holds}`}>
            <span className="match-holds">{t(`holds.${reason.holds}` as 'holds.true')}</span>
            <span>
              {pick(reason)}
              {reason.quote !== '' && (
                <>
                  <q lang="zh-CN">{reason.quote}</q>{' '}
                  <AppLink to={at(reason.start)} className="hint no-print">
                    {t('showSentence')}
                  </AppLink>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {match.days.length > 0 && (
        <>
          <h3>{t('days')}</h3>
          <ul className="plain-list lines">
            {match.days.map((day) => (
              <li key={`${day.date}${day.start}`}>
                <span>
                  <b>{day.date}</b> {pick(day)}
                </span>
                <AppLink to={at(day.start)} className="hint no-print">
                  {t('showSentence')}
                </AppLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
