import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { sendJson } from '../../api/client.ts';
import { useApi } from '../../api/queries.ts';
import { Failure } from '../../components/failure.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import type { ListedProfile } from '../duties/types.ts';
import { policyWords } from '../policies/messages.ts';
import { PolicyPicker } from '../policies/policy-picker.tsx';
import { MessageEntry } from './message-list.tsx';
import { subscriptions as words } from './messages.ts';
import { ProfileFields, useSubscriptionWords } from './profile-fields.tsx';
import {
  type About,
  EVENT_KINDS,
  type EventKind,
  type Mail,
  NO_PROFILE,
  type Preview,
  type Subscription,
  type SubscriptionBody,
} from './types.ts';

const KINDS = [
  'notice',
  'rule',
  'guideline',
  'consultation',
  'draft',
  'interpretation',
  'plan',
  'catalogue',
  'recall',
  'penalty',
];
const DEFAULTS: Readonly<Record<About['type'], readonly EventKind[]>> = {
  query: ['added', 'changed', 'amended', 'repealed'],
  profile: ['added', 'changed', 'amended', 'repealed'],
  act: ['changed', 'cited', 'amended', 'repealed', 'interpreted', 'corrected'],
};

interface Props {
  /** The subscription that is changed; a new one without it. */
  readonly found?: Subscription;
  readonly about?: About;
  onDone(saved: Subscription): void;
  onCancel(): void;
}

function empty(type: About['type']): About {
  if (type === 'query') return { type, q: '', filter: {} };
  if (type === 'profile') return { type, profile: NO_PROFILE, undetermined: true };
  return { type, id: '', ordinal: 0 };
}

/** Nothing of it is filled in. */
function blank(about: About): boolean {
  if (about.type === 'act') return about.id === '';
  if (about.type === 'query') return about.q.trim() === '' && Object.keys(about.filter).length === 0;
  return !about.enterprise && JSON.stringify(about.profile) === JSON.stringify(NO_PROFILE);
}

