import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { getJson, sendJson } from '../../api/client.ts';
import { useApi } from '../../api/queries.ts';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { useHref } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import type { ListedProfile, WholeProfile } from '../duties/types.ts';
import { keepProfile, keptProfile } from '../subscriptions/kept-profile.ts';
import { subscriptions as words } from '../subscriptions/messages.ts';
import { ProfileFields, profileOf } from '../subscriptions/profile-fields.tsx';
import { type MatchedDocument, type MatchProfile, NO_PROFILE } from '../subscriptions/types.ts';
import { MatchAnswer } from './match-answer.tsx';
import { policyPath } from './words.ts';

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
          {said &&
            answer.data?.documents.map((match) => (
              <MatchAnswer key={match.ordinal} match={match} path={policyPath(id, match.ordinal)} />
            ))}
        </div>
      </div>
    </div>
  );
}
