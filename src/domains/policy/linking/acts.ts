import { parseLocalDate } from '../../../kernel/local-date.ts';
import { foldText } from '../../devices/index.ts';
import { actNumbersOfKey } from '../search/act-numbers.ts';
import type { ReadDocument, SourceDocument } from '../search/read-document.ts';
import { type CitedStandard, citedStandards } from '../standards/cited.ts';
import { isActTitle } from '../structure/citations.ts';
import { bareTitle } from '../structure/title.ts';
import type { PolicyDocument, PolicyReading, Relation } from '../types.ts';
import { startOf } from './life.ts';
import { type NamedNumber, numberKey, numbersOf } from './numbers.ts';
import { findRepeals } from './repeals.ts';
import { joinVersions, NO_VERSION, readTitle } from './titles.ts';
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
  /** What citations are held against: also a number that only the name of the document tells. */
  readonly numbers: readonly NamedNumber[];
  readonly issuers: readonly string[];
  readonly region: string;
  readonly level: string;
  readonly issued: string | null;
  readonly published: string | null;
  readonly effective: string | null;
  readonly expiry: string | null;
  readonly year: number | null;
  /** Latest year of what it names. */
  readonly seen: number | null;
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
function numbersOfAct(
  document: PolicyDocument,
  number: string | null,
  title: string,
  key: string | null,
): NamedNumber[] {
  const own = numbersOf(number);
  if (own.length > 0) {
    const kind = /公告|通告/.exec(document.docType ?? '')?.[0] ?? null;
    const issuer = numbersOf(`${document.issuers[0] ?? ''}2000年第1号`)[0]?.issuer ?? null;
    return own.map((found) =>
      found.mark === null && found.year !== null
        ? { ...found, kind: found.kind ?? kind, issuer: found.issuer ?? issuer }
        : found,
    );
  }
  const titled = readTitle(title).numbers;
  if (titled.length > 0) return [...titled];
  // the name says neither series nor mark; of an order it may say the body
  return key === null ? [] : actNumbersOfKey(key).map((found) => ({ ...found, body: null }));
}

/** The acts whose title a person gave: it is believed before the one that came with the document. */
export function correctedTitles(asRead: PolicyReading, corrected: PolicyReading): ReadonlySet<number> {
  return new Set(
    corrected.documents.flatMap(({ title }, ordinal) => (title === asRead.documents[ordinal]?.title ? [] : [ordinal])),
  );
}

/**
 * Takes a reading, corrections applied, into the acts that are stored. A title that came with the document is believed
 * where the text bears it out; `titled` are acts whose title a person gave. Pure: the same text gives the same acts.
 */
export function projectActs(
  source: SourceDocument,
  read: ReadDocument,
  reading: PolicyReading,
  titled: ReadonlySet<number> = new Set(),
): ProjectedAct[] {
  const single = reading.documents.filter(({ partOf }) => partOf === null).length === 1;
  const borne = read.fields.trust >= TRUSTED;
  const acts = reading.documents.map((document, ordinal) => {
    const alone = single && document.partOf === null;
    const believed = alone && borne && source.title !== null && !titled.has(ordinal);
    const title = believed ? bareTitle(read.title) : document.title;
    const readOwn = readTitle(title);
    const number = document.docNumber ?? (alone ? givenNumber(source) : null);
    const numbers = numbersOfAct(document, number, title, alone ? source.key : null);
    const cites = read.stub ? [] : citesOf(source.text, document, title);
    const standards = read.stub ? [] : citedStandards(source.text, document.span.start, document.span.end);
    const issued = day(document.issueDate);
    const published = day(document.publishDate);
    const effective = day(document.effectiveDate);
    const dated = issued ?? published;
    const numbered = numbers.find((found) => found.year !== null)?.year ?? null;
    const year = dated !== null ? yearOf(dated) : (numbered ?? (effective === null ? null : yearOf(effective)));
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
      numbers,
      issuers: document.issuers,
      region: document.region.primary,
      level: document.region.level,
      issued,
      published,
      effective,
      expiry: day(document.expiry),
      year,
      seen: latestNamed(cites, standards),
      starts: startOf({ effective, issued, published, year }),
      linkable:
        !read.stub &&
        !NEVER_CITED.includes(document.kind) &&
        (document.isPolicy || isActTitle(foldText(title))) &&
        (borne || !alone),
      cites,
      standards,
    };
  });
  // of one work under its own title all parts are as late as the latest of them
  return borne && source.title !== null && acts.length > 1 ? acts.map((act) => datedWith(act, acts)) : acts;
}

function datedWith(act: ProjectedAct, acts: readonly ProjectedAct[]): ProjectedAct {
  const years = acts.map(({ seen }) => seen).filter((year) => year !== null);
  return { ...act, year: act.year ?? acts[0]?.year ?? null, seen: years.length > 0 ? Math.max(...years) : null };
}

const yearOf = (date: string): number => Number(date.slice(0, 4));

/** The latest year of the acts and standards named. */
function latestNamed(cites: readonly ProjectedCite[], standards: readonly CitedStandard[]): number | null {
  const years = [
    ...cites.flatMap(({ told }) => [...told.numbers.map(({ year }) => year), told.version.year]),
    ...standards.map(({ year }) => year),
  ].filter((year) => year !== null);
  return years.length > 0 ? Math.max(...years) : null;
}

/** A number that came with the document, or in the brackets behind its title. */
function givenNumber(source: SourceDocument): string | null {
  if (numbersOf(source.number).length > 0) return source.number;
  const behind = /[(（〔]([^()（）]*号[^()（）]*)[)）]\s*$/.exec(source.title ?? '')?.[1] ?? null;
  return behind !== null && numbersOf(behind).length > 0 ? behind : null;
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
    told: { ...told, numbers, version: joinVersions(title?.version ?? NO_VERSION, told.version) },
  };
}
