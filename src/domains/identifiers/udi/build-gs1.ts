import { type AiEntry, findAi } from './ai-table.ts';
import { yymmdd } from './build-dates.ts';
import { gs1CheckDigit } from './check-digits.ts';
import { readDateText } from './dates.ts';
import { bracketedText } from './gs1-bracketed.ts';
import type { BuildUdiSpec, UdiElement } from './types.ts';
import type { FieldReport, Writing } from './writing.ts';

const GS = '\u001d';
const DEFAULT_STEM = 'https://id.gs1.org';

/** Elements from the fields, predefined lengths first so that few separators are needed. */
export function gs1Elements(spec: BuildUdiSpec, refYear: number, report: FieldReport): UdiElement[] {
  const elements: UdiElement[] = [];
  const di = gtin14(spec);
  if (di !== null) elements.push(['01', di]);
  const date = (ai: string, field: 'manufactured' | 'expiry') => {
    const text = spec[field];
    if (!text) return;
    const parts = readDateText(text);
    const value = parts ? yymmdd(parts, refYear, true) : null;
    if (parts === null || value === null) report('build.date', field);
    else if (parts.hour === null) elements.push([ai, value]);
    else if (field === 'expiry') elements.push(['7003', `${value}${two(parts.hour)}${two(parts.minute ?? 0)}`]);
    else report('build.date', field);
  };
  date('11', 'manufactured');
  date('17', 'expiry');
  // 7003 has no predefined length: behind the others
  if (spec.lot) elements.push(['10', spec.lot]);
  if (spec.serial) elements.push(['21', spec.serial]);
  if (spec.quantity !== null && spec.quantity !== undefined) elements.push(['30', String(spec.quantity)]);
  return elements;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function gtin14(spec: BuildUdiSpec): string | null {
  const { di, diBody } = spec;
  if (di) return /^\d{8}$|^\d{12,13}$/.test(di) ? di.padStart(14, '0') : di;
  if (!diBody) return null;
  const check = gs1CheckDigit(diBody);
  return check < 0 ? diBody : `${diBody}${check}`.padStart(14, '0');
}

/** Element string: values of AIs without predefined length end with GS unless they are the last. */
export function elementString(elements: readonly (readonly [string, string])[]): string {
  return elements
    .map(([ai, value], i) => `${ai}${value}${i < elements.length - 1 && !findAi(ai)?.predefined ? GS : ''}`)
    .join('');
}

/** Percent-encodes what is not unreserved in a URI. Signs outside ASCII stay: no GS1 value holds them, the reader refuses them. */
function encode(value: string): string {
  return value.replace(/[\u0000-\u007f]/g, (char) =>
    /[\w.~-]/.test(char) ? char : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** Digital Link URI of the elements, or null when none of them is a primary key. */
export function digitalLink(
  elements: readonly (readonly [string, string])[],
  stem: string | null | undefined,
): string | null {
  const key = elements.find(([ai]) => ai === '01') ?? elements.find(([ai]) => findAi(ai)?.qualifiers);
  if (key === undefined) return null;
  const sequences = (findAi(key[0]) as AiEntry).qualifiers as readonly (readonly string[])[];
  const inPath = (sequence: readonly string[]) =>
    sequence.flatMap((ai) => elements.filter((one) => one[0] === ai).slice(0, 1));
  const qualifiers = sequences
    .map(inPath)
    .reduce((best, one) => (one.length > best.length ? one : best), [] as (readonly [string, string])[]);
  const path = [key, ...qualifiers];
  const query = elements.filter((one) => !path.includes(one));
  const pathText = path.map(([ai, value]) => `/${ai}/${encode(value)}`).join('');
  const queryText = query.map(([ai, value]) => `${ai}=${encode(value)}`).join('&');
  return `${(stem || DEFAULT_STEM).replace(/\/$/, '')}${pathText}${queryText ? `?${queryText}` : ''}`;
}

/** Writes GS1 data in the form asked for. */
export function writeGs1(spec: BuildUdiSpec, refYear: number, report: FieldReport): Writing {
  const elements = spec.elements ?? gs1Elements(spec, refYear, report);
  const form = spec.form && spec.form !== 'any' ? spec.form : 'element';
  const bracketed = elements.length > 0 ? bracketedText(elements) : null;
  const link = digitalLink(elements, spec.stem);
  const element = elementString(elements);
  const writing = { elements, bracketed, digitalLink: link, form };
  if (form === 'bracketed') return { ...writing, text: bracketed ?? '' };
  if (form === 'digital-link') return { ...writing, text: link ?? '' };
  if (form === 'gtin') return { ...writing, text: bareGtin(elements, spec.gtinLength ?? 14) };
  if (form === 'scan') return { ...writing, text: scanText(elements, spec.symbology ?? ']d2', element, link) };
  return { ...writing, form: 'element', text: element };
}

function bareGtin(elements: readonly (readonly [string, string])[], length: number): string {
  return (elements.find(([ai]) => ai === '01')?.[1] ?? '').slice(-length);
}

function scanText(
  elements: readonly (readonly [string, string])[],
  symbology: string,
  element: string,
  link: string | null,
): string {
  if (symbology === ']E0' || symbology === ']E4') {
    const rest = elements.slice(1);
    const component = rest.length > 0 ? `|]e0${elementString(rest)}` : '';
    return symbology + bareGtin(elements, symbology === ']E0' ? 13 : 8) + component;
  }
  return symbology + (/^\](d1|Q1|J0)$/.test(symbology) ? (link ?? '') : element);
}
