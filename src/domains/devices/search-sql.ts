import { type SearchTerm, searchTerms, variantsOf } from './search-text.ts';
import type { DeviceQuery } from './types.ts';

/** Numbered parameters of one statement under construction. */
export class Parameters {
  readonly values: unknown[] = [];

  /** Adds a value and answers its place as SQL of the given type. */
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }

  /** The statement with only the parameters it names: PostgreSQL finds no type for the others. */
  used(text: string): { readonly text: string; readonly values: unknown[] } {
    const places = new Map<number, number>();
    const values: unknown[] = [];
    const renumbered = text.replace(/\$(\d+)::/g, (_whole, digits: string) => {
      const before = Number(digits);
      let place = places.get(before);
      if (place === undefined) {
        values.push(this.values[before - 1]);
        place = values.length;
        places.set(before, place);
      }
      return `$${place}::`;
    });
    return { text: renumbered, values };
  }
}

/** Sets of subjects under a recall, from the records; resolved before the statement is built. */
export interface RecallSubjects {
  /** `source/recordKey` */
  readonly devices: readonly string[];
  readonly certificates: readonly string[];
}

/** A question taken apart, the same for screen, API and file. */
export interface SearchPlan {
  readonly query: DeviceQuery;
  readonly terms: readonly SearchTerm[];
  /** True when words were given but none of them can be asked (only punctuation): nothing is found. */
  readonly unaskable: boolean;
  /** Text that may be a model, catalogue number or identifier: the Latin terms with digits, joined. */
  readonly code: string | null;
  readonly recalls: RecallSubjects | null;
  /** Queries of which any may match, in place of the terms: the question itself found nothing. */
  readonly instead: readonly string[] | null;
}

/** Takes a question apart. `recalls` is needed when the query asks about recalls. */
export function searchPlan(query: DeviceQuery, recalls: RecallSubjects | null): SearchPlan {
  const terms = query.q === undefined ? [] : searchTerms(query.q);
  const asked = terms.filter((term) => term.query !== null);
  const codes = asked.filter((term) => term.latin && /\d/.test(term.text));
  const code = codes.map((term) => term.text).join(' ');
  return {
    query,
    terms: asked,
    unaskable: terms.length > 0 && asked.length === 0,
    // two signs beside words would drag in a good part of all models
    code: code.replace(/[^0-9a-z]/g, '').length >= (codes.length === asked.length ? 2 : 3) ? code : null,
    recalls,
    instead: null,
  };
}

const PHRASE = /\s<(?:-|\d+)>\s/g;
const CHINESE_WORD = /^[\u3400-\u9fff]{2,}$/;
const CHINESE_RUN = /^[\u3400-\u9fff]{3,}$/;

/** A condition on `p` (product) in two steps. */
export interface TwoSteps {
  /** What the index answers: all pairs of characters are there. Holds for every product that is searched for. */
  readonly near: string;
  /** That they stand in order; null where the index has answered that, too. */
  readonly exact: string | null;
}

const both = ({ near, exact }: TwoSteps): string => (exact === null ? near : `(${near} and ${exact})`);

/** The columns that went into the vector, likeliest first. */
const SEARCHED = [
  'name',
  'description',
  'holder_name',
  'brand',
  'holder_name_alt',
  'certificate_text',
  'class_code',
  'holder_code',
] as const;

/**
 * The term occurs in the texts of `p`. That the pairs of a Chinese term stand in order is seen in the published texts; the
 * position-carrying vector, which lies outside the row and is dear to fetch, is asked only where these hold other forms of
 * the term's characters.
 */
function termSteps(term: SearchTerm, parameters: Parameters): TwoSteps {
  const phrase = term.query ?? '';
  const together = phrase.replace(PHRASE, ' & ');
  if (together === phrase) return { near: `p.search @@ ${parameters.add(phrase, 'tsquery')}`, exact: null };
  const exact = `p.search @@ ${parameters.add(phrase, 'tsquery')}`;
  const near = `p.search @@ ${parameters.add(together, 'tsquery')}`;
  if (!CHINESE_RUN.test(term.text)) return { near, exact };
  return { near, exact: inTexts(term, exact, parameters) };
}

