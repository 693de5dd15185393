import { AppError } from '../../../kernel/app-error.ts';
import { roleNamed } from '../../duties/index.ts';
import { PROVINCES, type Region, regionNamed } from '../../policy/index.ts';
import type { Pathway, Profile, Role } from '../types.ts';

/** A profile with its words resolved. Empty lists and null are unknown. */
export interface ReadProfile {
  readonly region: Region | null;
  readonly roles: ReadonlySet<Role>;
  readonly classes: ReadonlySet<'I' | 'II' | 'III'>;
  readonly products: readonly string[];
  readonly pathways: ReadonlySet<Pathway>;
  readonly origin: 'domestic' | 'imported' | 'both' | null;
}

/** First two digits of GB/T 2260, in the order of the list of provinces. */
const CODES =
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(' ');
const BROADER: Readonly<Partial<Record<Role, Role>>> = {
  'registrant-class2': 'registrant',
  'registrant-class3': 'registrant',
  'registrant-conditional': 'registrant',
  'distributor-class3': 'distributor',
  'user-grade2plus': 'user',
};

/**
 * Resolves the words of a profile: names and codes of places, names of roles.
 * @throws AppError `subscription.bad-profile` naming the field and the word
 */
export function readProfile(profile: Profile): ReadProfile {
  const roles = new Set<Role>();
  for (const word of profile.roles ?? []) {
    const role = roleNamed(word);
    if (!role) throw bad('roles', word);
    roles.add(role);
    const broader = BROADER[role];
    if (broader) roles.add(broader);
  }
  const { region } = profile;
  return {
    region: region ? placeOf(region.province, region.city ?? null) : null,
    roles,
    classes: new Set(profile.classes ?? []),
    products: [...new Set(profile.products ?? [])],
    pathways: new Set(profile.pathways ?? []),
    origin: profile.origin ?? null,
  };
}

function placeOf(province: string, city: string | null): Region {
  const named = /^\d{2}/.test(province)
    ? (Object.keys(PROVINCES)[CODES.indexOf(province.slice(0, 2))] ?? '')
    : province;
  const found = regionNamed(named);
  if (!found) throw bad('region.province', province);
  if (city === null) return found;
  const within = regionNamed(`${found.province}${city}`) ?? null;
  const whole = within?.city ? within : regionNamed(`${found.province}${city}市`);
  // a city that is a province of its own stands alone, whatever is written below it
  if (whole?.city) return whole;
  if (PROVINCES[found.province] === '') return found;
  throw bad('region.city', city);
}

const bad = (at: string, word: string) =>
  new AppError('subscription.bad-profile', `profile.${at}: ${JSON.stringify(word)} 无法识别 / is not known`, { at });
