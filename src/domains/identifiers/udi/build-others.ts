import { centuryOrdinal, yymmdd, yyyymmdd } from './build-dates.ts';
import { gs1CheckHolds, maCheckDigit, ppnCheckDigits } from './check-digits.ts';
import { readDateText } from './dates.ts';
import { IFA_HEAD, IFA_TAIL } from './ifa.ts';
import type { BuildUdiSpec, UdiElement, UdiForm } from './types.ts';
import type { FieldReport, Writing } from './writing.ts';

function writing(elements: readonly (readonly [string, string])[], form: UdiForm, text: string): Writing {
  return { elements, form, text, bracketed: null, digitalLink: null };
}

/** Writes ISBT 128 data structures one after the other. */
export function writeIsbt128(spec: BuildUdiSpec, _refYear: number, report: FieldReport): Writing {
  const elements: UdiElement[] = [];
  const add = (id: string, value: string | null | undefined) => {
    if (value) elements.push([id, value]);
  };
  const date = (id: string, field: 'expiry' | 'manufactured') => {
    const text = spec[field];
    if (!text) return;
    const parts = readDateText(text);
    const value = parts && parts.hour === null ? centuryOrdinal(parts) : null;
    if (value === null) report('build.date', field);
    else elements.push([id, value]);
  };
  const di = spec.di ?? spec.diBody;
  const container = di?.length === 10;
  add(container ? '=)' : '=/', di);
  add('=,', spec.serial);
  add('=', spec.donationId);
  date('=>', 'expiry');
  date('=}', 'manufactured');
  add('&,1', spec.mphoLot);
  if (container) add('&)', spec.lot);
  else if (spec.lot) report('build.field', 'lot');
  const all = spec.elements ?? elements;
  return writing(all, 'isbt128', all.map(([id, value]) => id + value).join(''));
}

/** Writes a PPN with its production data in the format envelope, or the bare PPN. */
export function writeIfa(spec: BuildUdiSpec, refYear: number, report: FieldReport): Writing {
  const di = spec.di ?? (spec.diBody ? spec.diBody + ppnCheckDigits(spec.diBody) : '');
  const elements: UdiElement[] = [];
  const ppn = di.slice(-2) === ppnCheckDigits(di.slice(0, -2));
  if (di) elements.push([!ppn && di.length === 14 && gs1CheckHolds(di, 0, 14) ? '8P' : '9N', di]);
  if (spec.lot) elements.push(['1T', spec.lot]);
  const date = (id: string, field: 'expiry' | 'manufactured') => {
    const text = spec[field];
    if (!text) return;
    const parts = readDateText(text);
    const value = !parts || parts.hour !== null ? null : id === 'D' ? yymmdd(parts, refYear, true) : yyyymmdd(parts);
    if (value === null) report('build.date', field);
    else elements.push([id, value]);
  };
  date('D', 'expiry');
  if (spec.serial) elements.push(['S', spec.serial]);
  date('16D', 'manufactured');
  const all = spec.elements ?? elements;
  if (spec.form === 'ppn-code') return writing(all, 'ppn-code', all.find(([id]) => id === '9N')?.[1] ?? di);
  return writing(all, 'ppn', IFA_HEAD + all.map(([id, value]) => id + value).join('\u001d') + IFA_TAIL);
}

const MA_DI = ['MA', 'country', 'industry', 'registrant', 'product'];

/** Writes an MA code; dates with six digits as on labels in use. */
export function writeMa(spec: BuildUdiSpec, refYear: number, report: FieldReport): Writing {
  const body = spec.diBody ?? '';
  const digit = body ? maCheckDigit(body) : -1;
  const di = spec.di ?? (digit < 0 ? body : `${body}${digit}`);
  const elements: UdiElement[] = di ? di.split('.').map((part, i) => [MA_DI[i] ?? part.charAt(0), part]) : [];
  const add = (id: string, value: string | null | undefined) => {
    if (value) elements.push([id, value]);
  };
  const date = (id: string, field: 'expiry' | 'manufactured' | 'useBy') => {
    const text = spec[field];
    if (!text) return;
    const parts = readDateText(text);
    const value = parts && parts.hour === null ? (yymmdd(parts, refYear, false) ?? yyyymmdd(parts)) : null;
    if (value === null) report('build.date', field);
    else elements.push([id, value]);
  };
  add('S', spec.serial);
  date('M', 'manufactured');
  add('L', spec.lot);
  add('D', spec.sterilizationLot);
  // A code with one date of end only carries it as E.
  date('E', 'expiry');
  if (spec.useBy !== spec.expiry) date('V', 'useBy');
  const all: (readonly [string, string])[] = [...(spec.elements ?? elements)];
  const units = all
    .slice(5)
    .map(([id, value]) => `.${id}${value}`)
    .join('');
  if (spec.withCheck && units && !all.some(([id]) => id === 'C')) all.push(['C', String(maCheckDigit(units))]);
  const text = all.map(([id, value], i) => (i < 5 ? value : id + value)).join('.');
  return writing(all, 'ma', text);
}
