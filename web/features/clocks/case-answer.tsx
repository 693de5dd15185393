import type { ReactNode } from 'react';
import { usePick, useText } from '../../i18n/text.ts';
import { ClockDrawing } from './clock-drawing.tsx';
import { ClockList, sortClocks } from './clock-list.tsx';
import { ClockWord, toneOf } from './clock-word.tsx';
import { clocks as words } from './messages.ts';
import type { CaseDecision, Catalogue } from './types.ts';
import { useLeft } from './use-left.ts';
import type { WorkDays } from './work-days.ts';

interface Props {
  readonly decision: CaseDecision;
  readonly catalogue: Catalogue | undefined;
  readonly days: WorkDays;
  /** Whether the answer is for the real today. */
  readonly today: boolean;
  /** What can be done with the answer. */
  readonly actions?: ReactNode;
}

/** Where a case stands: one sentence, the drawing, the clocks with their reasons. */
export function CaseAnswer({ decision, catalogue, days, today, actions }: Props) {
  const t = useText(words);
  const pick = usePick();
  const left = useLeft();
  const clocks = decision.outcome?.clocks ?? [];
  const { active } = sortClocks(clocks);
  const next = active.find((clock) => clock.due !== null || clock.window);
  const state = `state.${decision.outcome?.state}` as 'state.draft';
  return (
    <div className="clock-answer" data-testid="clock-answer">
      <section className="panel">
        <div className="panel-head">
          <div className="clock-head">
            <span className="hint">{t('state')}</span>
            <h2>{state in words ? t(state) : decision.outcome?.state}</h2>
          </div>
          {actions}
        </div>
        <div className="panel-body stack">
          {next ? (
            <p className={`clock-next clock-next-${next.status ?? 'unknown'}`} data-testid="next-due">
              <span className="hint">{t('nextDue')}</span>
              <b className="clock-next-day">{next.window?.to ?? next.due}</b>
              <span>{pick(next.title)}</span>
              <ClockWord tone={toneOf(next)} />
              <span className="clock-next-left">{left(next, decision.asOf)}</span>
              {next.provisional && next.uncertainFrom && (
                <span className="word word-grey" title={t('provisionalFrom', { date: next.uncertainFrom })}>
                  {t('provisional')}
                </span>
              )}
            </p>
          ) : (
            <p className="quiet">{t('noneRunning')}</p>
          )}
          <ClockDrawing clocks={clocks} asOf={decision.asOf} days={days} today={today} />
        </div>
      </section>
      <ClockList clocks={clocks} asOf={decision.asOf} catalogue={catalogue} />
      <p className="hint">{t('editions', { edition: decision.edition })}</p>
    </div>
  );
}
