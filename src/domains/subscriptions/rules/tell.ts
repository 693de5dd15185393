import type { About, Content, NamedAct, Told } from '../subscription.ts';
import type { EventKind, Words } from '../types.ts';
import type { ActText } from './act-text.ts';
import { matchProfile } from './match-profile.ts';
import { matchQuery, type ReadQuery, readQuery, wordsAsked } from './match-query.ts';
import { type ReadProfile, readProfile } from './profile.ts';
import { EVENT_WORDS } from './words.ts';

/** An event of the library with the acts it is about. */
export interface ActEvent {
  readonly no: number;
  readonly kind: EventKind;
  readonly at: string;
  /** Shared by copies and translations of the act. */
  readonly group: string | null;
  readonly act: NamedAct;
  readonly about: (NamedAct & { readonly quote: string | null }) | null;
}

/** A subscription ready to be held against events. */
export interface Asking {
  readonly events: ReadonlySet<EventKind>;
  readonly about: About;
  readonly query: ReadQuery | null;
  readonly profile: ReadProfile | null;
  /** Of an act that is followed: what it shares with its copies and translations. */
  readonly group: string | null;
}

/** These happen to a text with all its documents, the others to one of them. */
const OF_TEXT: ReadonlySet<EventKind> = new Set(['added', 'changed']);

/**
 * Makes a subscription ready; `enterprise` is what a kept enterprise says of itself now.
 * @throws AppError `subscription.bad-profile`
 */
export function asking(
  { about, events }: Pick<Content, 'about' | 'events'>,
  enterprise: object | null = null,
  group: string | null = null,
): Asking {
  return {
    about,
    group,
    events: new Set(events),
    query: about.type === 'query' ? readQuery(about.q, about.filter) : null,
    profile:
      about.type === 'profile'
        ? readProfile({ ...known(about.profile), ...(enterprise ? known(enterprise) : {}) })
        : null,
  };
}

/** Fields that say something: an empty list or null leaves what the other said. */
function known(profile: object): object {
  return Object.fromEntries(
    Object.entries(profile).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}

/** Nothing is asked for: neither a word nor a filter. */
export function asksNothing({ query, about }: Asking): boolean {
  if (!query || about.type !== 'query') return false;
  return wordsAsked(query).length === 0 && !Object.values(about.filter).some(Boolean);
}

/** Whether the text of the act is needed to decide about an event. */
export function needsText({ about, events }: Asking, event: ActEvent): boolean {
  return about.type !== 'act' && events.has(event.kind);
}

/**
 * What a subscription is told of an event; null when it is none of its business. `acts` are the documents of the text
 * the event happened to. Pure.
 */
export function tell(asked: Asking, event: ActEvent, acts: readonly ActText[]): Told | null {
  if (!asked.events.has(event.kind)) return null;
  const { no, kind, at, act, about } = event;
  const told = (named: NamedAct) => ({
    event: { no, kind, at },
    words: wordsOf({ ...event, act: named }),
    act: named,
    about,
    others: [],
  });
  if (asked.about.type === 'act') {
    const same = act.id === asked.about.id || (event.group !== null && event.group === asked.group);
    const one = same && (OF_TEXT.has(kind) || act.ordinal === asked.about.ordinal);
    return one ? { ...told(act), match: null, hits: null } : null;
  }
  const answers = (
    OF_TEXT.has(kind) ? [...acts.entries()] : acts[act.ordinal] ? [[act.ordinal, acts[act.ordinal]] as const] : []
  ).flatMap(([ordinal, text]) => {
    const answer = text ? answerOf(asked, text) : null;
    return answer && text ? [{ ordinal, text, ...answer }] : [];
  });
  // what fits goes before what may fit
  const best = answers.find(({ match }) => match?.fits === 'yes') ?? answers[0];
  if (!best) return null;
  return {
    ...told(best.ordinal === act.ordinal ? act : namedOf(act, best.ordinal, best.text)),
    match: best.match,
    hits: best.hits,
    others: answers
      .filter((one) => one !== best)
      .map(({ ordinal, text, match }) => ({ ordinal, title: text.document.title, fits: match?.fits ?? null })),
  };
}

function answerOf(asked: Asking, text: ActText): Pick<Told, 'match' | 'hits'> | null {
  if (asked.query) {
    const hits = matchQuery(text, asked.query);
    return hits && { match: null, hits };
  }
  if (asked.about.type !== 'profile' || !asked.profile) return null;
  const match = matchProfile(text, asked.profile);
  if (match.fits === 'no' || (match.fits === 'undetermined' && !asked.about.undetermined)) return null;
  return { match, hits: null };
}

/** Another document of the same text. */
function namedOf(act: NamedAct, ordinal: number, { document }: ActText): NamedAct {
  return {
    ...act,
    ordinal,
    title: document.title,
    number: document.docNumber,
    kind: document.kind,
    docType: document.docType,
    isPolicy: document.isPolicy,
    issuers: document.issuers,
    region: document.region,
    issuedOn: document.issueDate,
    effectiveOn: document.effectiveDate,
  };
}

/** One line: what happened to which act, and by which. */
function wordsOf({ kind, act, about }: ActEvent): Words {
  const name = named(act);
  const by = about ? named(about) : null;
  const { zh, en } = EVENT_WORDS[kind];
  if (!by) return { zh: `${zh}：${name}`, en: `${en}: ${name}` };
  const verb = { cited: '引用', amended: '修改', repealed: '废止', interpreted: '解读' }[kind as string];
  return verb
    ? { zh: `${by}${verb}了${name}`, en: `${name} ${en} by ${by}` }
    : { zh: `${zh}：${name}`, en: `${en}: ${name}` };
}

function named({ title, number }: NamedAct): string {
  return `《${title}》${number ? `（${number}）` : ''}`;
}
