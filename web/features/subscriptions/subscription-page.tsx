import { useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { sendJson } from '../../api/client.ts';
import { useApi, useList } from '../../api/queries.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { formatInstant, useHref } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import { useAboutWords } from './about-words.ts';
import { ChannelPanel, ShownOnce } from './channel-panel.tsx';
import { MessageEntry } from './message-list.tsx';
import { subscriptions as words } from './messages.ts';
import { SubscriptionForm } from './subscription-form.tsx';
import type { Message, WholeSubscription } from './types.ts';

const TONES = { delivered: 'word-green', failed: 'word-red', trial: 'word-plain' } as const;

/** One subscription: its messages, how it goes out, what failed. */
export default function SubscriptionPage() {
  const t = useText(words);
  const { id = '' } = useParams();
  const client = useQueryClient();
  const navigate = useNavigate();
  const href = useHref();
  const aboutWords = useAboutWords();
  const [search, setSearch] = useSearchParams();
  const [secret, setSecret] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const path = `/subscriptions/${encodeURIComponent(id)}`;
  const answer = useApi<WholeSubscription>(path, {}, { timeless: true });
  const messages = useList<Message>(`${path}/messages`, { limit: 50 }, { timeless: true });
  usePageTitle(answer.data?.name ?? t('title'));
  const again = () =>
    Promise.all(
      [path, `${path}/messages`, '/subscriptions', '/inbox'].map((key) =>
        client.invalidateQueries({ queryKey: [key] }),
      ),
    );
  if (answer.isPending) return <PageSkeleton />;
  if (answer.error) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  const found = answer.data;
  const editing = search.get('edit') === '1';
  const edit = (on: boolean) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (on) after.set('edit', '1');
      else after.delete('edit');
      return after;
    });
  const run = async (work: () => Promise<unknown>) => {
    setFailure(null);
    try {
      await work();
      await again();
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <div className="stack">
      <header className="page-head">
        <div>
          <p>
            <AppLink to="/subscriptions">{t('title')}</AppLink>
          </p>
          <h1>{found.name}</h1>
          <p lang="zh-CN">{aboutWords(found)}</p>
          <p className="row">
            {found.events.map((kind) => (
              <span key={kind} className="word word-plain">
                {t(`event.${kind}`)}
              </span>
            ))}
          </p>
        </div>
        <p className="row">
          {!editing && <Button onClick={() => edit(true)}>{t('edit')}</Button>}
          <Popconfirm
            title={t('removeSure')}
            okText={t('remove')}
            cancelText={t('cancel')}
            onConfirm={() =>
              run(async () => {
                await sendJson('POST', `${path}/remove`, {});
                navigate(href('/subscriptions'));
              })
            }
          >
            <Button danger>{t('remove')}</Button>
          </Popconfirm>
        </p>
      </header>
      {failure !== null && <Failure error={failure} />}
      {secret !== '' && <ShownOnce label={t('secretOnce')} value={secret} />}
      {editing && (
        <SubscriptionForm
          key={found.version}
          found={found}
          onCancel={() => edit(false)}
          onDone={async (saved) => {
            setSecret(saved.webhookSecret ?? '');
            edit(false);
            await again();
          }}
        />
      )}
      <div className="subscription-columns">
        <section aria-labelledby="messages-title">
          <div className="row between section-head">
            <h2 id="messages-title">
              {t('messages')} <span className="hint">{found.messages}</span>
            </h2>
            <Button
              disabled={found.unread === 0}
              onClick={() => void run(() => sendJson('POST', `${path}/read`, { upTo: found.lastSeq }))}
            >
              {t('markAll')}
            </Button>
          </div>
          {messages.isPending && <PageSkeleton />}
          {messages.error && <Failure error={messages.error} onRetry={() => void messages.refetch()} />}
          {messages.first && messages.rows.length === 0 && (
            <div className="empty">
              <h2>{t('noMessages')}</h2>
            </div>
          )}
          <ul className="plain-list">
            {messages.rows.map((message) => (
              <MessageEntry key={message.seq} message={message} />
            ))}
          </ul>
          {messages.hasNextPage && (
            <Button loading={messages.isFetchingNextPage} onClick={() => void messages.fetchNextPage()}>
              {t('loadMore')}
            </Button>
          )}
        </section>
        <div className="stack">
          <ChannelPanel found={found} onChanged={() => void again()} />
          <section aria-labelledby="attempts-title">
            <div className="section-head">
              <h2 id="attempts-title">{t('attempts')}</h2>
            </div>
            {found.attempts.length === 0 && <p className="hint">{t('noAttempts')}</p>}
            <ul className="plain-list lines">
              {found.attempts.map((one) => (
                <li key={`${one.channel}${one.at}${one.attempt}`}>
                  <span className="row">
                    <span className={`word ${TONES[one.outcome]}`}>{t(`outcome.${one.outcome}`)}</span>
                    {one.channel === 'mail' || one.channel === 'webhook' ? t(`channel.${one.channel}`) : one.channel}
                    {one.fromSeq !== null && (
                      <span className="hint">
                        {one.fromSeq === one.toSeq
                          ? t('seq', { n: one.fromSeq })
                          : t('seq', { n: `${one.fromSeq}–${one.toSeq}` })}
                      </span>
                    )}
                    {one.attempt > 1 && <span className="hint">{t('attemptNo', { n: one.attempt })}</span>}
                  </span>
                  <span className="hint">{formatInstant(one.at)}</span>
                  {one.note && <p className="hint attempt-note">{one.note}</p>}
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
    </div>
  );
}
