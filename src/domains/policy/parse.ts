import { findDamage } from './reading/damage.ts';
import { linesOf } from './reading/lines.ts';
import { readPage } from './reading/page.ts';
import { readText } from './reading/read.ts';
import { type Segment, segment } from './segmenting/segment.ts';
import { findAttachments } from './structure/attachments.ts';
import { isBodyName, isNational, regionOfBody } from './structure/bodies.ts';
import { scanBookMarks } from './structure/book-marks.ts';
import { findCites, plainKey } from './structure/citations.ts';
import { findDates } from './structure/date-roles.ts';
import { scanDates, yearOfText } from './structure/dates.ts';
import { withActors } from './structure/departments.ts';
import { findDocNumber } from './structure/doc-number.ts';
import type { Draft } from './structure/draft.ts';
import { findContradictions, findFigures } from './structure/figures.ts';
import { findIssuers, homeRegion } from './structure/issuers.ts';
import { findMeasures } from './structure/measures.ts';
import { findObligations } from './structure/obligations.ts';
import { findAddressees, findBenefits, findContacts, findEligibility } from './structure/particulars.ts';
import { type Region, regionName } from './structure/regions.ts';
import { findOutline, findSections } from './structure/sections.ts';
import { findSignature } from './structure/signature.ts';
import {
  bareTitle,
  derivedTitle,
  type FoundTitle,
  givenTitle,
  isPolicyKind,
  isTitleLine,
  kindOf,
  ownTitle,
  titleEnd,
  titleInLine,
} from './structure/title.ts';
import type { Issuer, PolicyDocument, PolicyReading, Span, TextFormat } from './types.ts';

type Place = (start: number, end: number) => Span;

function regionOf(issuers: readonly Issuer[], draft: Draft, title: string): PolicyDocument['region'] {
  const level = (region: Region): PolicyDocument['region'] => ({
    primary: regionName(region),
    level: region.city ? 'city' : 'province',
  });
  for (const issuer of issuers) {
    const region = regionOfBody(issuer.name);
    if (region) return level(region);
    if (isNational(issuer.name)) return { primary: '全国', level: 'national' };
  }
  const own = regionOfBody(title) ?? (issuers.length === 0 ? homeRegion(draft, title) : null);
  return own ? level(own) : { primary: '全国', level: 'national' };
}

/** Acts that set tasks article by article. */
const TASKS = /(?:措施|政策|举措)(?:\([^()]{1,20}\))?》?(?:的?(?:通知|公告|通告))?(?:\([^()]{1,20}\))?$/;

interface Reading {
  readonly text: string;
  readonly place: Place;
  readonly year: number | null;
  /** How deep the line that begins here is marked as a heading in the source; 0 when it is none. */
  readonly depthAt: (start: number) => number;
}

interface ReadDocument {
  readonly document: PolicyDocument;
  readonly draft: Draft;
  /** Where the text of the draft begins in the whole text. */
  readonly base: number;
}

