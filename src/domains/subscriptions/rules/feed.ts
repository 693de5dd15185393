import { Feed } from 'feed';
import type { Message } from '../subscription.ts';

export interface FeedOptions {
  readonly id: string;
  readonly name: string;
  /** When the newest message was told, else when the subscription was made. */
  readonly updated: Date;
  /** Address of the web application. */
  readonly site: string;
  /** Address of this page of the feed, and of the older one when there is one. */
  readonly self: string;
  readonly next: string | null;
  readonly entryId: (message: Message) => string;
}

/** Messages as Atom (RFC 4287, pages by RFC 5005), newest first. Texts of acts are escaped: they stay text. Pure. */
export function feedOf(messages: readonly Message[], options: FeedOptions): string {
  const feed = new Feed({
    id: `urn:uuid:${options.id}`,
    title: clean(`械档 ${options.name}`),
    updated: options.updated,
    generator: 'Xiedang',
    link: options.site,
    feed: options.self,
    author: { name: '械档 Xiedang' },
  });
  for (const message of messages) {
    const { seq, words, act, about } = message;
    const at = new Date(message.at);
    feed.addItem({
      id: options.entryId(message),
      title: html(`#${seq} ${words.zh}`),
      link: `${options.site}${act.path}`,
      date: at,
      published: at,
      description: html(words.en),
      content: contentOf(message),
      category: [
        { name: `#${seq}`, scheme: 'urn:xiedang:sequence', term: String(seq) },
        { name: message.event.kind, scheme: 'urn:xiedang:event', term: message.event.kind },
        ...(about ? [{ name: 'about', scheme: 'urn:xiedang:about', term: about.id }] : []),
      ],
    });
  }
  const xml = feed.atom1();
  const { next } = options;
  return next === null
    ? xml
    : xml.replace(/<link rel="self"[^>]*\/>/, (self) => `${self}<link rel="next" href="${html(next)}"/>`);
}

function contentOf({ seq, previousSeq, act, about, match, hits }: Message): string {
  const paragraphs = [
    `编号 ${seq}，上一条 ${previousSeq ?? '—'} / number ${seq}, previous ${previousSeq ?? '—'}`,
    [act.issuers.join('、'), act.issuedOn].filter(Boolean).join(' · '),
    about?.quote ?? '',
    ...(match?.reasons ?? []).map((reason) => `${reason.zh} / ${reason.en}：“${reason.quote}”`),
    ...(match?.days ?? []).map((day) => `${day.date} ${day.zh} / ${day.en}：“${day.quote}”`),
    ...(hits ?? []).map((hit) => `${hit.found}：“${hit.quote}”`),
  ];
  return paragraphs
    .filter(Boolean)
    .map((words) => `<p>${html(words)}</p>`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function html(text: string): string {
  return clean(text).replace(/[&<>"]/g, (character) => ENTITIES[character] as string);
}

/** Characters XML does not admit are left out. */
function clean(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/\p{Surrogate}/gu, '\ufffd');
}
