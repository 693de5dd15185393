import { mmyy, yymmdd, yyyymmdd } from './build-dates.ts';
import { hibcCheckCharacter } from './check-digits.ts';
import { readDateText } from './dates.ts';
import { HIBC_DATE_FLAGS } from './hibc-secondary.ts';
import type { BuildUdiSpec, UdiElement } from './types.ts';
import type { FieldReport, Writing } from './writing.ts';

const PRIMARY = ['LIC', 'PCN', 'UoM'];

/** Appends the check character; data outside the alphabet stay without one and fail when read again. */
function withCheck(body: string): string {
  return body + (hibcCheckCharacter(body) ?? '');
}

/** Elements of the production data from the fields: one secondary segment, the rest as supplements. */
function hibcElements(spec: BuildUdiSpec, refYear: number, report: FieldReport): UdiElement[] {
  const elements: UdiElement[] = [];
  const { quantity, expiry, lot, serial } = spec;
  const date = expiry ? dateElement(expiry, refYear, report) : null;
  if (quantity !== null && quantity !== undefined) {
    const small = quantity <= 99;
    elements.push([small ? '$$8' : '$$9', String(quantity).padStart(small ? 2 : 5, '0')]);
    if (date || lot) elements.push(date ?? ['no-date', '']);
    if (lot) elements.push(['LOT', lot]);
    if (serial) elements.push(['/S', serial]);
  } else if (lot || !serial) {
    if (date) elements.push(['$$', ''], date);
    if (lot) elements.push([date ? 'LOT' : '$', lot]);
    if (serial) elements.push(['/S', serial]);
  } else {
    if (date) elements.push(['$$+', ''], date);
    elements.push([date ? 'SN' : '$+', serial]);
  }
  if (spec.manufactured) {
    const parts = readDateText(spec.manufactured);
    const text = parts && parts.hour === null ? yyyymmdd(parts) : null;
    if (text === null) report('build.date', 'manufactured');
    else elements.push(['/16D', text]);
  }
  return elements;
}

function dateElement(expiry: string, refYear: number, report: FieldReport): UdiElement | null {
  const parts = readDateText(expiry);
  let element: UdiElement | null = null;
  if (parts?.day === null) {
    const month = mmyy(parts, refYear);
    if (month) element = ['MMYY', month];
  } else if (parts && parts.minute === null) {
    const day = yymmdd(parts, refYear, false);
    if (day) element = parts.hour === null ? ['YYMMDD', day] : ['YYMMDDHH', day + String(parts.hour).padStart(2, '0')];
  }
  if (element === null) report('build.date', 'expiry');
  return element;
}

/**
 * Text of production elements. Supplements carry their `/`; a `$` element opens a segment, dates after it take their flag,
 * lot and serial follow as they are.
 */
function dataText(elements: readonly (readonly [string, string])[]): string {
  let text = '';
  let flagged = false;
  for (const [id, value] of elements) {
    if (id.startsWith('/')) text += id + value;
    else if (id.startsWith('$')) {
      text += (text ? '/' : '') + id + value;
      flagged = true;
    } else if (Object.hasOwn(HIBC_DATE_FLAGS, id)) text += (flagged ? HIBC_DATE_FLAGS[id] : '') + value;
    else text += value;
  }
  return text;
}

/** Writes HIBC: concatenated by default, or primary and secondary symbols apart. */
export function writeHibc(spec: BuildUdiSpec, refYear: number, report: FieldReport): Writing {
  const di = spec.di ?? spec.diBody ?? '';
  const all: readonly (readonly [string, string])[] = spec.elements ?? [
    ...(di
      ? [['LIC', di.slice(0, 4)] as const, ['PCN', di.slice(4, -1)] as const, ['UoM', di.slice(-1)] as const]
      : []),
    ...hibcElements(spec, refYear, report),
  ];
  const primary = all.filter(([id]) => PRIMARY.includes(id)).map(([, value]) => value);
  const primaryText = primary.join('');
  const rest = all.filter(([id]) => !PRIMARY.includes(id));
  const form = spec.form ?? 'hibc';
  const done = (text: string, as: 'hibc' | 'hibc-secondary' | 'hibc-multi' | 'hibc-di'): Writing => ({
    elements: all,
    bracketed: null,
    digitalLink: null,
    form: as,
    text,
  });
  if (form === 'hibc-di')
    return done(primaryText + (spec.check ? (hibcCheckCharacter(`+${primaryText}`) ?? '') : ''), form);
  if (primaryText && form !== 'hibc-multi' && form !== 'hibc-secondary') {
    const data = dataText(rest);
    return done(withCheck(`+${primaryText}${data && !data.startsWith('/') ? '/' : ''}${data}`), 'hibc');
  }
  const primarySymbol = primaryText ? withCheck(`+${primaryText}`) : '';
  const secondaries = secondarySymbols(rest, primarySymbol.slice(-1) || spec.link || '');
  if (!primaryText && !secondaries) report('build.di', '');
  if (form === 'hibc-secondary' || !primaryText) return done(secondaries, 'hibc-secondary');
  return done(primarySymbol + secondaries, 'hibc-multi');
}

/** Secondary symbols: each ends with its link and check character. A `link` element closes a symbol. */
function secondarySymbols(elements: readonly (readonly [string, string])[], link: string): string {
  let text = '';
  let group: (readonly [string, string])[] = [];
  const close = (linkCharacter: string) => {
    if (group.length > 0) text += withCheck(`+${dataText(group)}${linkCharacter}`);
    group = [];
  };
  for (const element of elements) {
    if (element[0] === 'link') close(element[1]);
    else group.push(element);
  }
  close(link);
  return text;
}
