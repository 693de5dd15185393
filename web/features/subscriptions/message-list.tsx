import { AppLink } from '../../components/app-link.tsx';
import { formatInstant } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import { MatchAnswer } from '../policies/match-answer.tsx';
import { EventWord } from './event-word.tsx';
import { subscriptions as words } from './messages.ts';
import type { Message } from './types.ts';

interface Props {
  readonly message: Omit<Message, 'seq' | 'previousSeq' | 'read'> &
    Partial<Pick<Message, 'seq' | 'previousSeq' | 'read'>>;
  /** The subscription it came by, where several stand together. */
  readonly from?: { readonly id: string; readonly name: string } | undefined;
  onRead?: (() => void) | undefined;
}

/** One message: what happened to which act, by which sentence, and its number without a gap. */
export function MessageEntry({ message, from, onRead }: Props) {
  const t = useText(words);
  const pick = usePick();
  const { seq, previousSeq, read = true } = message;
  const lost = seq !== undefined && previousSeq !== null && previousSeq !== undefined && previousSeq < seq - 1;
  return (
    <li className={read ? 'message' : 'message message-unread'} data-testid="message">
      {lost && <p className="word word-red">{t('gap', { from: (previousSeq ?? 0) + 1, to: (seq ?? 1) - 1 })}</p>}
      <p className="message-head">
        <EventWord kind={message.event.kind} />
        <AppLink to={message.act.path} lang="zh-CN">
          {message.act.title}
        </AppLink>
        {message.act.number && <span className="hint">{message.act.number}</span>}
        <span className="message-side">
          {from && <AppLink to={`/subscriptions/${from.id}`}>{from.name}</AppLink>}
          {seq !== undefined && <span className="hint">{t('seq', { n: seq })}</span>}
          <time className="hint" dateTime={message.at}>
            {formatInstant(message.at)}
          </time>
          {!read && onRead && (
            <button type="button" className="link hint" onClick={onRead}>
              {t('markRead')}
            </button>
          )}
        </span>
      </p>
      <p className="quiet">{pick(message.words)}</p>
      {message.about && (
        <div className="message-quote" lang="zh-CN">
          <AppLink to={message.about.path}>{message.about.title}</AppLink>
          {message.about.quote && <blockquote>{message.about.quote}</blockquote>}
        </div>
      )}
      {message.hits?.slice(0, 2).map((hit) => (
        <blockquote key={hit.typed} className="message-quote" lang="zh-CN">
          {hit.quote}
        </blockquote>
      ))}
      {message.match && (
        <details>
          <summary className="hint">{t('reasons')}</summary>
          <MatchAnswer
            match={{ ...message.match, ordinal: message.act.ordinal, title: message.act.title }}
            path={message.act.path}
          />
        </details>
      )}
    </li>
  );
}