/** What to follow, which changes, and where they go. */
export function SubscriptionForm({ found, about: given, onDone, onCancel }: Props) {
  const t = useText(words);
  const p = useText(policyWords);
  const pick = usePick();
  const id = useId();
  const known = useSubscriptionWords();
  const kept = useApi<{ items: readonly ListedProfile[] }>('/duties/profiles', { limit: 200 }, { timeless: true });
  const [name, setName] = useState(found?.name ?? (given?.type === 'query' ? given.q : ''));
  const [about, setAbout] = useState<About>(found?.about ?? given ?? empty('query'));
  const [events, setEvents] = useState<readonly EventKind[]>(found?.events ?? DEFAULTS[about.type]);
  const [mail, setMail] = useState<Mail | null>(found?.mail ?? null);
  const [webhook, setWebhook] = useState<string | null>(found?.webhook?.url ?? null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [fault, setFault] = useState<'needsName' | 'needsAbout' | null>(null);
  const [asked, setAsked] = useState<{ readonly about: About; readonly events: readonly EventKind[] } | null>(null);
  const preview = useQuery({
    queryKey: ['/subscriptions/preview', asked],
    queryFn: ({ signal }) => sendJson<Preview>('POST', '/subscriptions/preview', asked, { signal }),
    enabled: asked !== null,
  });
  const mailOff = known.data ? !known.data.channels.mail.configured : false;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = name.trim() === '' ? 'needsName' : blank(about) ? 'needsAbout' : null;
    setFault(wrong);
    if (wrong) return;
    setBusy(true);
    setFailure(null);
    const body: SubscriptionBody = {
      name: name.trim(),
      about,
      events,
      mail,
      webhook: webhook === null || webhook.trim() === '' ? null : { url: webhook.trim() },
    };
    try {
      onDone(
        await sendJson<Subscription>('POST', found ? `/subscriptions/${found.id}` : '/subscriptions', {
          ...body,
          ...(found ? { replaces: found.version } : {}),
        }),
      );
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const filter = (key: 'kind' | 'issuer' | 'region' | 'level', value: string | undefined) => {
    if (about.type !== 'query') return;
    const next = { ...about.filter, [key]: value };
    setAbout({ ...about, filter: Object.fromEntries(Object.entries(next).filter(([, one]) => one)) });
  };
  return (
    <form
      className="panel"
      onSubmit={submit}
      aria-label={found ? t('edit') : t('newOne')}
      data-testid="subscription-form"
    >
      <div className="panel-head">
        <h2>{found ? t('edit') : t('newOne')}</h2>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
      <div className="panel-body subscription-form">
        <div className="stack">
          <div className="field">
            <label htmlFor={`${id}-name`}>{t('name')}</label>
            <Input id={`${id}-name`} maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
          </div>
          <fieldset className="filters" aria-label={t('kindOf')}>
            {(['query', 'profile', 'act'] as const).map((type) => (
              <button
                key={type}
                type="button"
                className="filter"
                aria-pressed={about.type === type}
                onClick={() => {
                  if (about.type === type) return;
                  setAbout(empty(type));
                  setEvents(DEFAULTS[type]);
                }}
              >
                {t(`about.${type}`)}
              </button>
            ))}
          </fieldset>
          {about.type === 'query' && (
            <div className="match-fields">
              <div className="field match-wide">
                <label htmlFor={`${id}-q`}>{t('q')}</label>
                <Input
                  id={`${id}-q`}
                  maxLength={500}
                  value={about.q}
                  onChange={(event) => setAbout({ ...about, q: event.target.value })}
                />
              </div>
              <div className="field">
                <label htmlFor={`${id}-kind`}>{t('kind')}</label>
                <Select
                  id={`${id}-kind`}
                  allowClear
                  placeholder={t('any')}
                  value={about.filter.kind ?? null}
                  onChange={(value: string | null) => filter('kind', value ?? undefined)}
                  options={KINDS.map((kind) => ({ value: kind, label: p(`kind.${kind}` as 'kind.rule') }))}
                />
              </div>
              <div className="field">
                <label htmlFor={`${id}-level`}>{t('level')}</label>
                <Select
                  id={`${id}-level`}
                  allowClear
                  placeholder={t('any')}
                  value={about.filter.level ?? null}
                  onChange={(value: string | null) => filter('level', value ?? undefined)}
                  options={(['national', 'province', 'city'] as const).map((level) => ({
                    value: level,
                    label: p(`level.${level}`),
                  }))}
                />
              </div>
              <div className="field">
                <label htmlFor={`${id}-issuer`}>{t('issuer')}</label>
                <Input
                  id={`${id}-issuer`}
                  placeholder={t('any')}
                  value={about.filter.issuer ?? ''}
                  onChange={(event) => filter('issuer', event.target.value)}
                />
              </div>
              <div className="field">
                <label htmlFor={`${id}-region`}>{t('region')}</label>
                <Input
                  id={`${id}-region`}
                  placeholder={t('any')}
                  value={about.filter.region ?? ''}
                  onChange={(event) => filter('region', event.target.value)}
                />
              </div>
            </div>
          )}
          {about.type === 'profile' && (
            <>
              {(kept.data?.items.length ?? 0) > 0 && (
                <div className="field">
                  <label htmlFor={`${id}-enterprise`}>{t('keptEnterprise')}</label>
                  <Select
                    id={`${id}-enterprise`}
                    allowClear
                    placeholder={t('ownProfile')}
                    value={about.enterprise ?? null}
                    onChange={(enterprise: string | null) => {
                      const { enterprise: _before, ...rest } = about;
                      setAbout(enterprise ? { ...rest, enterprise } : rest);
                    }}
                    options={kept.data?.items.map((one) => ({ value: one.id, label: one.name })) ?? []}
                  />
                </div>
              )}
              <ProfileFields profile={about.profile} onProfile={(profile) => setAbout({ ...about, profile })} />
              <Checkbox
                checked={about.undetermined}
                onChange={(event) => setAbout({ ...about, undetermined: event.target.checked })}
              >
                {t('undetermined')}
              </Checkbox>
            </>
          )}
          {about.type === 'act' && (
            <div className="field">
              <label htmlFor={`${id}-act`}>{t('act')}</label>
              <PolicyPicker
                id={`${id}-act`}
                label={t('act')}
                placeholder={t('act')}
                value={about.id === '' ? undefined : about.id}
                onValue={(next) =>
                  setAbout({ type: 'act', id: next ?? '', ordinal: next === about.id ? about.ordinal : 0 })
                }
              />
            </div>
          )}
          <fieldset className="subscription-set">
            <legend>{t('events')}</legend>
            <div className="row">
              {EVENT_KINDS.map((kind) => (
                <Checkbox
                  key={kind}
                  checked={events.includes(kind)}
                  onChange={(event) =>
                    setEvents(event.target.checked ? [...events, kind] : events.filter((one) => one !== kind))
                  }
                >
                  {t(`event.${kind}`)}
                </Checkbox>
              ))}
            </div>
          </fieldset>
        </div>
        <div className="stack">
          <fieldset className="subscription-set">
            <legend>{t('channels')}</legend>
            <div className="subscription-channels">
              <Checkbox checked disabled>
                {t('inApp')}
              </Checkbox>
              <Checkbox
                checked={mail !== null}
                onChange={(event) => setMail(event.target.checked ? { to: '', when: 'at-once' } : null)}
              >
                {t('mail')}
              </Checkbox>
              {mail && (
                <div className="subscription-channel">
                  {mailOff && (
                    <p className="notice notice-amber">{pick(known.data?.channels.mail.why) || t('mailOff')}</p>
                  )}
                  <div className="field">
                    <label htmlFor={`${id}-to`}>{t('mailTo')}</label>
                    <Input
                      id={`${id}-to`}
                      type="email"
                      value={mail.to}
                      onChange={(event) => setMail({ ...mail, to: event.target.value })}
                    />
                  </div>
                  <div className="row">
                    <Select
                      aria-label={t('when')}
                      className="subscription-when"
                      value={mail.when}
                      onChange={(when: Mail['when']) =>
                        setMail({
                          to: mail.to,
                          when,
                          ...(when === 'at-once' ? {} : { hour: mail.hour ?? 8 }),
                          ...(when === 'weekly' ? { weekday: mail.weekday ?? 1 } : {}),
                        })
                      }
                      options={(['at-once', 'daily', 'weekly'] as const).map((when) => ({
                        value: when,
                        label: t(`when.${when}`),
                      }))}
                    />
                    {mail.when === 'weekly' && (
                      <Select
                        aria-label={t('weekday')}
                        className="subscription-when"
                        value={mail.weekday ?? 1}
                        onChange={(weekday: number) => setMail({ ...mail, weekday })}
                        options={[1, 2, 3, 4, 5, 6, 7].map((day) => ({
                          value: day,
                          label: t(`weekday.${day}` as 'weekday.1'),
                        }))}
                      />
                    )}
                    {mail.when !== 'at-once' && (
                      <Select
                        aria-label={t('hour')}
                        className="subscription-when"
                        value={mail.hour ?? 8}
                        onChange={(hour: number) => setMail({ ...mail, hour })}
                        options={Array.from({ length: 24 }, (_, hour) => ({
                          value: hour,
                          label: `${String(hour).padStart(2, '0')}:00`,
                        }))}
                      />
                    )}
                  </div>
                </div>
              )}
              <Checkbox checked={webhook !== null} onChange={(event) => setWebhook(event.target.checked ? '' : null)}>
                {t('webhook')}
              </Checkbox>
              {webhook !== null && (
                <div className="subscription-channel field">
                  <label htmlFor={`${id}-hook`}>{t('webhookUrl')}</label>
                  <Input
                    id={`${id}-hook`}
                    type="url"
                    placeholder="https://"
                    value={webhook}
                    onChange={(event) => setWebhook(event.target.value)}
                  />
                </div>
              )}
            </div>
          </fieldset>
          {fault && (
            <p className="tone-red" role="alert">
              {t(fault)}
            </p>
          )}
          {failure !== null && <Failure error={failure} />}
          <p className="row">
            <Button type="primary" htmlType="submit" loading={busy}>
              {t('save')}
            </Button>
            <Button disabled={blank(about)} loading={preview.isFetching} onClick={() => setAsked({ about, events })}>
              {t('preview')}
            </Button>
          </p>
          {preview.error && <Failure error={preview.error} />}
          {preview.data && (
            <section aria-live="polite" className="stack preview" data-testid="preview">
              <p>
                {t('previewOf', {
                  days: preview.data.days,
                  events: preview.data.events,
                  matches: preview.data.matches,
                })}
              </p>
              {preview.data.words
                ?.filter(({ others }) => others.length > 0)
                .map(({ typed, others }) => (
                  <p key={typed} className="hint">
                    {t('otherWords', { typed, others: others.join('、') })}
                  </p>
                ))}
              <ul className="plain-list">
                {preview.data.items.map((message) => (
                  <MessageEntry key={message.event.no} message={message} />
                ))}
              </ul>
            </section>
          )}
        </div>
      </div>
    </form>
  );
}