function readDocument(
  reading: Reading,
  part: Segment,
  carrier: { readonly index: number; readonly read: ReadDocument } | null,
): ReadDocument {
  const embedded = carrier !== null;
  const { text: whole } = reading;
  const page = embedded ? null : readPage(whole, part.start, part.end);
  const base = page?.bodyStart ?? part.start;
  const bodyEnd = Math.max(page?.bodyEnd ?? part.end, base);
  const text = whole.slice(base, bodyEnd);
  const place: Place = (start, end) => reading.place(base + start, base + Math.max(end, start));
  const at = <T extends Span>(items: readonly T[]): T[] =>
    items.map((item) => ({ ...item, ...place(item.start, item.end) }));
  const dates = scanDates(text);
  const draft: Draft = {
    text,
    lines: linesOf(text),
    page,
    dates,
    year: yearOfAct(text) ?? yearOfText(dates, reading.year) ?? reading.year,
  };

  const over = part.headline ? closedHeadline(text, part.headline, base) : undefined;
  const given: FoundTitle | null = over
    ? { title: bareTitle(over.text), source: 'given', start: over.start - base, end: over.end - base, lines: 1 }
    : titleOf(draft);
  const flatStart = part.flat ? titleInLine(draft) : given;
  const signed = findSignature(draft);
  const signatory = signed?.bodies[0]?.text ?? null;
  const early = kindOf(draft, flatStart?.title ?? '', flatStart !== null, embedded, signatory !== null);
  const title: FoundTitle = flatStart ?? derivedTitle(draft, early.docType, signatory);
  const { kind, docType } = flatStart ? early : kindOf(draft, title.title, false, embedded, signatory !== null);
  const report =
    kind === 'news' ||
    kind === 'interpretation' ||
    kind === 'opinion' ||
    kind === 'market' ||
    (part.flat && signed === null);
  const issuers = kind === 'market' || kind === 'fragment' ? [] : findIssuers(draft, title, signed, report, kind);
  const titleWords =
    draft.page?.headline && flatStart?.start === -1
      ? draft.page.headline.text
      : text.slice(Math.max(0, title.start), title.source === 'given' ? title.end : 0).replace(/\n/g, '');
  const lead = report && issuers.length > 0 ? leadSubject(text) : null;
  const number = embedded
    ? null
    : findDocNumber(
        draft,
        { words: titleWords, end: part.flat && flatStart ? title.end : -1 },
        issuers,
        kind === 'news' ? lead : null,
      );
  const found = findDates(draft, signed, report, kind);
  const home = homeRegion(draft, title.title) ?? (issuers[0] ? regionOfBody(issuers[0].name) : null);

  const attachments = findAttachments(draft);
  const asked = kind === 'interpretation' ? askedSubject(text, title.title) : null;
  const own = [title.title, ...ownTitles(title.title), ...carried(text)];
  for (const subject of [lead, asked]) if (subject) own.push(subject);
  const { cites, aliases } = findCites(text, own, number?.number ?? null);
  const law =
    /第[一二三四五六七八九十]+条/.test(text) &&
    (text.match(/(?:^|\n) *第[一二三四五六七八九十百零〇\d]+条/g)?.length ?? 0) >= 5;
  const items = findSections(text, part.flat);
  const conditions = items
    .filter(
      (item) =>
        /(?:申报|填报|申请|支持|准入)?(?:条件|资格)$/.test(item.heading) || /条件$/.test(item.heading.slice(0, 8)),
    )
    .map((item) => ({ start: item.start, end: item.itemEnd }));
  const news = report && issuers.length === 0;
  const silent = kind === 'market' || kind === 'fragment' || (news && kind !== 'interpretation');
  // an attached plan calls the bodies by the short forms of those who signed the notice
  const signatories =
    issuers.length > 0 ? issuers.map((issuer) => issuer.name) : (carrier?.read.document.issuers ?? []);
  const figures = findFigures(text);
  // what a draft asks for binds nobody yet
  const obligations =
    silent || kind === 'consultation'
      ? []
      : findObligations(text, conditions, {
          deadlines: found.deadlines,
          requests: true,
          orders: kind === 'notice' || kind === 'plan' || kind === 'opinion-act',
          wants: kind === 'news' || kind === 'interpretation',
        });
  const document: PolicyDocument = {
    span: reading.place(part.start, part.end),
    bodySpan: place(0, text.length),
    kind,
    isPolicy: isPolicyKind(kind),
    docType,
    title: title.title,
    titleSource: title.source,
    titleSpan: title.source === 'given' && title.start >= 0 ? place(title.start, title.end) : null,
    issuers: issuers.map((issuer) => issuer.name),
    issuerDetails: at(issuers),
    region: regionOf(issuers, draft, title.title),
    docNumber: number?.number ?? null,
    issueDate: found.issueDate,
    publishDate: found.publishDate,
    effectiveDate: found.effectiveDate,
    effectiveRule: found.effectiveRule,
    expiry: found.expiry,
    deadlines: [...new Set(found.deadlines.map(({ date }) => date))],
    dates: at(found.dates),
    addressees: findAddressees(draft),
    cites: at(cites),
    aliases: at(aliases),
    sections: at(
      findOutline(
        items,
        part.flat ? [] : draft.lines,
        (line) => reading.depthAt(base + line.start),
        Math.max(0, title.end),
      ),
    ),
    measures: silent
      ? []
      : at(
          withActors(
            findMeasures(text, items, {
              signatories,
              home,
              report,
              law,
              // 若干措施 is a rule by its place and a list of measures by its words
              standing: (kind === 'guideline' || kind === 'rule') && !/措施$|政策$/.test(docType ?? ''),
              tasks: TASKS.test(title.title),
              interpretation: kind === 'interpretation',
              drafted: kind === 'consultation',
              bodyStart: title.source === 'given' ? Math.max(title.end, 0) : 0,
              announcer: issuers[0]?.name ?? null,
            }),
            obligations,
            signatories,
            home,
          ),
        ),
    obligations: at(obligations),
    eligibility: eligibilityPlaces(findEligibility(text, items), at),
    benefits: at(findBenefits(text)),
    figures: at(figures),
    contradictions: at(findContradictions(text, figures)),
    contacts: at(findContacts(text)),
    attachments: at(attachments),
    partOf: carrier?.index ?? null,
  };
  return { document, draft, base };
}

