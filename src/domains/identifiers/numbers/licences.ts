/** Numbers of enterprises: production and distribution licences and filings, online platforms. */
import { groupStart } from './match-places.ts';
import type { Notes } from './notes.ts';
import { type PlaceRule, readPlace } from './place.ts';
import type { Draft, NumberOptions } from './types.ts';

type LicenceKind = 'production-licence' | 'production-filing' | 'distribution-licence' | 'distribution-filing';

const LICENCE =
  /^(?<place>[^药]{0,4}?)(?<food>食?)药监械(?<what>生产|经营)(?<act>许|备)(?<digits>[\dA-Za-z*-]*)(?<hao>号?)(?<rest>.*)$/u;

const CITY: Readonly<Record<LicenceKind, PlaceRule['city']>> = {
  'production-licence': 'never',
  'production-filing': 'usual',
  'distribution-licence': 'always',
  'distribution-filing': 'maybe',
};

/** Which of the four licences and filings the words of the text name. */
export function licenceKindOf(text: string): LicenceKind | undefined {
  const what = /械(生产|经营)(许|备)/u.exec(text);
  if (!what) return undefined;
  return `${what[1] === '生产' ? 'production' : 'distribution'}-${what[2] === '许' ? 'licence' : 'filing'}`;
}

/** Notice 2022-18 annex 5: province (and city), 药监械, 生产/经营, 许/备, year, serial of four digits. */
export function readLicence(kind: LicenceKind, text: string, notes: Notes, options: NumberOptions): Draft | null {
  const match = LICENCE.exec(text);
  if (!match || licenceKindOf(text) !== kind) return null;
  const { place = '', food = '', what = '', act = '', digits = '', hao = '', rest = '' } = match.groups ?? {};
  const at = place.length + food.length + 6;
  const office = readPlace(place, { national: false, city: CITY[kind] }, notes);
  let ok = office.ok;
  const fail = (...problem: Parameters<Notes['add']>) => {
    notes.add(...problem);
    ok = false;
  };
  // Where the rule writes a city, a number without one is accepted with a warning in second-class filings.
  if (kind === 'distribution-filing' && office.ok && !office.parts.city) notes.add('city-missing', 'warning', 1);
  const year = digits.slice(0, 4);
  const serial = digits.slice(4);
  if (!/^20\d{2}$/.test(year)) fail('year-range', 'error', at, { year });
  else if (options.refYear !== undefined && Number(year) > options.refYear) {
    notes.add('year-future', 'error', at, { year, refYear: options.refYear });
  }
  if (!/^\d*$/.test(serial)) fail('serial-form', 'error', at + 4, { serial });
  else if (serial.length !== 4) fail('serial-length', 'error', at + 4, { expected: 4, found: serial.length });
  if (rest) fail('trailing-text', 'error', text.length - rest.length, { text: rest });
  else if (!hao) notes.add('suffix-missing', 'info', at + digits.length);
  if (food && Number(year) > 2022) notes.add('food-after-2022', 'warning', place.length);
  const parts: Record<string, string> = { place: place.slice(0, 1), ...office.parts, year, serial };
  if (food) parts.food = food;
  return { parts, normalized: ok ? `${place}${food}药监械${what}${act}${digits}号` : null };
}

const PLATFORM =
  /^(?<left>\(?)(?<place>[^()网]{0,4})(?<right>\)?)网械平台备字(?<open>[〔[(]?)(?<year>\d*)(?<close>[〕\])]?)(?<di>第?)(?<serial>\d*)(?<hao>号?)(?<rest>.*)$/u;

const PLATFORM_PLACES = ['left', 'place', 'right', 6, 'open', 'year', 'close', 'di', 'serial'];

/** (省)网械平台备字〔年〕第NNNNN号. The pattern admits several brackets; the year keeps round or 〔〕 as written. */
export function readPlatform(text: string, notes: Notes, options: NumberOptions): Draft | null {
  const match = PLATFORM.exec(text);
  if (!match) return null;
  const groups = match.groups ?? {};
  const { left, place = '', right, open = '', year = '', close, di, serial = '', hao, rest = '' } = groups;
  const start = (name: string) => groupStart(groups, PLATFORM_PLACES, name);
  const office = readPlace(place, { national: false, city: 'never' }, notes);
  let ok = office.ok;
  const fail = (...problem: Parameters<Notes['add']>) => {
    notes.add(...problem);
    ok = false;
  };
  if (!left || !right) notes.add('bracket-missing', 'error', left ? start('right') : 0);
  if (!open || !close) notes.add('bracket-missing', 'error', open ? start('close') : start('open'));
  if (!/^20\d{2}$/.test(year)) fail('year-range', 'error', start('year'), { year });
  else if (options.refYear !== undefined && Number(year) > options.refYear) {
    notes.add('year-future', 'error', start('year'), { year, refYear: options.refYear });
  }
  if (!di) notes.add('di-missing', 'error', start('serial'));
  if (serial.length !== 5) fail('serial-length', 'error', start('serial'), { expected: 5, found: serial.length });
  if (rest) fail('trailing-text', 'error', text.length - rest.length, { text: rest });
  else if (!hao) notes.add('suffix-missing', 'error', text.length);
  const [first, last] = open === '(' ? ['(', ')'] : ['〔', '〕'];
  const parts = { place, ...office.parts, year, serial };
  return { parts, normalized: ok ? `(${place})网械平台备字${first}${year}${last}第${serial}号` : null };
}
