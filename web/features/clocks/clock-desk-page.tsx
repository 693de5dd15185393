import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { copyText } from '../../components/copy-text.ts';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { todayInShanghai, useDates } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import '../../styles/codes.css';
import '../../styles/clocks.css';
import { CaseAnswer } from './case-answer.tsx';
import { CaseForm } from './case-form.tsx';
import { questionOf } from './event-text.ts';
import { KeepCase } from './keep-case.tsx';
import { clocks as words } from './messages.ts';
import { PlanTab } from './plan-tab.tsx';
import type { CaseDecision } from './types.ts';
import { useAsk, useCatalogue, useWorkDays } from './use-clocks.ts';
import { useDesk } from './use-desk.ts';
import { WorkdaysTab } from './workdays-tab.tsx';

const TABS = ['run', 'plan', 'days'] as const;
const NAMES = { run: 'tabRun', plan: 'tabPlan', days: 'tabDays' } as const;

export default function ClockDeskPage() {
  const t = useText(words);
  const [search, setSearch] = useSearchParams();
  const catalogue = useCatalogue();
  const days = useWorkDays();
  const tab = TABS.find((name) => name === search.get('tab')) ?? 'run';
  usePageTitle(tab === 'run' ? t('title') : `${t(NAMES[tab])} · ${t('title')}`);
  return (
    <div className="stack">
      <header className="page-head clock-page-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
        <fieldset className="row filters clock-tabs" aria-label={t('title')}>
          {TABS.map((name) => (
            <button
              key={name}
              type="button"
              className="filter"
              aria-pressed={tab === name}
              onClick={() =>
                setSearch((before) => {
                  const after = new URLSearchParams(before);
                  if (name === 'run') after.delete('tab');
                  else after.set('tab', name);
                  return after;
                })
              }
            >
              {t(NAMES[name])}
            </button>
          ))}
        </fieldset>
      </header>
      {catalogue.error && <Failure error={catalogue.error} onRetry={() => void catalogue.refetch()} />}
      {tab === 'run' && <RunTab catalogue={catalogue.data} days={days} />}
      {tab === 'plan' && <PlanTab catalogue={catalogue.data} />}
      {tab === 'days' && <WorkdaysTab days={days} />}
    </div>
  );
}

type RunProps = {
  readonly catalogue: ReturnType<typeof useCatalogue>['data'];
  readonly days: ReturnType<typeof useWorkDays>;
};

function RunTab({ catalogue, days }: RunProps) {
  const t = useText(words);
  const dates = useDates();
  const { desk, setDesk, load, clear } = useDesk();
  const [keeping, setKeeping] = useState(false);
  const [copied, setCopied] = useState(false);
  const asOf = dates.asOf ?? todayInShanghai();
  const question = useMemo(
    () => ({ ...questionOf(desk), ...dates.query, ...(dates.knownAt ? { knownAt: dates.knownAt.slice(0, 10) } : {}) }),
    [desk, dates.query, dates.knownAt],
  );
  const counted = desk.events.some((event) => event.type !== '' && event.date !== '');
  const run = useAsk<CaseDecision>('/clocks/run', question, counted);
  const decision = counted ? run.data : undefined;
  return (
    <div className="desk clock-desk">
      <CaseForm desk={desk} catalogue={catalogue} asOf={asOf} onDesk={setDesk} onLoad={load} onClear={clear} />
      <div className="desk-answer" aria-live="off">
        {!counted && (
          <div className="empty">
            <h2>{t('nothing')}</h2>
            <p>{t('nothingDetail')}</p>
          </div>
        )}
        {counted && run.isPending && <PageSkeleton rows={8} />}
        {run.error && <Failure error={run.error} onRetry={() => void run.refetch()} />}
        {keeping && counted && <KeepCase desk={desk} onCancel={() => setKeeping(false)} />}
        {decision && !run.error && (
          <CaseAnswer
            decision={decision}
            catalogue={catalogue}
            days={days}
            today={dates.asOf === undefined}
            actions={
              <div className="row no-print">
                <Button
                  type="text"
                  onClick={async () => {
                    setCopied(await copyText(window.location.href));
                    setTimeout(() => setCopied(false), 1500);
                  }}
                >
                  {copied ? t('copied') : t('copyLink')}
                </Button>
                {!keeping && <Button onClick={() => setKeeping(true)}>{t('keep')}</Button>}
              </div>
            }
          />
        )}
      </div>
    </div>
  );
}
