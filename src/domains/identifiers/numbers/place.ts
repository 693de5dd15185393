import { PLACES } from './formats.ts';
import type { Notes } from './notes.ts';

const HAN = /^[\u4e00-\u9fa5]$/u;

/** Who may stand in the office part of a number: the national office, and a city after the province. */
export interface PlaceRule {
  readonly national: boolean;
  /** `usual`: always, but a municipality without one is met with a warning only. */
  readonly city: 'never' | 'maybe' | 'always' | 'usual';
}

/** The office part taken apart. */
export interface Place {
  readonly ok: boolean;
  readonly national: boolean;
  readonly parts: Readonly<Record<string, string>>;
}

/** Municipalities directly under the State Council: they have districts, no prefecture-level city. */
const MUNICIPALITIES = '京津沪渝';

/** Reads the characters before the fixed words of a number as 国, province, or province and city. */
export function readPlace(text: string, rule: PlaceRule, notes: Notes): Place {
  const bad = (parts: Record<string, string>): Place => ({ ok: false, national: text === '国', parts });
  if (text === '') {
    notes.add('place-missing', 'error', 0);
    return bad({});
  }
  if (text === '国') {
    if (!rule.national) notes.add('national-not-allowed', 'error', 0);
    return { ok: rule.national, national: true, parts: { office: 'national' } };
  }
  const province = text[0] as string;
  const city = text.slice(1);
  if (!PLACES.includes(province)) {
    notes.add('place-unknown', 'error', 0, { place: text });
    return bad({});
  }
  const parts: Record<string, string> = { office: city ? 'municipal' : 'provincial', province };
  if (city) parts.city = city;
  if (city && rule.city === 'never') {
    notes.add('city-not-allowed', 'error', 1);
    return bad(parts);
  }
  if (city && !HAN.test(city)) {
    notes.add('city-form', 'error', 1, { city });
    return bad(parts);
  }
  if (!city && (rule.city === 'always' || rule.city === 'usual')) {
    const excused = rule.city === 'usual' && MUNICIPALITIES.includes(province);
    notes.add('city-missing', excused ? 'warning' : 'error', 1);
    return { ok: excused, national: false, parts };
  }
  return { ok: true, national: false, parts };
}

const ORIGINS: Readonly<Record<string, string>> = { 准: 'domestic', 进: 'imported', 许: 'hk-macao-taiwan' };

/** 准, 进, 许 as a word. */
export function originOf(form: string): string | undefined {
  return ORIGINS[form];
}
