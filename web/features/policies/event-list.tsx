import { Button } from 'antd';
import { useSearchParams } from 'react-router';
import { useList } from '../../api/queries.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { TotalWords } from '../../components/total.tsx';
import { formatInstant } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import { EventWord } from '../subscriptions/event-word.tsx';
import { subscriptions } from '../subscriptions/messages.ts';
import { EVENT_KINDS } from '../subscriptions/types.ts';
import { policies } from './messages.ts';
import type { PolicyEvent } from './types.ts';
import { policyPath } from './words.ts';

/** What happened in the library, the latest first, by day: added, changed, amended, repealed, by whom and which sentence. */
export default function EventList() {
  const t = useText(policies);
  const s = useText(subscriptions);
  const [search, setSearch] = useSearchParams();
  const kind = EVENT_KINDS.find((one) => one === search.get('event'));
  const list = useList<PolicyEvent>('/policies/events', { kind, limit: 50 }, { keep: true, timeless: true });
  const dayOf = (event: PolicyEvent | undefined) => formatInstant(event?.at).slice(0, 10);
  return (
    <section aria-label={t('events')}>
      <div className="table-tools">
        <TotalWords total={list.total} />
        <fieldset className="review-kinds" aria-label={s('events')}>
          {EVENT_KINDS.map((one) => (
            <button
              key={one}
              type="button"
              className="legend-kind"
              aria-pressed={kind === one}
              onClick={() =>
                setSearch((before) => {
                  const after = new URLSearchParams(before);
                  if (kind === one) after.delete('event');
                  else after.set('event', one);
                  return after;
                })
              }
            >
              {s(`event.${one}`)}
            </button>
          ))}
        </fieldset>
      </div>
      {list.isPending && <PageSkeleton rows={12} />}
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.first && list.rows.length === 0 && (
        <div className="empty">
          <h2>{t('noEvents')}</h2>
        </div>
      )}
      <ol className="plain-list hits" data-testid="events">
        {list.rows.map((event, index) => (
          <li key={event.no}>
            {dayOf(event) !== dayOf(list.rows[index - 1]) && <h2 className="hit-month">{dayOf(event)}</h2>}
            <article className="event" lang="zh-CN">
              <EventWord kind={event.kind} />
              <div>
                <p>
                  <AppLink to={policyPath(event.act.id, event.act.ordinal)}>{event.act.title}</AppLink>{' '}
                  {event.act.number && <span className="hint">{event.act.number}</span>}
                </p>
                {event.about && (
                  <p className="quiet">
                    {s('by')}{' '}
                    <AppLink to={policyPath(event.about.id, event.about.ordinal)}>{event.about.title}</AppLink>{' '}
                    {event.about.number && <span className="hint">{event.about.number}</span>}
                  </p>
                )}
                {event.about?.quote && <p className="cite-quote">{event.about.quote}</p>}
              </div>
            </article>
          </li>
        ))}
      </ol>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('loadMore')}
        </Button>
      )}
    </section>
  );
}