function eligibilityPlaces(
  found: PolicyDocument['eligibility'],
  at: <T extends Span>(items: readonly T[]) => T[],
): PolicyDocument['eligibility'] {
  return {
    applicants: at(found.applicants),
    allOf: at(found.allOf),
    anyOf: at(found.anyOf),
    exclusions: at(found.exclusions),
  };
}

/** The headline of the page or the text; the page's own headline wins when the text repeats or lacks it. */
function titleOf(draft: Draft): FoundTitle | null {
  const inText = givenTitle(draft);
  // an order is named by the act it makes known
  if (inText && /令$/.test(inText.title) && isBodyName(inText.title.slice(0, -1))) {
    const act = scanBookMarks(draft.text.slice(0, 600))[0];
    if (act) return { title: act.title, source: 'given', start: act.start + 1, end: act.end - 1, lines: inText.lines };
  }
  const headline = draft.page?.headline;
  if (headline && (inText === null || titleEnd(inText.title) === null))
    return { title: bareTitle(headline.text), source: 'given', start: -1, end: -1, lines: 0 };
  return inText && (ownTitle(draft, inText) ?? inText);
}

/** 关于印发《X》的通知 names X, which it carries. */
function ownTitles(title: string): string[] {
  return scanBookMarks(title).map((mark) => mark.title);
}

/** Works the text hands over itself: 现将《X》印发给你们, 制定了《X》,现予公布, 起草了《X》. */
function carried(text: string): string[] {
  const found: string[] = [];
  for (const match of text
    .slice(0, 6000)
    .matchAll(
      /(?:现将|起草(?:形成)?了?|组织(?:制定|制订|编制|修订)了?)((?:[、和及]?《[^》]{2,120}》(?:\([^)]*\))?)+)/g,
    ))
    found.push(...scanBookMarks(match[1] ?? '').map((mark) => mark.title));
  for (const match of text
    .slice(0, 3000)
    .matchAll(
      /《([^》]{2,120})》(?:\([^)]*\))?(?:已经?[^。]{2,30}(?:同意|通过)[^。]{0,12})?,?现(?:予)?(?:以)?(?:印发|公布|发布)/g,
    ))
    found.push(match[1] ?? '');
  return found;
}

/** A headline whose 《 is still open goes on in the next line: 公开征求《某细则 ⏎ (征求意见稿)》意见. */
function closedHeadline<T extends { readonly text: string; readonly end: number }>(
  text: string,
  headline: T,
  base: number,
): T {
  if (headline.text.lastIndexOf('《') <= headline.text.lastIndexOf('》')) return headline;
  const below = /^\s*([^\n]{1,60})/.exec(text.slice(Math.max(0, headline.end - base), headline.end - base + 80));
  const more = below?.[1]?.trim() ?? '';
  if (!below || !/^[^《。]*》[^。;]{0,20}$/.test(more)) return headline;
  return { ...headline, text: headline.text + more, end: headline.end + below[0].length };
}

