import { PROVINCES } from '../data/regions.ts';

/** A place of the country: a province alone, or a city within one. */
export interface Region {
  readonly province: string;
  readonly city: string | null;
}

const PROVINCE_SHORT = new Map<string, string>();
const CITY_PROVINCE = new Map<string, string>();
for (const [province, cities] of Object.entries(PROVINCES)) {
  const short = province.replace(/(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$/, '');
  PROVINCE_SHORT.set(short, province);
  for (const city of cities.split(' ')) if (city) CITY_PROVINCE.set(city, province);
}
const NAMES = [...Object.keys(PROVINCES), ...CITY_PROVINCE.keys()].sort((a, b) => b.length - a.length);
const ANY_REGION = new RegExp(NAMES.join('|'), 'g');

/** Names of provinces, long and short, as alternatives of a pattern. */
export const PROVINCE_PATTERN = [...Object.keys(PROVINCES), ...PROVINCE_SHORT.keys()]
  .sort((a, b) => b.length - a.length)
  .join('|');

/** The region a name begins with, and how much of the name it takes. */
export function leadingRegion(name: string): (Region & { readonly length: number }) | null {
  for (const province of Object.keys(PROVINCES)) {
    if (!name.startsWith(province)) continue;
    const city = cityAt(name, province.length);
    if (city && CITY_PROVINCE.get(city) === province) return { province, city, length: province.length + city.length };
    return { province, city: null, length: province.length };
  }
  const city = cityAt(name, 0);
  if (city) return { province: CITY_PROVINCE.get(city) ?? '', city, length: city.length };
  for (const [short, province] of PROVINCE_SHORT)
    if (name.startsWith(short)) return { province, city: null, length: short.length };
  return null;
}

function cityAt(name: string, from: number): string | null {
  for (let length = 11; length >= 2; length--) {
    const word = name.slice(from, from + length);
    if (CITY_PROVINCE.has(word)) return word;
  }
  return null;
}

/** The first province or city named in full in a text. */
export function firstRegion(text: string): Region | null {
  ANY_REGION.lastIndex = 0;
  const name = ANY_REGION.exec(text)?.[0];
  return name ? leadingRegion(name) : null;
}

/** Where the full names of provinces and cities begin in a short text. */
export function regionStarts(text: string): number[] {
  // a search begins where the last one of the same pattern ended
  ANY_REGION.lastIndex = 0;
  return [...text.matchAll(ANY_REGION)].map((match) => match.index);
}

/** 广东省广州市; a city that is a province of its own stands alone. */
export function regionName(region: Region): string {
  return region.province + (region.city ?? '');
}
