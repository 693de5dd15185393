import { useState } from 'react';
import { AppLink } from '../../components/app-link.tsx';
import { copyText } from '../../components/copy-text.ts';
import { parts } from '../../components/messages.ts';
import { usePick, useText } from '../../i18n/text.ts';
import { ClockWord, toneOf } from './clock-word.tsx';
import { clocks as words } from './messages.ts';
import { Missing } from './missing.tsx';
import type { Catalogue, Clock } from './types.ts';
import { useLeft } from './use-left.ts';

interface Props {
  readonly clocks: readonly Clock[];
  readonly asOf: string;
  readonly catalogue: Catalogue | undefined;
}

const RANK: Readonly<Record<string, number>> = { overdue: 0, running: 1, stopped: 1 };

/** What runs, by its last day with the overdue first; then what is done; then what has not begun. */
export function sortClocks(clocks: readonly Clock[]) {
  const lastOf = (clock: Clock) => clock.window?.to ?? clock.due ?? '9999';
  const active = clocks
    .filter((clock) => clock.status !== 'met' && clock.status !== 'not-started' && clock.doneOn === null)
    .sort((a, b) => (RANK[a.status ?? ''] ?? 2) - (RANK[b.status ?? ''] ?? 2) || lastOf(a).localeCompare(lastOf(b)));
  return {
    active,
    done: clocks.filter((clock) => clock.status === 'met' || (clock.status !== 'not-started' && clock.doneOn !== null)),
    waiting: clocks.filter((clock) => clock.status === 'not-started'),
  };
}

/** The clocks of a case; each unfolds how its day was worked out. */
export function ClockList({ clocks, asOf, catalogue }: Props) {
  const t = useText(words);
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const { active, done, waiting } = sortClocks(clocks);
  // the clock that falls due first shows its reason without being asked
  const isOpen = (limit: string) => chosen.get(limit) ?? limit === active[0]?.limit;
  const all = clocks.every((clock) => isOpen(clock.limit));
  const fold = (limit: string, open: boolean) =>
    setChosen((before) => (isOpen(limit) === open ? before : new Map(before).set(limit, open)));
  const entries = (list: readonly Clock[]) => (
    <ul className="plain-list clock-list">
      {list.map((clock) => (
        <ClockEntry
          key={clock.limit}
          clock={clock}
          asOf={asOf}
          catalogue={catalogue}
          open={isOpen(clock.limit)}
          onFold={(open) => fold(clock.limit, open)}
        />
      ))}
    </ul>
  );
  return (
    <section className="stack clock-lists" aria-label={t('reason')}>
      <div className="row between no-print">
        <h2>{t('reason')}</h2>
        <button
          type="button"
          className="link hint"
          onClick={() => setChosen(new Map(clocks.map((clock) => [clock.limit, !all])))}
        >
          {all ? t('hideAll') : t('showAll')}
        </button>
      </div>
      {active.length > 0 && entries(active)}
      {done.length > 0 && (
        <details className="clock-group" open={active.length === 0}>
          <summary>{t('done', { n: done.length })}</summary>
          {entries(done)}
        </details>
      )}
      {waiting.length > 0 && (
        <details className="clock-group clock-waiting">
          <summary>{t('notStarted', { n: waiting.length })}</summary>
          {entries(waiting)}
        </details>
      )}
    </section>
  );
}

interface EntryProps {
  readonly clock: Clock;
  readonly asOf: string;
  readonly catalogue: Catalogue | undefined;
  readonly open: boolean;
  onFold(open: boolean): void;
}

