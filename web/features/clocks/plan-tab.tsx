import { Select } from 'antd';
import { useSearchParams } from 'react-router';
import { AppLink } from '../../components/app-link.tsx';
import { DayField } from '../../components/day-field.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { useDates } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import { clocks as words } from './messages.ts';
import { Missing } from './missing.tsx';
import type { Catalogue, Plan } from './types.ts';
import { useAsk } from './use-clocks.ts';

const PLANNED = [
  'registration-first',
  'registration-change',
  'registration-renewal',
  'production-licence',
  'distribution-licence',
  'production-licence-renewal',
  'distribution-licence-renewal',
];

/** Counts back from the day a certificate must be in hand. */
export function PlanTab({ catalogue }: { catalogue: Catalogue | undefined }) {
  const t = useText(words);
  const pick = usePick();
  const dates = useDates();
  const [search, setSearch] = useSearchParams();
  const procedure = search.get('of') ?? 'registration-renewal';
  const cls = search.get('planClass') ?? '';
  const target = search.get('target') ?? '';
  const expires = search.get('expires') ?? '';
  const set = (name: string, value: string | undefined) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (value) after.set(name, value);
        else after.delete(name);
        return after;
      },
      { replace: true },
    );
  const plan = useAsk<Plan>(
    '/clocks/plan',
    { procedure, class: cls || null, target, expires: expires || null, asOf: dates.asOf ?? null },
    target !== '',
  );
  const answer = target === '' ? undefined : plan.data;
  return (
    <div className="desk clock-desk">
      <section className="clock-form" aria-label={t('tabPlan')}>
        <label className="field" htmlFor="plan-procedure">
          <span className="hint">{t('procedure')}</span>
          <Select
            id="plan-procedure"
            value={procedure}
            onChange={(value: string) => set('of', value)}
            options={PLANNED.map((id) => ({
              value: id,
              label: pick(catalogue?.procedures.find((one) => one.id === id)?.name ?? id),
            }))}
          />
        </label>
        {procedure.startsWith('registration') && (
          <label className="field" htmlFor="plan-class">
            <span className="hint">{t('class')}</span>
            <Select
              id="plan-class"
              value={cls}
              onChange={(value: string) => set('planClass', value)}
              options={[
                { value: '', label: t('notStated') },
                { value: 'II', label: t('class.II') },
                { value: 'III', label: t('class.III') },
              ]}
            />
          </label>
        )}
        <div className="field">
          <label htmlFor="plan-target">{t('target')}</label>
          <DayField id="plan-target" value={target || undefined} onChange={(day) => set('target', day)} />
          <p className="hint">{t('targetHint')}</p>
        </div>
        {procedure.endsWith('renewal') && (
          <div className="field">
            <label htmlFor="plan-expires">{t('expires')}</label>
            <DayField id="plan-expires" value={expires || undefined} onChange={(day) => set('expires', day)} />
            <p className="hint">{t('expiresHint')}</p>
          </div>
        )}
      </section>
      <div className="desk-answer">
        {target === '' && (
          <div className="empty">
            <h2>{t('planNothing')}</h2>
            <p>{t('planNothingDetail')}</p>
          </div>
        )}
        {target !== '' && plan.isPending && <PageSkeleton rows={5} />}
        {plan.error && <Failure error={plan.error} onRetry={() => void plan.refetch()} />}
        {answer && (
          <section className="panel" data-testid="plan-answer">
            <div className="panel-head">
              <div className="clock-head">
                <span className="hint">{t('latest')}</span>
                <h2>{answer.latest ?? <Missing names={answer.missing} catalogue={catalogue} />}</h2>
              </div>
              {answer.provisional && answer.uncertainFrom && (
                <span className="word word-grey" title={t('provisionalFrom', { date: answer.uncertainFrom })}>
                  {t('provisional')} · {answer.uncertainFrom}
                </span>
              )}
            </div>
            <div className="panel-body stack">
              <dl className="clock-facts">
                {answer.handInBy && (
                  <div>
                    <dt>{t('byChain')}</dt>
                    <dd>{answer.handInBy}</dd>
                  </div>
                )}
                {answer.lawfulBy && (
                  <div>
                    <dt>{t('byLaw')}</dt>
                    <dd>{answer.lawfulBy}</dd>
                  </div>
                )}
                {answer.window && (
                  <div>
                    <dt>{t('window')}</dt>
                    <dd>{t('windowOf', answer.window)}</dd>
                  </div>
                )}
              </dl>
              {answer.steps.length > 0 && (
                <div className="table-box">
                  <table className="data-table clock-table">
                    <caption className="visually-hidden">{t('tabPlan')}</caption>
                    <thead>
                      <tr>
                        <th scope="col">{t('step')}</th>
                        <th scope="col">{t('limitValue')}</th>
                        <th scope="col">{t('begins')}</th>
                        <th scope="col">{t('ends')}</th>
                        <th scope="col">{t('article')}</th>
                      </tr>
                    </thead>
                    <tbody className="wrap">
                      {answer.steps.map((step) => (
                        <tr key={step.limit}>
                          <th scope="row">
                            <AppLink to={`/rules/${encodeURIComponent(step.limit)}`}>{pick(step.title)}</AppLink>
                          </th>
                          <td>{step.value === null ? '' : t('unit.workday', { n: step.value })}</td>
                          <td>{step.begin}</td>
                          <td>{step.begin === null ? '' : step.end}</td>
                          <td lang="zh-CN">{step.article}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              )}
              <ol className="clock-steps" lang="zh-CN">
                {answer.words.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ol>
            </div>
          </section>
        )}
      </div>
    </div>
  );
}