/** A Chinese term stands in the texts as published; `vector` is asked only where they hold other forms of its characters. */
function inTexts(term: SearchTerm, vector: string, parameters: Parameters): string {
  const like = parameters.add(`%${term.text}%`, 'text');
  const shown = SEARCHED.map((column) => `p.${column} like ${like}`).join(' or ');
  const variants = variantsOf(term.text);
  if (variants === '') return `(${shown})`;
  const varied = `concat_ws(' ', ${SEARCHED.map((column) => `p.${column}`).join(', ')}) ~ ${parameters.add(`[${variants}]`, 'text')}`;
  return `(${shown} or (${varied} and ${vector}))`;
}

/** Condition on `p`: the term occurs in its texts. */
export function termCondition(term: SearchTerm, parameters: Parameters): string {
  return both(termSteps(term, parameters));
}

/** Does a short text of the product hold the term? Only for ranking: compared as published, case set aside. */
function holds(columns: readonly string[], term: SearchTerm, parameters: Parameters): string {
  const like = parameters.add(`%${term.text.replace(/[\\%_]/g, '\\$&')}%`, 'text');
  const cased = /[a-z]/.test(term.text);
  return `coalesce(${columns.map((c) => `${cased ? `lower(p.${c})` : `p.${c}`} like ${like}`).join(' or ')}, false)`;
}

/**
 * SQL of a small integer: 0 the name or brand is the question, 1 the words stand in name or brand,
 * 2 in holder or certificate as well, 3 anywhere.
 */
export function tierOf(plan: SearchPlan, parameters: Parameters): string {
  if (plan.terms.length === 0) return '3::smallint';
  const whole = parameters.add(plan.terms.map((term) => term.text).join(' '), 'text');
  const inName = plan.terms.map((term) => holds(['name', 'brand'], term, parameters)).join(' and ');
  const inHolder = plan.terms
    .map((term) => holds(['name', 'brand', 'holder_name', 'holder_name_alt', 'certificate_text'], term, parameters))
    .join(' and ');
  return `(case when lower(p.name) = ${whole} or lower(p.brand) = ${whole} then 0
    when ${inName} then 1 when ${inHolder} then 2 else 3 end)::smallint`;
}

/** Conditions on `p` from filters alone. */
export function productFilters(query: DeviceQuery, parameters: Parameters): string[] {
  const all: string[] = [];
  if (query.class !== undefined) {
    const prefix = query.class.replace(/(-0+)+$/, '').replace(/[\\%_]/g, '\\$&');
    all.push(`p.class_key like ${parameters.add(`${prefix}%`, 'text')}`);
  }
  if (query.category !== undefined) all.push(`p.category = ${parameters.add(query.category, 'text')}`);
  if (query.holder !== undefined) all.push(`p.holder_key = ${parameters.add(query.holder, 'text')}`);
  if (query.source !== undefined) all.push(`p.source = ${parameters.add(query.source, 'text')}`);
  if (query.certificate !== undefined)
    all.push(`p.certificates @> array[${parameters.add(query.certificate, 'text')}]`);
  if (query.risk !== undefined) all.push(`p.risk_class = ${parameters.add(query.risk, 'text')}`);
  if (query.origin !== undefined) all.push(`p.origin = ${parameters.add(query.origin, 'text')}`);
  return all;
}

/** True when every condition can be decided on the product: then kept tallies give exact totals. */
export function productLevelOnly(query: DeviceQuery): boolean {
  return (
    query.status === undefined &&
    query.hasRecall === undefined &&
    query.releasedFrom === undefined &&
    query.releasedTo === undefined
  );
}

/** Conditions on `v` (and `p`) that differ between the devices of one product. `withdrawn` = SQL of the day. */
export function rowFilters(plan: SearchPlan, withdrawn: string, parameters: Parameters): string[] {
  const { query, recalls } = plan;
  const all: string[] = [];
  if (query.status !== undefined) all.push(`${withdrawn} is ${query.status === 'valid' ? '' : 'not '}null`);
  if (query.releasedFrom !== undefined) all.push(`v.released_on >= ${parameters.add(query.releasedFrom, 'date')}`);
  if (query.releasedTo !== undefined) all.push(`v.released_on <= ${parameters.add(query.releasedTo, 'date')}`);
  if (query.hasRecall !== undefined) {
    const devices = parameters.add(recalls?.devices ?? [], 'text[]');
    const certificates = parameters.add(recalls?.certificates ?? [], 'text[]');
    const recalled = `(p.source || '/' || v.record_key = any(${devices}) or p.certificates && ${certificates})`;
    all.push(query.hasRecall ? recalled : `not ${recalled}`);
  }
  return all;
}