function ClockEntry({ clock, asOf, catalogue, open, onFold }: EntryProps) {
  const t = useText(words);
  const partText = useText(parts);
  const pick = usePick();
  const left = useLeft();
  const firm = `firm.${clock.firmness}` as keyof typeof parts;
  return (
    <li className={`clock-entry clock-entry-${toneOf(clock)}`}>
      <details open={open} onToggle={(event) => onFold(event.currentTarget.open)}>
        <summary>
          <span className="clock-entry-title">{pick(clock.title)}</span>
          <span className="clock-entry-due">
            {clock.window ? t('windowOf', clock.window) : clock.due && <b>{clock.due}</b>}
          </span>
          <span className="clock-entry-state">
            <ClockWord tone={toneOf(clock)} />
            {clock.status !== 'not-started' &&
              (clock.status !== 'met' || clock.doneOn) &&
              (clock.due || clock.window) && <span className="clock-entry-left">{left(clock, asOf)}</span>}
          </span>
        </summary>
        <ClockBody clock={clock} catalogue={catalogue} />
      </details>
      <p className="row clock-marks">
        {!clock.determinable && <Missing names={clock.missing} catalogue={catalogue} />}
        {clock.provisional && clock.uncertainFrom && (
          <span className="word word-grey" title={t('provisionalFrom', { date: clock.uncertainFrom })}>
            {t('provisional')} · {clock.uncertainFrom}
          </span>
        )}
        {clock.safeDue && (
          <span className="word word-amber">
            {t('safeDue')} {clock.safeDue}
          </span>
        )}
        {clock.dueIfMoved && (
          <span className="word word-grey">
            {t('dueIfMoved')} {clock.dueIfMoved}
          </span>
        )}
        {clock.promises?.map((promise) => (
          <span key={promise.id} className="word word-plain" title={promise.scope ?? ''}>
            {promise.due
              ? t('promised', { date: promise.due })
              : `${t('promise')} ${t(`unit.${promise.unit}` as 'unit.day', { n: promise.value })}`}
          </span>
        ))}
        {clock.extension && <span className="word word-plain">{t('extension')}</span>}
        {clock.questions.length > 0 && clock.status !== 'not-started' && (
          <span className="word word-grey" title={clock.questions.map((question) => pick(question)).join('\n')}>
            {t('openQuestion')}
          </span>
        )}
        {clock.firmness !== 'primary-text' && firm in parts && <span className="word word-grey">{partText(firm)}</span>}
      </p>
    </li>
  );
}

function ClockBody({ clock, catalogue }: { clock: Clock; catalogue: Catalogue | undefined }) {
  const t = useText(words);
  const pick = usePick();
  const [copied, setCopied] = useState(false);
  const text = [
    `${clock.title.zh}${clock.window ? ` ${clock.window.from} 至 ${clock.window.to}` : clock.due ? ` ${clock.due}` : ''}`,
    ...clock.words,
    ...clock.questions.map((question) => `存疑：${question.zh}`),
    ...(clock.effect ? [`后果：${clock.effect}`] : []),
  ].join('\n');
  const value = typeof clock.value === 'number' ? t(`unit.${clock.unit}` as 'unit.day', { n: clock.value }) : null;
  return (
    <div className="clock-body">
      <ol className="clock-steps" lang="zh-CN">
        {clock.words.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      <dl className="clock-facts">
        {value && <Fact name={t('limitValue')}>{value}</Fact>}
        {clock.article && (
          <Fact name={t('article')}>
            <span lang="zh-CN">{clock.article}</span>
          </Fact>
        )}
        {clock.stops.map((stop) => (
          <Fact key={`${stop.kind}-${stop.from}`} name={t('stops')}>
            {t(`stop.${stop.kind}` as 'stop.expert')}{' '}
            {stop.to
              ? t('stopDays', { from: stop.from, to: stop.to, n: stop.workdays })
              : t('stopOpen', { from: stop.from })}{' '}
            <span className="hint" lang="zh-CN">
              {stop.article}
            </span>
          </Fact>
        ))}
        {clock.extension && (
          <Fact name={t('extension')}>
            {clock.extension.granted === null
              ? t('extensionUnclear', { cap: clock.extension.cap })
              : t('extensionOf', { granted: clock.extension.granted, cap: clock.extension.cap })}
          </Fact>
        )}
        {clock.promises?.map((promise) => (
          <Fact key={promise.id} name={t('promise')}>
            {t(`unit.${promise.unit}` as 'unit.day', { n: promise.value })} {promise.due}{' '}
            <span className="hint" lang="zh-CN">
              {promise.scope}
            </span>
          </Fact>
        ))}
        {clock.warnFrom && <Fact name={t('warnFrom')}>{clock.warnFrom}</Fact>}
        {clock.effect && (
          <Fact name={t('effect')}>
            <span lang="zh-CN">{clock.effect}</span>
          </Fact>
        )}
        {clock.questions.map((question) => (
          <Fact key={question.id} name={t('openQuestion')}>
            {pick(question)}
          </Fact>
        ))}
        {!clock.determinable && (
          <Fact name={t('missingTitle')}>
            <Missing names={clock.missing} catalogue={catalogue} />
          </Fact>
        )}
      </dl>
      <p className="row no-print">
        <AppLink to={`/rules/${encodeURIComponent(clock.limit)}`}>{t('openRule')}</AppLink>
        <button type="button" className="link" onClick={async () => setCopied(await copyText(text))}>
          {copied ? t('copied') : t('copyText')}
        </button>
      </p>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
