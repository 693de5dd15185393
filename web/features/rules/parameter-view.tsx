import type { ReactNode } from 'react';
import type { ParameterFile, RuleUser } from '../../api/rule-types.ts';
import { AppLink } from '../../components/app-link.tsx';
import { usePreferences } from '../../frame/preferences.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import { Section } from '../dossiers/section.tsx';
import { rules } from './messages.ts';
import { RulePages } from './rule-pages.tsx';
import { AbsentValue, FirmnessWord, rulePath, SourceLine } from './rule-words.tsx';
import { ValueHistory } from './value-history.tsx';

/** A rule: its value in force, then all its values with sources, its users and what is open. */
export function ParameterView({ rule }: { rule: ParameterFile }) {
  const t = useText(rules);
  const pick = usePick();
  const now = rule.values.find((value) => value.inForce);
  // why the number is missing stands with the dated entry that looked for it
  const gap =
    rule.absence === 'not-found'
      ? rule.values.findLast((value) => value.known && (value.from ?? '') <= rule.asOf)
      : undefined;
  return (
    <article className="stack rule-file">
      <header className="page-head">
        <div>
          <h1>{pick(rule.title)}</h1>
          <p className="row">
            <span>{t(`kind.${rule.kind}`)}</span>
            <AppLink to={`/rules?place=${encodeURIComponent(rule.place.id)}`}>{pick(rule.place.title)}</AppLink>
            <span className="mono">{rule.id}</span>
          </p>
        </div>
        <RulePages />
      </header>
      <section className="rule-now" aria-label={t('inForce', { day: rule.asOf })}>
        <p className="rule-now-value" data-testid="rule-value">
          {now ? pick(now.words) : <AbsentValue reason={rule.absence ?? 'not-found'} />}
        </p>
        <p className="row">
          {now ? (
            <>
              <span>{t('inForce', { day: rule.asOf })}</span>
              <span className="quiet">{now.from ? t('since', { day: now.from }) : t('sinceUnknown')}</span>
              <FirmnessWord level={now.firmness} />
              {now.overlay && <span className="word word-amber">{t('own')}</span>}
            </>
          ) : (
            <span>
              {rule.asOf}：{t(`absence.${rule.absence ?? 'not-found'}`)}
            </span>
          )}
        </p>
        {gap?.note && <p className="quiet">{pick(gap.note)}</p>}
        {now?.sources[0] && <SourceLine source={now.sources[0]} />}
      </section>
      <Facts rule={rule} />
      <Section id="history" title={t('section.history')}>
        <ValueHistory values={rule.values} at={rule.asOf} title={pick(rule.title)} />
      </Section>
      <Section id="users" title={t('section.users')}>
        <Users rule={rule} />
      </Section>
      {rule.questions.length > 0 && (
        <Section id="questions" title={t('section.questions')}>
          <ul>
            {rule.questions.map((question) => (
              <li key={question.id}>{pick(question)}</li>
            ))}
          </ul>
        </Section>
      )}
      <p className="hint">
        {t('file')} <span className="mono">{rule.file}</span>
      </p>
    </article>
  );
}

function Facts({ rule }: { rule: ParameterFile }) {
  const t = useText(rules);
  const pick = usePick();
  const { lang } = usePreferences();
  const actor = (id: string) => {
    const key = `actor.${id}`;
    return key in rules ? t(key as keyof typeof rules) : id;
  };
  const condition = `condition.${rule.promise?.condition}`;
  const rows: readonly (readonly [label: string, value: ReactNode])[] = [
    [t('scope'), pick(rule.scope) || null],
    [t('starts'), pick(rule.starts) || (rule.kind === 'time-limit' ? t('startsUnknown') : null)],
    [t('effect'), pick(rule.effect) || null],
    [t('actors'), rule.duty ? rule.duty.actors.map(actor).join(lang === 'zh' ? '、' : ', ') : null],
    [t('trigger'), rule.duty ? pick(rule.duty.trigger) : null],
    [t('recipient'), pick(rule.duty?.recipient) || null],
    [t('penalty'), rule.duty?.penalty ?? null],
    [t('condition'), condition in rules ? t(condition as keyof typeof rules) : null],
  ];
  const shown = rows.filter(([, value]) => value !== null);
  if (shown.length === 0) return null;
  return (
    <dl className="facts">
      {shown.map(([label, value]) => (
        <div key={label} className="fact">
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const ORDER: readonly RuleUser['type'][] = ['procedure', 'duty', 'limit', 'promise', 'calendar'];

/** Where a user is at home: the clock desk with its procedure, the calendars, another rule. */
function pathOf(user: RuleUser): string {
  if (user.type === 'procedure') return `/clocks?procedure=${encodeURIComponent(user.id)}`;
  return user.type === 'calendar' ? '/calendars' : rulePath(user.id);
}

function Users({ rule }: { rule: ParameterFile }) {
  const t = useText(rules);
  const pick = usePick();
  if (rule.users.length === 0)
    return (
      <p className="quiet">
        {t('noUsers')} {pick(rule.readingOnly)}
      </p>
    );
  const others = rule.users.filter((user) => !(user.type === 'duty' && user.id === rule.id));
  return (
    <ul className="plain-list lines">
      {others.length < rule.users.length && (
        <li>
          <span>{t('dutyList')}</span>
          <span className="hint">{t('user.duty')}</span>
        </li>
      )}
      {ORDER.flatMap((type) => others.filter((user) => user.type === type)).map((user) => (
        <li key={`${user.type}-${user.id}`}>
          <span>
            <AppLink to={pathOf(user)}>{pick(user.title)}</AppLink>
          </span>
          <span className="hint">{t(`user.${user.type}`)}</span>
        </li>
      ))}
    </ul>
  );
}
