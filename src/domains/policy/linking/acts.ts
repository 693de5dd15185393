import { parseLocalDate } from '../../../kernel/local-date.ts';
import { foldText } from '../../devices/index.ts';
import { actNumbersOfKey } from '../search/act-numbers.ts';
import type { ReadDocument, SourceDocument } from '../search/read-document.ts';
import { type CitedStandard, citedStandards } from '../standards/cited.ts';
import { isActTitle } from '../structure/citations.ts';
import type { PolicyDocument, PolicyReading, Relation } from '../types.ts';
import { startOf } from './life.ts';
import { type NamedNumber, numberKey, numbersOf } from './numbers.ts';
import { findRepeals } from './repeals.ts';
import { readTitle } from './titles.ts';
import { borneOut, quoteOf, type Told, toldOf } from './told.ts';

/** An act of a document with what it cites, ready to be stored and linked. */
export interface ProjectedAct {
  readonly ordinal: number;
  readonly partOf: number | null;
  readonly title: string;
  readonly titleKey: string;
  readonly innerKey: string | null;
  readonly kind: string;
  readonly docType: string | null;
  readonly isPolicy: boolean;
  readonly number: string | null;
  readonly numberKey: string | null;
  readonly numberGiven: boolean;
  readonly issuers: readonly string[];
  readonly region: string;
  readonly level: string;
  readonly issued: string | null;
  readonly published: string | null;
  readonly effective: string | null;
  readonly expiry: string | null;
  readonly year: number | null;
  readonly starts: string | null;
  readonly linkable: boolean;
  readonly cites: readonly ProjectedCite[];
  readonly standards: readonly CitedStandard[];
}

export interface ProjectedCite {
  readonly title: string | null;
  readonly titleKey: string | null;
  readonly innerKey: string | null;
  readonly number: string | null;
  readonly numberKey: string | null;
  readonly issuer: string | null;
  readonly relation: Relation;
  readonly articles: readonly string[];
  readonly mentions: number;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly told: Told;
}

/** Kinds nothing can cite as an act. */
const NEVER_CITED = ['fragment', 'market', 'opinion'];
/** Below this share of its words the title over a text is not the title of that text. */
const TRUSTED = 0.6;
/** Citations of one act kept; more is a list of literature. */
const MOST_CITES = 2_000;

const day = (date: string | null): string | null => (date !== null && parseLocalDate(date) ? date : null);

/** The numbers an act bears: in its text, given with it, in its title, or in the name it came under. */
export function numbersOfAct(act: {
  readonly title: string;
  readonly number: string | null;
  readonly docType: string | null;
  readonly issuers: readonly string[];
}): NamedNumber[] {
  const own = numbersOf(act.number);
  if (own.length > 0) {
    const kind = /公告|通告/.exec(act.docType ?? '')?.[0] ?? null;
    const issuer = numbersOf(`${act.issuers[0] ?? ''}2000年第1号`)[0]?.issuer ?? null;
    return own.map((number) =>
      number.mark === null && number.year !== null
        ? { ...number, kind: number.kind ?? kind, issuer: number.issuer ?? issuer }
        : number,
    );
  }
  return [...readTitle(act.title).numbers];
}

