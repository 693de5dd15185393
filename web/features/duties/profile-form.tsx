import { Button, Checkbox, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { sendJson } from '../../api/client.ts';
import { useApi } from '../../api/queries.ts';
import { DayField } from '../../components/day-field.tsx';
import { Failure } from '../../components/failure.tsx';
import { keepEnter } from '../../components/keep-enter.ts';
import { usePreferences } from '../../frame/preferences.tsx';
import { useText } from '../../i18n/text.ts';
import { duties as words } from './messages.ts';
import { EVENT_ENGLISH, EVENT_FACTS, ROLES } from './roles.ts';
import type { Certificate, DutyEvent, Licence, Party, Profile, WholeProfile } from './types.ts';

interface Props {
  /** The enterprise that is changed; a new one without it. */
  readonly found?: WholeProfile;
  onDone(saved: WholeProfile): void;
  onCancel(): void;
}

type Keyed<T> = T & { readonly key: number };
let nextKey = 1;
const keyed = <T,>(one: T): Keyed<T> => ({ ...one, key: nextKey++ });
const bare = <T extends object>(one: Keyed<T>): T => {
  const { key: _key, ...rest } = one;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== '' && value !== null)) as T;
};

/** Who the enterprise is: roles, classes, certificates, licences, events. */
export function ProfileForm({ found, onDone, onCancel }: Props) {
  const t = useText(words);
  const { lang } = usePreferences();
  const known = useApi<{ events: readonly { readonly id: string; readonly zh: string }[] }>(
    '/duties/words',
    {},
    { timeless: true },
  );
  const party = found?.profile.party;
  const [name, setName] = useState(found?.name ?? '');
  const [roles, setRoles] = useState<readonly string[]>(() =>
    (party?.roles ?? []).map((role) => ROLES.find(([id, zh]) => id === role || zh === role)?.[0] ?? role),
  );
  const [classes, setClasses] = useState<readonly string[]>(party?.classes ?? []);
  const [about, setAbout] = useState<Pick<Party, 'entrusts' | 'implant' | 'grade' | 'since'>>({
    entrusts: party?.entrusts ?? null,
    implant: party?.implant ?? null,
    grade: party?.grade ?? null,
    since: party?.since ?? null,
  });
  const [certificates, setCertificates] = useState<readonly Keyed<Certificate>[]>(() =>
    (party?.certificates ?? []).map(keyed),
  );
  const [licences, setLicences] = useState<readonly Keyed<Licence>[]>(() => (party?.licences ?? []).map(keyed));
  const [events, setEvents] = useState<readonly Keyed<DutyEvent>[]>(() => (found?.profile.events ?? []).map(keyed));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  const save = async (submit: FormEvent) => {
    submit.preventDefault();
    setBusy(true);
    setFailure(null);
    const kept = Object.fromEntries(Object.entries(about).filter(([, value]) => value !== null));
    const profile: Profile = {
      party: {
        ...party,
        ...kept,
        roles,
        classes,
        certificates: certificates.map(bare).filter((one) => Object.keys(one).length > 0),
        licences: licences.map(bare),
      },
      events: events.filter((one) => one.type !== '' && one.date !== '').map(bare),
      records: found?.profile.records ?? [],
    };
    try {
      const path = found ? `/duties/profiles/${found.id}` : '/duties/profiles';
      onDone(
        await sendJson<WholeProfile>('POST', path, {
          name,
          ...profile,
          ...(found ? { replaces: found.version } : {}),
        }),
      );
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const put = <T,>(list: readonly Keyed<T>[], key: number, more: Partial<T>) =>
    list.map((one) => (one.key === key ? { ...one, ...more } : one));
  const dropped = (label: string, onClick: () => void) => (
    <Button type="text" className="event-tool" aria-label={`${t('remove')} ${label}`} onClick={onClick}>
      ×
    </Button>
  );
  const optionsOf = (group: 'severity' | 'level' | 'of', values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`${group}.${value}` as 'level.1') }));
  const ready = name.trim() !== '' && (roles.length > 0 || licences.length > 0);
  return (
    <form className="panel" onSubmit={save} onKeyDown={keepEnter} aria-label={found ? t('edit') : t('newOne')}>
      <div className="panel-head">
        <h2>{found ? t('edit') : t('newOne')}</h2>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
      <div className="panel-body profile-form">
        <div className="stack">
          <div className="field">
            <label htmlFor="profile-name">{t('name')}</label>
            <Input id="profile-name" maxLength={300} value={name} onChange={(event) => setName(event.target.value)} />
          </div>
          <fieldset className="profile-set">
            <legend>{t('roles')}</legend>
            <div className="profile-roles">
              {ROLES.map(([id, zh, en]) => (
                <Checkbox
                  key={id}
                  checked={roles.includes(id)}
                  onChange={(event) =>
                    setRoles(event.target.checked ? [...roles, id] : roles.filter((role) => role !== id))
                  }
                >
                  {lang === 'zh' ? zh : en}
                </Checkbox>
              ))}
            </div>
            {roles.length === 0 && <p className="hint">{t('needRole')}</p>}
          </fieldset>
          <fieldset className="profile-set">
            <legend>{t('classes')}</legend>
            <div className="row">
              {['I', 'II', 'III'].map((one) => (
                <Checkbox
                  key={one}
                  checked={classes.includes(one)}
                  onChange={(event) =>
                    setClasses(event.target.checked ? [...classes, one] : classes.filter((other) => other !== one))
                  }
                >
                  {t(`class.${one}` as 'class.I')}
                </Checkbox>
              ))}
            </div>
          </fieldset>
          <div className="profile-pairs">
            {(['entrusts', 'implant'] as const).map((key) => (
              <label key={key} className="field" htmlFor={`profile-${key}`}>
                <span className="hint">{t(key)}</span>
                <Select
                  id={`profile-${key}`}
                  value={about[key] === null || about[key] === undefined ? '' : String(about[key])}
                  onChange={(value: string) => setAbout({ ...about, [key]: value === '' ? null : value === 'true' })}
                  options={[
                    { value: '', label: t('notStated') },
                    { value: 'true', label: t('yes') },
                    { value: 'false', label: t('no') },
                  ]}
                />
              </label>
            ))}
            {roles.includes('user') && (
              <label className="field" htmlFor="profile-grade">
                <span className="hint">{t('grade')}</span>
                <Select
                  id="profile-grade"
                  value={String(about.grade ?? '')}
                  onChange={(value: string) => setAbout({ ...about, grade: value === '' ? null : Number(value) })}
                  options={[
                    { value: '', label: t('notStated') },
                    ...['1', '2', '3'].map((value) => ({ value, label: t(`grade.${value}` as 'grade.1') })),
                  ]}
                />
              </label>
            )}
            <div className="field">
              <label htmlFor="profile-since" className="hint" title={t('sinceHint')}>
                {t('since')}
              </label>
              <DayField
                id="profile-since"
                value={about.since ?? undefined}
                onChange={(day) => setAbout({ ...about, since: day ?? null })}
              />
            </div>
          </div>
        </div>
        <div className="stack">
          <fieldset className="profile-set">
            <legend>{t('certificates')}</legend>
            {certificates.map((one, index) => (
              <div key={one.key} className="profile-row">
                <Input
                  aria-label={`${t('number')} ${index + 1}`}
                  placeholder={t('number')}
                  value={one.number ?? ''}
                  onChange={(event) => setCertificates(put(certificates, one.key, { number: event.target.value }))}
                />
                <Select
                  aria-label={`${t('class')} ${index + 1}`}
                  value={one.class ?? ''}
                  onChange={(value: string) => setCertificates(put(certificates, one.key, { class: value || null }))}
                  options={[
                    { value: '', label: t('class') },
                    ...['I', 'II', 'III'].map((value) => ({ value, label: t(`class.${value}` as 'class.I') })),
                  ]}
                />
                <DayField
                  id={`cert-first-${index}`}
                  placeholder={t('firstRegistered')}
                  value={one.firstRegistered ?? undefined}
                  onChange={(day) => setCertificates(put(certificates, one.key, { firstRegistered: day ?? null }))}
                />
                <DayField
                  id={`cert-expires-${index}`}
                  placeholder={t('expires')}
                  value={one.expires ?? undefined}
                  onChange={(day) => setCertificates(put(certificates, one.key, { expires: day ?? null }))}
                />
                {dropped(one.number ?? '', () =>
                  setCertificates(certificates.filter((other) => other.key !== one.key)),
                )}
              </div>
            ))}
            <Button size="small" onClick={() => setCertificates([...certificates, keyed({ number: '' })])}>
              ＋ {t('addCertificate')}
            </Button>
          </fieldset>
          <fieldset className="profile-set">
            <legend>{t('licences')}</legend>
            {licences.map((one, index) => (
              <div key={one.key} className="profile-row profile-row-licence">
                <Select
                  aria-label={`${t('licences')} ${index + 1}`}
                  value={one.kind}
                  onChange={(kind: Licence['kind']) => setLicences(put(licences, one.key, { kind }))}
                  options={[
                    { value: 'production', label: t('licence.production') },
                    { value: 'distribution', label: t('licence.distribution') },
                  ]}
                />
                <Input
                  aria-label={`${t('licences')} ${t('number')} ${index + 1}`}
                  placeholder={t('number')}
                  value={one.number ?? ''}
                  onChange={(event) => setLicences(put(licences, one.key, { number: event.target.value }))}
                />
                <DayField
                  id={`licence-expires-${index}`}
                  placeholder={t('expires')}
                  value={one.expires ?? undefined}
                  onChange={(day) => setLicences(put(licences, one.key, { expires: day ?? null }))}
                />
                {dropped(one.number ?? '', () => setLicences(licences.filter((other) => other.key !== one.key)))}
              </div>
            ))}
            <Button
              size="small"
              onClick={() => setLicences([...licences, keyed<Licence>({ kind: 'production', number: '' })])}
            >
              ＋ {t('addLicence')}
            </Button>
          </fieldset>
          <fieldset className="profile-set">
            <legend>{t('events')}</legend>
            {events.map((one, index) => {
              const facts = EVENT_FACTS[one.type] ?? [];
              const set = (more: Partial<DutyEvent>) => setEvents(put(events, one.key, more));
              return (
                <div key={one.key} className="event-row">
                  <div className="event-main">
                    <DayField
                      id={`duty-event-day-${index}`}
                      placeholder={t('date')}
                      value={one.date || undefined}
                      onChange={(day) => set({ date: day ?? '' })}
                    />
                    <Select
                      aria-label={`${t('event')} ${index + 1}`}
                      className="event-type"
                      showSearch={{ optionFilterProp: 'label' }}
                      placeholder={t('event')}
                      {...(one.type ? { value: one.type } : {})}
                      onChange={(type: string) => set({ type })}
                      options={(known.data?.events ?? []).map((event) => ({
                        value: event.id,
                        label: lang === 'zh' ? event.zh : (EVENT_ENGLISH[event.id] ?? event.zh),
                      }))}
                    />
                    {dropped(one.type, () => setEvents(events.filter((other) => other.key !== one.key)))}
                  </div>
                  {facts.length > 0 && (
                    <div className="event-more">
                      {facts.includes('severity') && (
                        <Select
                          size="small"
                          aria-label={t('severity')}
                          className="event-result"
                          placeholder={t('severity')}
                          {...(one.severity ? { value: one.severity } : {})}
                          onChange={(severity: string) => set({ severity })}
                          options={optionsOf('severity', ['death', 'serious', 'other', 'group', 'abroad'])}
                        />
                      )}
                      {facts.includes('level') && (
                        <Select
                          size="small"
                          aria-label={t('level')}
                          className="event-result"
                          placeholder={t('level')}
                          {...(one.level ? { value: String(one.level) } : {})}
                          onChange={(level: string) => set({ level: Number(level) })}
                          options={optionsOf('level', ['1', '2', '3'])}
                        />
                      )}
                      {facts.includes('of') && (
                        <Select
                          size="small"
                          aria-label={t('of')}
                          className="event-result"
                          placeholder={t('of')}
                          {...(one.of ? { value: one.of } : {})}
                          onChange={(of: string) => set({ of })}
                          options={optionsOf('of', ['certificate', 'production', 'distribution'])}
                        />
                      )}
                      {facts.includes('time') && (
                        <Input
                          size="small"
                          aria-label={t('time')}
                          className="duty-time"
                          placeholder="09:30"
                          maxLength={5}
                          value={one.time ?? ''}
                          onChange={(event) => set({ time: event.target.value })}
                        />
                      )}
                      {facts.includes('changesConditions') && (
                        <Checkbox
                          checked={one.changesConditions ?? false}
                          onChange={(event) => set({ changesConditions: event.target.checked })}
                        >
                          {t('changesConditions')}
                        </Checkbox>
                      )}
                    </div>
                  )}
                </div>
              );
            })}
            <Button size="small" onClick={() => setEvents([...events, keyed({ type: '', date: '' })])}>
              ＋ {t('addEvent')}
            </Button>
          </fieldset>
        </div>
        <div className="profile-end">
          {failure !== null && <Failure error={failure} />}
          <Button type="primary" htmlType="submit" loading={busy} disabled={!ready}>
            {t('save')}
          </Button>
        </div>
      </div>
    </form>
  );
}
