import { useQueryClient } from '@tanstack/react-query';
import { Button, Switch } from 'antd';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { sendJson } from '../../api/client.ts';
import { useList } from '../../api/queries.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { formatInstant } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import { PolicyPages } from '../policies/policy-nav.tsx';
import { useAboutWords } from './about-words.ts';
import { ChannelWord, ShownOnce } from './channel-panel.tsx';
import { keptProfile } from './kept-profile.ts';
import { MessageEntry } from './message-list.tsx';
import { subscriptions as words } from './messages.ts';
import { SubscriptionForm } from './subscription-form.tsx';
import type { About, Inbox, InboxMessage, Subscription } from './types.ts';

/** What a link asks to follow: the address is all another page has to give. */
function aboutOf(search: URLSearchParams): About | undefined {
  switch (search.get('new')) {
    case 'query': {
      const filter: Record<string, string> = {};
      for (const name of ['kind', 'issuer', 'region', 'level']) {
        const value = search.get(name);
        if (value) filter[name] = value;
      }
      return { type: 'query', q: search.get('q') ?? '', filter };
    }
    case 'act':
      return { type: 'act', id: search.get('id') ?? '', ordinal: Number(search.get('ordinal') ?? 0) || 0 };
    case 'profile':
      return { type: 'profile', profile: keptProfile(), undetermined: true };
    default:
      return undefined;
  }
}

/** What came in, and what it came by. */
export default function SubscriptionsPage() {
  const t = useText(words);
  const client = useQueryClient();
  const aboutWords = useAboutWords();
  const [search, setSearch] = useSearchParams();
  const unread = search.get('unread') === 'true';
  const making = search.has('new');
  const about = useMemo(() => aboutOf(search), [search]);
  const [secret, setSecret] = useState('');
  usePageTitle(t('title'));
  const list = useList<Subscription>('/subscriptions', { limit: 100 }, { timeless: true });
  const inbox = useList<InboxMessage, Inbox>(
    '/inbox',
    { unread: unread ? 'true' : undefined, limit: 50 },
    { timeless: true, keep: true },
  );
  const again = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['/inbox'] }),
      client.invalidateQueries({ queryKey: ['/subscriptions'] }),
    ]);
  const read = async (body: unknown) => {
    await sendJson('POST', '/inbox/read', body);
    await again();
  };
  const close = () =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      for (const name of ['new', 'q', 'kind', 'issuer', 'region', 'level', 'id', 'ordinal']) after.delete(name);
      return after;
    });
  return (
    <div className="stack">
      <header className="page-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
        <PolicyPages />
      </header>
      {secret !== '' && <ShownOnce label={t('secretOnce')} value={secret} />}
      {making && (
        <SubscriptionForm
          {...(about ? { about } : {})}
          onCancel={close}
          onDone={async (saved) => {
            setSecret(saved.webhookSecret ?? '');
            close();
            await again();
          }}
        />
      )}
      <div className="subscription-columns">
        <section aria-labelledby="inbox-title">
          <div className="row between section-head">
            <h2 id="inbox-title">
              {t('inbox')}{' '}
              {inbox.first && inbox.first.unread > 0 && (
                <span className="word word-amber">{t('unread', { n: inbox.first.unread })}</span>
              )}
            </h2>
            <span className="row">
              <Switch
                size="small"
                checked={unread}
                aria-label={t('onlyUnread')}
                onChange={(next) =>
                  setSearch((before) => {
                    const after = new URLSearchParams(before);
                    if (next) after.set('unread', 'true');
                    else after.delete('unread');
                    return after;
                  })
                }
              />
              {t('onlyUnread')}
              <Button disabled={!inbox.first || inbox.first.unread === 0} onClick={() => void read({ all: true })}>
                {t('markAll')}
              </Button>
            </span>
          </div>
          {inbox.isPending && <PageSkeleton />}
          {inbox.error && <Failure error={inbox.error} onRetry={() => void inbox.refetch()} />}
          {inbox.first && inbox.rows.length === 0 && (
            <div className="empty">
              <h2>{t(unread ? 'noUnread' : 'noMessages')}</h2>
            </div>
          )}
          <ul className="plain-list">
            {inbox.rows.map((message) => (
              <MessageEntry
                key={`${message.subscription.id}-${message.seq}`}
                message={message}
                from={message.subscription}
                onRead={() => void read({ items: [{ subscription: message.subscription.id, seq: message.seq }] })}
              />
            ))}
          </ul>
          {inbox.hasNextPage && (
            <Button loading={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
              {t('loadMore')}
            </Button>
          )}
        </section>
        <section aria-labelledby="mine-title">
          <div className="row between section-head">
            <h2 id="mine-title">{t('mine')}</h2>
            {!making && (
              <Button
                type="primary"
                onClick={() =>
                  setSearch((before) => {
                    const after = new URLSearchParams(before);
                    after.set('new', 'profile');
                    return after;
                  })
                }
              >
                {t('newOne')}
              </Button>
            )}
          </div>
          {list.isPending && <PageSkeleton />}
          {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
          {list.first && list.rows.length === 0 && (
            <div className="empty">
              <h2>{t('none')}</h2>
              <p>{t('noneDetail')}</p>
            </div>
          )}
          <ul className="plain-list">
            {list.rows.map((one) => (
              <li key={one.id} className="subscription" data-testid="subscription">
                <p className="row between">
                  <AppLink to={`/subscriptions/${one.id}`}>
                    <b>{one.name}</b>
                  </AppLink>
                  {one.unread > 0 && <span className="word word-amber">{t('unread', { n: one.unread })}</span>}
                </p>
                <p className="quiet" lang="zh-CN">
                  {aboutWords(one)}
                </p>
                <p className="row">
                  {one.channels.map((channel) => (
                    <ChannelWord key={channel.channel} channel={channel} />
                  ))}
                  {one.feed && <span className="word word-green">{t('feed')}</span>}
                  <span className="hint">{t('messagesOf', { n: one.messages })}</span>
                  {one.lastAt && <span className="hint">{t('lastOn', { date: formatInstant(one.lastAt) })}</span>}
                </p>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}