/** Takes a reading, corrections applied, into the acts that are stored. Pure: the same text gives the same acts. */
export function projectActs(source: SourceDocument, read: ReadDocument, reading: PolicyReading): ProjectedAct[] {
  const single = reading.documents.filter(({ partOf }) => partOf === null).length === 1;
  const borne = read.fields.trust >= TRUSTED;
  return reading.documents.map((document, ordinal) => {
    const alone = single && document.partOf === null;
    const title = alone && source.title !== null && document.titleSource === 'derived' ? read.title : document.title;
    const readOwn = readTitle(title);
    const given = alone && document.docNumber === null ? givenNumber(source, title) : null;
    const number = document.docNumber ?? given;
    const numbers = numbersOfAct({ ...document, title, number });
    const issued = day(document.issueDate);
    const published = day(document.publishDate);
    const effective = day(document.effectiveDate);
    const dated = issued ?? published;
    const year = dated !== null ? Number(dated.slice(0, 4)) : (numbers.find(({ year }) => year !== null)?.year ?? null);
    return {
      ordinal,
      partOf: document.partOf,
      title,
      titleKey: readOwn.key,
      innerKey: readOwn.inner,
      kind: document.kind,
      docType: document.docType,
      isPolicy: document.isPolicy,
      number,
      numberKey: numbers[0] ? numberKey(numbers[0]) : null,
      numberGiven: document.docNumber === null && number !== null,
      issuers: document.issuers,
      region: document.region.primary,
      level: document.region.level,
      issued,
      published,
      effective,
      expiry: day(document.expiry),
      year,
      starts: startOf({ effective, issued, published, year }),
      linkable:
        !read.stub &&
        !NEVER_CITED.includes(document.kind) &&
        (document.isPolicy || isActTitle(foldText(title))) &&
        (borne || !alone),
      cites: read.stub ? [] : citesOf(source.text, document, title),
      standards: read.stub ? [] : citedStandards(source.text, document.span.start, document.span.end),
    };
  });
}

/** A number that came with the document, else the one its name carries; a year and serial of an unknown series. */
function givenNumber(source: SourceDocument, title: string): string | null {
  if (numbersOf(source.number).length > 0) return source.number;
  if (readTitle(source.title ?? title).numbers.length > 0)
    return /[(（〔]([^()（）]*号[^()（）]*)[)）]/.exec(source.title ?? title)?.[1] ?? null;
  const [named] = actNumbersOfKey(source.key);
  if (!named || named.kind === '令') return null;
  return `${named.year}年第${named.no}号`;
}

function citesOf(source: string, document: PolicyDocument, title: string): ProjectedCite[] {
  const cites = document.cites.slice(0, MOST_CITES).map((cite): ProjectedCite => {
    const relation = borneOut(cite.relation, source, cite.start, cite.end);
    return projected(source, cite, relation, cite.articles, cite.mentions);
  });
  const part = source.slice(document.span.start, document.span.end);
  for (const repeal of findRepeals(part, title)) {
    const place = { start: repeal.start + document.span.start, end: repeal.end + document.span.start };
    const found = projected(source, { ...repeal, ...place, issuer: null }, 'repeals', [], 1);
    const known = cites.findIndex((cite) => sameNaming(cite, found));
    if (known >= 0) {
      const before = cites[known] as ProjectedCite;
      // what is repealed counts, wherever the act was named first
      cites[known] = { ...found, articles: before.articles, mentions: before.mentions, issuer: before.issuer };
    } else if (cites.length < MOST_CITES) cites.push(found);
  }
  return cites;
}

function sameNaming(a: ProjectedCite, b: ProjectedCite): boolean {
  if (a.titleKey !== null && b.titleKey !== null) return a.titleKey === b.titleKey;
  return a.numberKey !== null && a.numberKey === b.numberKey;
}

function projected(
  source: string,
  cite: {
    readonly title: string | null;
    readonly number: string | null;
    readonly issuer: string | null;
    readonly start: number;
    readonly end: number;
  },
  relation: Relation,
  articles: readonly string[],
  mentions: number,
): ProjectedCite {
  const title = cite.title === null ? null : readTitle(cite.title);
  const told = toldOf(source, cite.start, cite.end, cite.issuer, cite.number);
  const numbers = told.numbers.length > 0 ? told.numbers : (title?.numbers ?? []);
  return {
    title: cite.title,
    titleKey: title?.key || null,
    innerKey: title?.inner ?? null,
    number: cite.number,
    numberKey: numbers[0] ? numberKey(numbers[0]) : null,
    issuer: told.issuer ?? title?.issuers[0] ?? null,
    relation,
    articles,
    mentions,
    start: cite.start,
    end: cite.end,
    quote: quoteOf(source, cite.start, cite.end),
    told: { ...told, numbers },
  };
}
