import { numberTerm, sameNumber, standardsIn } from './act-numbers.ts';
import type { Form, Question, Term } from './question.ts';
import type { Fields } from './read-document.ts';
import { isHan, tokensOfPhrase } from './tokens.ts';

/** Counts over the whole library that weigh words. */
export interface Statistics {
  readonly documents: number;
  readonly averageLength: number;
  /** In how many documents a token stands. */
  df(token: string): number;
}

/** A document to be scored. */
export interface Scorable {
  readonly fields: Fields;
  /** Folded text. */
  readonly body: string;
  readonly stub: boolean;
  readonly language: 'zh' | 'en';
}

export interface Score {
  readonly value: number;
  /** Share of the question's weight that the document speaks of, 0 to 1. */
  readonly coverage: number;
}

/** What the ranking is tuned by; see docs/decisions/policy-search.md for how. */
export interface Weights {
  readonly k1: number;
  readonly b: number;
  readonly title: number;
  readonly lead: number;
  readonly headings: number;
  /** Of a phrase beside its pairs. */
  readonly phrase: number;
  readonly passage: number;
  readonly coverage: number;
  readonly standard: number;
}

export const WEIGHTS: Weights = {
  k1: 2,
  b: 0.75,
  title: 0.8,
  lead: 0.5,
  headings: 0.4,
  phrase: 1,
  passage: 0.3,
  coverage: 0.75,
  standard: 1,
};

/** Above any sum of words: the act whose own number is asked for comes first. */
const OWN_NUMBER = 1000;
const PASSAGE = 160;
const MOST_PLACES = 80;
/** A stub stands below every document with a text. */
const STUB = 0.001;

interface WeighedForm {
  readonly form: Form;
  /** Pairs of characters or words, and longer runs of a Chinese form; what crosses a word's edge counts for less. */
  readonly parts: readonly { readonly text: string; readonly weight: number }[];
  readonly mass: number;
}

interface WeighedTerm {
  readonly forms: readonly WeighedForm[];
  readonly weight: number;
}

/** A question with the weights of its words, ready to score documents with. */
export interface WeighedQuestion {
  readonly question: Question;
  readonly terms: readonly WeighedTerm[];
  readonly standards: readonly { readonly id: string; readonly weight: number }[];
  readonly numbers: readonly { readonly term: string; readonly weight: number }[];
  readonly total: number;
  readonly averageLength: number;
  readonly weights: Weights;
}

export function inverseFrequency(documents: number, df: number): number {
  return Math.log(1 + (documents - df + 0.5) / (df + 0.5));
}

/** All tokens whose counts a question needs. */
export function tokensAsked(question: Question): string[] {
  const tokens = new Set<string>();
  for (const term of question.terms)
    for (const form of term.forms) for (const token of tokensOfPhrase(form.text)) tokens.add(token);
  for (const standard of question.standards) tokens.add(`s:${standard.id}`);
  for (const number of question.numbers) tokens.add(numberTerm(number));
  return [...tokens];
}

export function weighQuestion(question: Question, statistics: Statistics, weights: Weights = WEIGHTS): WeighedQuestion {
  const idf = (token: string) => inverseFrequency(statistics.documents, statistics.df(token));
  const weighForm = (form: Form): WeighedForm => {
    const parts = partsOf(form.text)
      // what stands nowhere cannot tell documents apart
      .filter(({ tokens }) => tokens.every((token) => statistics.df(token) > 0))
      .map(({ text, tokens, share }) => ({
        text,
        weight:
          (share * tokens.reduce((sum, token) => sum + idf(token), 0) * (tokens.length > 1 ? weights.phrase : 1)) /
          tokens.length,
      }));
    const level = middleWeight(parts);
    // a pair that is rare by chance or by a slip of the pen must not outweigh all the rest
    const even = parts.map((part) => ({ ...part, weight: Math.min(part.weight, OUTLIER * level) }));
    return { form, parts: even, mass: even.reduce((sum, part) => sum + part.weight, 0) };
  };
  const weighTerm = (term: Term): WeighedTerm | null => {
    const forms = term.forms.map(weighForm).filter((form) => form.mass > 0);
    if (forms.length === 0) return null;
    // as heavy as the mean of its forms: a long way of saying it shall not outweigh the rest
    return { forms, weight: forms.reduce((sum, form) => sum + form.mass, 0) / forms.length };
  };
  const terms = question.terms.map(weighTerm).filter((term) => term !== null);
  const standards = question.standards.map(({ id }) => ({
    id,
    weight: 2 * idf(`s:${id}`) * weights.standard,
  }));
  const numbers = question.numbers.map((number) => ({
    term: numberTerm(number),
    weight: 2 * idf(numberTerm(number)),
  }));
  const total = [...terms, ...standards, ...numbers].reduce((sum, part) => sum + part.weight, 0);
  return { question, terms, standards, numbers, total, averageLength: statistics.averageLength, weights };
}

