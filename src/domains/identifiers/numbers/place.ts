import { PLACES } from './formats.ts';
import type { Notes } from './notes.ts';

const HAN = /^[\u4e00-\u9fa5]$/u;

/** Who may stand in the office part of a number. */
export interface PlaceRule {
  readonly national: boolean;
  /** `wanted`: a missing city is a warning; `usual`: an error, but a warning in a municipality. */
  readonly city: 'never' | 'maybe' | 'wanted' | 'usual' | 'always';
}

/** The office part taken apart. */
export interface Place {
  readonly national: boolean;
  readonly parts: Readonly<Record<string, string>>;
}

/** Municipalities directly under the State Council: they have districts, no prefecture-level city. */
const MUNICIPALITIES = '京津沪渝';

/** Reads the characters before the fixed words of a number as 国, province, or province and city. */
export function readPlace(text: string, rule: PlaceRule, notes: Notes): Place {
  if (text === '国') {
    if (!rule.national) notes.fail('national-not-allowed', 0);
    return { national: true, parts: { office: 'national' } };
  }
  const province = text.slice(0, 1);
  const city = text.slice(1);
  if (!province || !PLACES.includes(province)) {
    notes.fail(province ? 'place-unknown' : 'place-missing', 0, { place: text });
    return { national: false, parts: {} };
  }
  if (city) {
    if (rule.city === 'never') notes.fail('city-not-allowed', 1);
    else if (!HAN.test(city)) notes.fail('city-form', 1, { city });
    return { national: false, parts: { office: 'municipal', province, city } };
  }
  const excused = rule.city === 'wanted' || (rule.city === 'usual' && MUNICIPALITIES.includes(province));
  if (excused) notes.add('city-missing', 'warning', 1);
  else if (rule.city === 'always' || rule.city === 'usual') notes.fail('city-missing', 1);
  return { national: false, parts: { office: 'provincial', province } };
}

const ORIGINS: Readonly<Record<string, string>> = { 准: 'domestic', 进: 'imported', 许: 'hk-macao-taiwan' };

/** 准, 进, 许 as a word. */
export function originOf(form: string): string | undefined {
  return ORIGINS[form];
}