/** 9月5日,某局印发《X》(某字〔2025〕64号): the number of the act gives the year of the report that opens so. */
function yearOfAct(text: string): number | null {
  if (
    !/^[^。《]{0,40}?\d{1,2}月\d{1,2}日/.test(text.slice(0, 60)) ||
    /^[^《]{0,60}(?:19|20)\d{2}年/.test(text.slice(0, 80))
  )
    return null;
  const year = /(?:印发|发布|出台|公布)了?《[^》]{2,80}》\([^()]{0,14}〔((?:19|20)\d{2})〕/.exec(
    text.slice(0, 300),
  )?.[1];
  return year ? Number(year) : null;
}

/** The act a report is about: the object of its first sentences. */
function leadSubject(text: string): string | null {
  const lead = text
    .slice(0, 400)
    .replace(/(?:落实|贯彻|根据|按照)[^《。]{0,30}《[^》]*》/g, (words) => '※'.repeat(words.length));
  return (
    /(?:发布|印发|出台|公布|制定)(?:了|实施)?《([^》]+)》/.exec(lead)?.[1] ??
    /《([^》]+)》(?:\([^()]*\))?(?:已于?|正式|于)[^。,《]{0,12}(?:发布|印发|出台|公布)/.exec(lead)?.[1] ??
    null
  );
}

/** The act that questions and answers are about: the first one named whose words the headline takes up. */
function askedSubject(text: string, title: string): string | null {
  const first = scanBookMarks(text.slice(0, 1200))[0]?.title;
  if (!first || title.includes(first)) return null;
  let shared = 0;
  for (let i = 0; i + 1 < first.length; i++) if (title.includes(first.slice(i, i + 2))) shared++;
  return shared >= (first.length - 1) * 0.5 ? first : null;
}

/** A document carried by another: after the signature, under a headline the notice names or that ends like one. */
function attachedPart({ draft, base }: { draft: Draft; base: number }): Segment | null {
  const signed = findSignature(draft);
  if (!signed) return null;
  const rest = draft.lines.slice(signed.line + 1);
  if (rest.reduce((sum, line) => sum + line.text.length, 0) < 200) return null;
  const named = new Set(scanBookMarks(draft.text.slice(0, 3000)).map((mark) => plainKey(mark.title)));
  const head = rest
    .slice(0, 8)
    .find(({ text }) => isTitleLine(text) || /^[^。]{4,60}\(?征求意见稿\)?$/.test(text) || named.has(plainKey(text)));
  return head ? { start: base + head.start, end: base + draft.text.length, flat: false } : null;
}

/** Edition of the rules of reading: raised by hand when they read differently, so that kept readings are made anew. */
export const EXTRACTION = 4;

/**
 * Reads a text into documents: what each is, who issued it, its number and dates, what it sets out and asks for, and what
 * it cites. Every item carries its place in the text as given. Nothing is fetched, repaired or guessed.
 */
export function parsePolicy(source: string, options: { readonly format?: TextFormat } = {}): PolicyReading {
  const mapped = readText(source, options.format ?? 'auto');
  const { text } = mapped;
  const place: Place = (start, end) => {
    const from = mapped.at(Math.max(0, start));
    return { start: Math.min(from, source.length), end: Math.min(Math.max(mapped.endAt(end), from), source.length) };
  };
  const depthAt = (start: number): number => {
    if (mapped.format !== 'markdown') return 0;
    const at = mapped.at(start);
    return /(#{1,6}) +[*_]{0,4}$/.exec(source.slice(Math.max(0, at - 12), at))?.[1]?.length ?? 0;
  };
  const marked = (line: { start: number }): boolean => depthAt(line.start) >= 2;
  const year = yearOfText(scanDates(text.length > 2_000_000 ? text.slice(0, 2_000_000) : text));
  const reading: Reading = { text, place, year, depthAt };
  const documents: PolicyDocument[] = [];
  for (const part of segment(text, marked)) {
    const read = readDocument(reading, part, null);
    documents.push(read.document);
    if (part.flat) continue;
    const attached = attachedPart(read);
    if (attached) documents.push(readDocument(reading, attached, { index: documents.length - 1, read }).document);
  }
  return { documents, damage: findDamage(text, place) };
}