/** Scores one document. The same document and question give the same score, whatever else is found. */
export function scoreDocument(asked: WeighedQuestion, document: Scorable): Score {
  const { weights, question } = asked;
  const { fields, body } = document;
  const norm = 1 - weights.b + weights.b * (fields.length / asked.averageLength);
  const saturate = (tf: number) => (tf * (weights.k1 + 1)) / (tf + weights.k1);
  const lead = weights.lead;
  const evidence = (text: string) => {
    const tf = count(body, text);
    const titled = fields.title.includes(text) ? 1 : 0;
    if (tf === 0 && titled === 0) return 0;
    const shown = fields.lead.includes(text) ? lead : 0;
    const headed = weights.headings * (1 - 1 / (1 + (fields.headings ? count(fields.headings, text) : 0)));
    return saturate(tf / norm) + weights.title * fields.trust * titled + shown + headed;
  };
  let value = 0;
  let covered = 0;
  const places: { readonly weight: number; readonly at: readonly number[] }[] = [];
  for (const term of asked.terms) {
    let best = 0;
    let bestForm: WeighedForm | undefined;
    let present = 0;
    for (const form of term.forms) {
      let sum = 0;
      let seen = 0;
      for (const part of form.parts) {
        const strength = evidence(part.text);
        if (strength > 0) seen += part.weight;
        sum += part.weight * strength;
      }
      const share = (sum / form.mass) * form.form.weight;
      if (share > best) {
        best = share;
        bestForm = form;
      }
      present = Math.max(present, (seen / form.mass) * form.form.weight);
    }
    value += term.weight * best;
    covered += term.weight * present;
    if (bestForm) places.push({ weight: term.weight, at: placesOf(body, bestForm) });
  }
  for (const { id, weight } of asked.standards) {
    const [used, listed] = fields.standards[id] ?? [0, 0];
    const titled = standardsIn(fields.title).some((standard) => standard.id === id) ? 1 : 0;
    const tf = used + 0.25 * Math.min(2, listed);
    if (tf === 0 && titled === 0) continue;
    value += weight * (saturate(tf) + weights.title * titled);
    covered += weight;
  }
  let own = 0;
  for (const number of question.numbers) {
    let fit = 0;
    for (const candidate of fields.numbers) fit = Math.max(fit, sameNumber(number, candidate));
    own = Math.max(own, fit);
  }
  for (const { term, weight } of asked.numbers) {
    const times = fields.cited[term] ?? 0;
    if (times > 0) value += weight * saturate(times / norm);
    if (times > 0 || own > 0) covered += weight;
  }
  const coverage = asked.total > 0 ? covered / asked.total : own;
  value += weights.passage * bestPassage(places);
  value *= coverage ** weights.coverage;
  value += own * OWN_NUMBER;
  if (document.stub) value *= STUB;
  return { value, coverage: Math.min(1, coverage) };
}

const OUTLIER = 2;
const MANY_PARTS = 4;

/** The median weight of the parts of a long form; a short one is as its parts are. */
function middleWeight(parts: readonly { readonly weight: number }[]): number {
  if (parts.length < MANY_PARTS) return Number.POSITIVE_INFINITY;
  const sorted = parts.map(({ weight }) => weight).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const CROSSING = 0.5;
const LONG_RUN = 4;

/** The parts a form is looked for by: its tokens, and of a Chinese one its runs of up to four characters. */
function partsOf(text: string): { text: string; tokens: string[]; share: number }[] {
  if (!isHan(text)) {
    const tokens = tokensOfPhrase(text);
    const parts = tokens.map((token) => ({ text: token, tokens: [token], share: 1 }));
    return text.includes(' ') ? [...parts, { text, tokens, share: 1 }] : parts;
  }
  if (text.length === 1) return [{ text, tokens: [text], share: 1 }];
  const edges = new Set<number>();
  for (const { index, segment } of segmenter.segment(text)) edges.add(index + segment.length);
  const parts: { text: string; tokens: string[]; share: number }[] = [];
  for (let i = 0; i + 2 <= text.length; i++) {
    const pair = text.slice(i, i + 2);
    parts.push({ text: pair, tokens: [pair], share: edges.has(i + 1) && text.length > 2 ? CROSSING : 1 });
  }
  const run = Math.min(LONG_RUN, text.length);
  if (run > 2)
    for (let i = 0; i + run <= text.length; i++) {
      const part = text.slice(i, i + run);
      parts.push({ text: part, tokens: tokensOfPhrase(part), share: 1 / Math.max(1, (text.length - run + 1) / 2) });
    }
  return parts;
}

function count(text: string, part: string): number {
  let found = 0;
  const word = !isHan(part);
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) {
    if (word && (isLetter(text.charCodeAt(at - 1)) || isLetter(text.charCodeAt(at + part.length)))) continue;
    found++;
  }
  return found;
}

function isLetter(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || (c >= 0x61 && c <= 0x7a);
}

function placesOf(body: string, form: WeighedForm): number[] {
  let text = form.form.text;
  if (!body.includes(text))
    text = form.parts.reduce((a, b) => (b.weight > a.weight ? b : a), { text: '', weight: -1 }).text;
  const places: number[] = [];
  if (text)
    for (let at = body.indexOf(text); at >= 0 && places.length < MOST_PLACES; at = body.indexOf(text, at + 1))
      places.push(at);
  return places;
}

/** Weight of the terms that stand together in the best stretch of the text. */
function bestPassage(terms: readonly { readonly weight: number; readonly at: readonly number[] }[]): number {
  if (terms.length < 2) return 0;
  const events = terms
    .flatMap(({ at }, term) => at.map((place) => ({ place, term })))
    .sort((a, b) => a.place - b.place);
  const inside = new Array<number>(terms.length).fill(0);
  let best = 0;
  let weight = 0;
  let distinct = 0;
  let from = 0;
  for (const event of events) {
    const there = inside[event.term] as number;
    inside[event.term] = there + 1;
    if (there === 0) {
      weight += (terms[event.term] as { weight: number }).weight;
      distinct++;
    }
    while (event.place - (events[from] as { place: number }).place > PASSAGE) {
      const left = (events[from++] as { term: number }).term;
      const still = (inside[left] as number) - 1;
      inside[left] = still;
      if (still === 0) {
        weight -= (terms[left] as { weight: number }).weight;
        distinct--;
      }
    }
    if (distinct > 1) best = Math.max(best, weight);
  }
  return best;
}
