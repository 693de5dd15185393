import { Button } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { AppLink } from '../../components/app-link.tsx';
import { DayField } from '../../components/day-field.tsx';
import { keepEnter } from '../../components/keep-enter.ts';
import { parts } from '../../components/messages.ts';
import { usePick, useText } from '../../i18n/text.ts';
import { numberOf } from '../clocks/work-days.ts';
import { duties as words } from './messages.ts';
import type { Duty, DutyStatus } from './types.ts';

const TONES: Readonly<Record<DutyStatus, string>> = {
  overdue: 'word-red',
  open: 'word-amber',
  upcoming: 'word-plain',
  satisfied: 'word-green',
  standing: 'word-plain',
};

/** Tells duties apart; the same obligation may fall due for several certificates and periods. */
export function keyOf(duty: Duty): string {
  return [duty.obligation, duty.subject ?? '', duty.due ?? '', duty.period?.from ?? '', ...duty.words].join('|');
}

/** When a duty falls due, in words. */
export function useDueWords(): (duty: Duty) => string {
  const t = useText(words);
  return (duty) => {
    if (duty.dueAt) return `${duty.dueAt.slice(0, 10)} ${duty.dueAt.slice(11, 16)}`;
    if (duty.window) return t('windowOf', duty.window);
    return duty.due ?? '';
  };
}

export function DutyWord({ duty }: { duty: Duty }) {
  const t = useText(words);
  if (!duty.status && duty.policy) return <span className="word word-grey">{t('policyOpen')}</span>;
  if (!duty.status) return <span className="word word-grey">{t('missing', { n: duty.missing.length })}</span>;
  return <span className={`word ${TONES[duty.status]}`}>{t(`status.${duty.status}`)}</span>;
}

interface Props {
  readonly duty: Duty;
  readonly asOf: string;
  onDone(duty: Duty, date: string): Promise<void>;
}

/** A duty in a list; it unfolds its legal basis. */
export function DutyEntry({ duty, asOf, onDone }: Props) {
  const t = useText(words);
  const pick = usePick();
  const dueWords = useDueWords();
  const away = duty.due ? numberOf(duty.due) - numberOf(asOf) : null;
  return (
    <li className={`duty-entry duty-entry-${duty.status ?? 'unknown'}`} data-testid="duty">
      <details>
        <summary>
          <span className="duty-due">{dueWords(duty)}</span>
          <span className="duty-title">
            {pick(duty.title)}
            {duty.subject && <span className="hint"> {duty.subject}</span>}
          </span>
          <span className="duty-state">
            <DutyWord duty={duty} />
            <span className="hint">
              {duty.satisfiedBy
                ? t(duty.satisfiedBy.late ? 'doneLate' : 'doneOn', { date: duty.satisfiedBy.date })
                : away === null || duty.kind === 'standing'
                  ? ''
                  : away === 0
                    ? t('today')
                    : away > 0
                      ? t('inDays', { n: away })
                      : t('daysAgo', { n: -away })}
            </span>
          </span>
        </summary>
        <DutyBody duty={duty} asOf={asOf} onDone={onDone} />
      </details>
    </li>
  );
}

/** The legal basis of a duty: how its day was worked out, article, consequence, questions; and marking it done. */
export function DutyBody({ duty, asOf, onDone }: Props) {
  const t = useText(words);
  const partText = useText(parts);
  const pick = usePick();
  const dayId = useId();
  const [day, setDay] = useState(asOf);
  const [busy, setBusy] = useState(false);
  const firm = `firm.${duty.firmness}` as keyof typeof parts;
  const rule = duty.obligation.split('/')[0] ?? duty.obligation;
  const { policy } = duty;
  const mark = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await onDone(duty, day);
    } finally {
      setBusy(false);
    }
  };
  const missingWords = (name: string) => {
    const last = name.split('.').at(-1) ?? name;
    const key = `missing.${last}` as keyof typeof words;
    return key in words ? t(key) : name;
  };
  return (
    <div className="duty-body">
      {!policy && (
        <ol className="clock-steps" lang="zh-CN">
          {duty.words.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      )}
      {policy && (
        <figure className="duty-policy" lang="zh-CN">
          <blockquote>{policy.quote}</blockquote>
          <figcaption>
            <AppLink to={`${policy.path}${policy.path.includes('?') ? '&' : '?'}at=${policy.start}`}>
              {[policy.title, policy.number].filter(Boolean).join(' · ')}
            </AppLink>
            <p className="hint">{t('policyCheck')}</p>
          </figcaption>
        </figure>
      )}
      <dl className="clock-facts">
        {duty.trigger && (
          <div>
            <dt>{t('trigger')}</dt>
            <dd>{pick(duty.trigger)}</dd>
          </div>
        )}
        {duty.period && (
          <div>
            <dt>{t('period')}</dt>
            <dd>{duty.period.to ? t('range', { from: duty.period.from, to: duty.period.to }) : duty.period.from}</dd>
          </div>
        )}
        {duty.recipient && (
          <div>
            <dt>{t('recipient')}</dt>
            <dd>{pick(duty.recipient)}</dd>
          </div>
        )}
        <div>
          <dt>{t('legal')}</dt>
          <dd>
            <span lang="zh-CN">{duty.article ?? policy?.title ?? t('notNamed')}</span>{' '}
            {duty.firmness !== 'primary-text' && firm in parts && (
              <span className="word word-grey">{partText(firm)}</span>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('consequence')}</dt>
          <dd lang={duty.consequence ? 'zh-CN' : undefined}>{duty.consequence ?? t('notNamed')}</dd>
        </div>
        {duty.safeDue && (
          <div>
            <dt>{t('safeDue')}</dt>
            <dd>{duty.safeDue}</dd>
          </div>
        )}
        {duty.warnFrom && (
          <div>
            <dt>{t('warnFrom')}</dt>
            <dd>{duty.warnFrom}</dd>
          </div>
        )}
        {duty.provisional && duty.uncertainFrom && (
          <div>
            <dt>{t('provisional')}</dt>
            <dd>{duty.uncertainFrom}</dd>
          </div>
        )}
        {duty.missing.length > 0 && (
          <div>
            <dt>{t('missingTitle')}</dt>
            <dd>{duty.missing.map(missingWords).join(' · ')}</dd>
          </div>
        )}
        {duty.questions.map((question) => (
          <div key={question.id}>
            <dt>{t('question')}</dt>
            <dd>{pick(question)}</dd>
          </div>
        ))}
      </dl>
      {!policy && (
        <p className="row no-print">
          <AppLink to={`/rules/${encodeURIComponent(rule)}`}>{t('openRule')}</AppLink>
          {duty.source && (
            <AppLink to={`/instruments/${encodeURIComponent(duty.source)}`}>{t('openInstrument')}</AppLink>
          )}
        </p>
      )}
      {duty.kind !== 'standing' && duty.status !== 'satisfied' && duty.due && (
        <form className="row no-print" onSubmit={mark} onKeyDown={keepEnter} aria-label={t('markDone')}>
          <label className="row" htmlFor={dayId}>
            <span className="hint">{t('doneDay')}</span>
            <span className="duty-done-day">
              <DayField id={dayId} value={day} onChange={(next) => next && setDay(next)} />
            </span>
          </label>
          <Button htmlType="submit" loading={busy}>
            {t('markDone')}
          </Button>
        </form>
      )}
    </div>
  );
}
