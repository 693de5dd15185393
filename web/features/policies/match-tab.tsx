import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { getJson, sendJson } from '../../api/client.ts';
import { useApi } from '../../api/queries.ts';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { useHref } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import type { ListedProfile, WholeProfile } from '../duties/types.ts';
import { keepProfile, keptProfile } from '../subscriptions/kept-profile.ts';
import { subscriptions as words } from '../subscriptions/messages.ts';
import { ProfileFields, profileOf } from '../subscriptions/profile-fields.tsx';
import { type MatchedDocument, type MatchProfile, NO_PROFILE } from '../subscriptions/types.ts';

const TONES = { yes: 'word-green', no: 'word-plain', undetermined: 'word-grey' } as const;

/** One document against the enterprise, with every reason and its sentence. */
export function MatchAnswer({ match }: { match: MatchedDocument }) {
  const t = useText(words);
  const pick = usePick();
  const [, setSearch] = useSearchParams();
  const show = (start: number) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      after.delete('tab');
      after.set('at', String(start));
      return after;
    });
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
                  <button type="button" className="link hint no-print" onClick={() => show(reason.start)}>
                    {t('showSentence')}
                  </button>
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
                <button type="button" className="link hint no-print" onClick={() => show(day.start)}>
                  {t('showSentence')}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** Does this document concern an enterprise: who it is on the left, why or why not on the right. */
export default function MatchTab({ id }: { id: string }) {
  const t = useText(words);
  const navigate = useNavigate();
  const href = useHref();
  const [profile, setProfile] = useState<MatchProfile>(keptProfile);
  const kept = useApi<{ items: readonly ListedProfile[] }>('/duties/profiles', { limit: 200 }, { timeless: true });
  const said = JSON.stringify(profile) !== JSON.stringify(NO_PROFILE);
  const answer = useQuery({
    queryKey: ['/policies/match', id, profile],
    queryFn: ({ signal }) =>
      sendJson<{ documents: readonly MatchedDocument[] }>('POST', '/policies/match', { id, profile }, { signal }),
    enabled: said,
    placeholderData: (before) => before,
  });
  const change = (next: MatchProfile) => {
    setProfile(next);
    keepProfile(next);
  };
  return (
    <div className="stack">
      <div className="section-head">
        <h2>{t('matchTitle')}</h2>
        <p className="hint">{t('matchLead')}</p>
      </div>
      <div className="match-desk">
        <div className="stack">
          {kept.data && kept.data.items.length > 0 && (
            <Select
              aria-label={t('keptEnterprise')}
              placeholder={t('keptEnterprise')}
              value={null}
              onChange={async (enterprise: string | null) => {
                if (enterprise) change(profileOf(await getJson<WholeProfile>(`/duties/profiles/${enterprise}`)));
              }}
              options={kept.data.items.map((one) => ({ value: one.id, label: one.name }))}
            />
          )}
          <ProfileFields profile={profile} onProfile={change} />
          <p>
            <Button disabled={!said} onClick={() => navigate(href('/subscriptions?new=profile'))}>
              {t('watchThis')}
            </Button>
          </p>
        </div>
        <div className="stack" aria-live="polite">
          {!said && (
            <div className="empty">
              <h2>{t('fillFirst')}</h2>
            </div>
          )}
          {said && answer.isPending && <PageSkeleton />}
          {answer.error && <Failure error={answer.error} onRetry={() => void answer.refetch()} />}
          {said && answer.data?.documents.map((match) => <MatchAnswer key={match.ordinal} match={match} />)}
        </div>
      </div>
    </div>
  );
}
