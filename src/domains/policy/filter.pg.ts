import type { PolicyFilter } from './library.ts';
import { numberKey, numbersOf } from './linking/numbers.ts';
import { citedStandards } from './standards/cited.ts';

/** A condition over `policy_index i` (and, of acts, `policy_act a`) with its values. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number | boolean | string[] | null)[];
  /** Whether it narrows anything. */
  readonly narrow: boolean;
}

/** A text that stands anywhere in a column, taken by its letters. */
const inside = (column: string, at: string) => `strpos(lower(${column}), lower(${at})) > 0`;

/**
 * The filter as SQL; `first` is the number of its first value. Conditions on acts hold for one and the same act of the
 * document: a digest of twenty is found by what each of them is.
 */
export function filterSql(filter: PolicyFilter, first: number): Condition & { readonly ofActs: string } {
  const values: (string | number | boolean | string[] | null)[] = [];
  const at = (value: string | number | boolean | string[]): string => {
    values.push(value);
    return `$${first + values.length - 1}`;
  };
  const acts: string[] = [];
  const documents: string[] = [];
  const { kind, docType, issuer, region, level, number, language, year, from, to, cites, standard, state } = filter;
  if (kind?.length) acts.push(`a.kind = any(${at([...kind])}::text[])`);
  if (docType) acts.push(inside('a.doc_type', at(docType)));
  if (issuer) acts.push(`exists (select from unnest(a.issuers) as name where ${inside('name', at(issuer))})`);
  if (region) acts.push(`starts_with(a.region, ${at(region)})`);
  if (level) acts.push(`a.level = ${at(level)}`);
  if (number) acts.push(numberSql(number, at));
  if (year) acts.push(`a.year = ${at(year)}`);
  if (from) acts.push(`coalesce(a.issued, a.published) >= ${at(from)}::date`);
  if (to) acts.push(`coalesce(a.issued, a.published) <= ${at(to)}::date`);
  if (filter.policyOnly) acts.push('a.is_policy');
  if (state) acts.push(`policy_state(a, ${at(state.asOf)}::date) = ${at(state.state)}`);
  if (cites)
    acts.push(`exists (select from policy_cite c join policy_index ti on ti.document_id = c.target_document
      where c.document_id = a.document_id and c.ordinal = a.ordinal
        and ti.group_id = (select group_id from policy_index where document_id = ${at(cites.id)}::uuid)
        ${cites.ordinal === null ? '' : `and c.target_ordinal = ${at(cites.ordinal)}`})`);
  if (standard) {
    const [asked] = citedStandards(standard, 0, standard.length);
    acts.push(`exists (select from policy_standard_cite s where s.document_id = a.document_id and s.ordinal = a.ordinal
      and s.number_key = ${at(asked?.key ?? '')} ${asked?.year ? `and s.year = ${at(asked.year)}` : ''})`);
  }
  if (language) documents.push(`i.language = ${at(language)}`);
  const ofActs = acts.length === 0 ? 'true' : acts.join(' and ');
  if (acts.length > 0) documents.push(`i.document_id in (select a.document_id from policy_act a where ${ofActs})`);
  return { sql: documents.join(' and ') || 'true', values, narrow: documents.length > 0, ofActs };
}

function numberSql(number: string, at: (value: string[] | string) => string): string {
  const keys = numbersOf(number).map(numberKey);
  return keys.length > 0
    ? `a.number_key = any(${at(keys)}::text[])`
    : inside('a.number', at(number.replace(/\s/g, '')));
}