/** Narrowing of `p` that a filter on rows implies, so that products without such rows are not walked. */
export function impliedProductFilters(plan: SearchPlan, parameters: Parameters): string[] {
  const { query, recalls } = plan;
  const all: string[] = [];
  if (query.releasedFrom !== undefined || query.releasedTo !== undefined) {
    const from = parameters.add(query.releasedFrom ?? '-infinity', 'date');
    const to = parameters.add(query.releasedTo ?? 'infinity', 'date');
    all.push(`p.id in (select r.product_id from device_version r where r.import_id = any(
      array(select i.id from import i where i.released_on between ${from} and ${to})))`);
  }
  if (query.hasRecall === true) {
    const keys = (recalls?.devices ?? []).map((key) => key.slice(key.indexOf('/') + 1));
    const devices = parameters.add(keys, 'text[]');
    const certificates = parameters.add(recalls?.certificates ?? [], 'text[]');
    all.push(`(p.certificates && ${certificates}
      or p.id in (select r.product_id from device_version r where r.record_key = any(${devices})))`);
  }
  return all;
}

/** The whole condition on `p`, words and filters, in the two steps. */
export function productSteps(plan: SearchPlan, parameters: Parameters): TwoSteps {
  if (plan.unaskable) return { near: 'false', exact: null };
  const words =
    plan.instead === null
      ? plan.terms.map((term) => termSteps(term, parameters))
      : [insteadSteps(plan.instead, parameters)];
  const filters = [...productFilters(plan.query, parameters), ...impliedProductFilters(plan, parameters)];
  const near = [...words.map((word) => word.near), ...filters];
  const exact = words.flatMap((word) => word.exact ?? []);
  return {
    near: near.length ? near.join('\n and ') : 'true',
    exact: exact.length ? exact.join('\n and ') : null,
  };
}

/** Any of the queries matches. */
function insteadSteps(queries: readonly string[], parameters: Parameters): TwoSteps {
  const any = queries.map((query) => `(${query})`).join(' | ');
  const together = any.replace(PHRASE, ' & ');
  const near = `p.search @@ ${parameters.add(together, 'tsquery')}`;
  return { near, exact: together === any ? null : `p.search @@ ${parameters.add(any, 'tsquery')}` };
}

/** The whole condition on `p`: words and filters. */
export function productCondition(plan: SearchPlan, parameters: Parameters): string {
  return both(productSteps(plan, parameters));
}

/** One way to find rows by a code: condition on `v`, and the order in which its index gives them. */
export interface CodePath {
  readonly name: 'di' | 'model' | 'catalog';
  readonly condition: string;
  /** SQL of type text; ascending, with `v.id` behind it. */
  readonly order: string;
}

/** Ways to find devices by the code in the question, best first; empty when there is none. */
export function codePaths(plan: SearchPlan, parameters: Parameters): CodePath[] {
  if (plan.code === null) return [];
  const code = parameters.add(plan.code, 'text');
  const prefix = `replace(replace(model_key(${code}), '\\', '\\\\'), '%', '\\%') || '%'`;
  const paths: CodePath[] = [];
  const plain = plan.code.replace(/[^0-9a-z]/g, '');
  if (plain.length >= 6) {
    const starts = /^\d{6,13}$/.test(plain) ? [plain, `0${plain}`] : [plain.toUpperCase()];
    const likes = starts.map((start) => `v.di_key like ${parameters.add(`${start}%`, 'text')}`);
    paths.push({ name: 'di', condition: `(${likes.join(' or ')})`, order: 'v.di_key' });
  }
  paths.push({ name: 'model', condition: `model_key(v.model) like ${prefix}`, order: 'model_key(v.model)' });
  paths.push({
    name: 'catalog',
    condition: `(v.catalog_no is not null and model_key(v.catalog_no) like ${prefix})`,
    order: 'model_key(v.catalog_no)',
  });
  return paths;
}

/** Condition on `p` for rows found by code: the words beside the code, and the filters. */
export function besideCode(plan: SearchPlan, parameters: Parameters): string {
  const words = plan.terms.filter((term) => !(term.latin && /\d/.test(term.text)));
  // looked at row by row, where no index helps and the vector is the dearest to read
  const inRow = (term: SearchTerm): string =>
    CHINESE_WORD.test(term.text)
      ? inTexts(term, `p.search @@ ${parameters.add(term.query, 'tsquery')}`, parameters)
      : termCondition(term, parameters);
  const all = [...words.map(inRow), ...productFilters(plan.query, parameters)];
  return all.length ? all.join('\n and ') : 'true';
}
