/** Numbers of enterprises: production and distribution licences and filings, online platforms. */
import { groupStart } from './match-places.ts';
import type { Notes } from './notes.ts';
import { type PlaceRule, readPlace } from './place.ts';
import type { Draft, NumberOptions } from './types.ts';
import { noteYear } from './year.ts';

type LicenceKind = 'production-licence' | 'production-filing' | 'distribution-licence' | 'distribution-filing';

const LICENCE =
  /^(?<place>.{0,4}?)(?<food>食?)药监械(?<what>生产|经营)(?<act>许|备)(?<digits>[\dA-Za-z*-]*)(?<hao>号?)(?<rest>.*)$/u;

const CITY: Readonly<Record<LicenceKind, PlaceRule['city']>> = {
  'production-licence': 'never',
  'production-filing': 'usual',
  'distribution-licence': 'always',
  'distribution-filing': 'wanted',
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
  const year = digits.slice(0, 4);
  const serial = digits.slice(4);
  noteYear(kind, year, at, notes, options);
  if (!/^\d*$/.test(serial)) notes.fail('serial-form', at + 4, { serial });
  else if (serial.length !== 4) notes.fail('serial-length', at + 4, { expected: 4, found: serial.length });
  if (rest) notes.fail('trailing-text', text.length - rest.length, { text: rest });
  else if (!hao) notes.add('suffix-missing', 'info', at + digits.length);
  if (food && Number(year) > 2022) notes.add('food-after-2022', 'warning', place.length);
  const parts: Record<string, string> = { place: place.slice(0, 1), ...office.parts, year, serial };
  if (food) parts.food = food;
  return { parts, normalized: notes.broken ? null : `${place}${food}药监械${what}${act}${digits}号` };
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
  if (!left || !right) notes.add('bracket-missing', 'error', left ? start('right') : 0);
  if (!open || !close) notes.add('bracket-missing', 'error', open ? start('close') : start('open'));
  else if (!['()', '〔〕'].includes(open + close)) notes.add('brackets', 'warning', start('open'));
  noteYear('online-platform-filing', year, start('year'), notes, options);
  if (!di) notes.add('di-missing', 'error', start('serial'));
  if (serial.length !== 5) notes.fail('serial-length', start('serial'), { expected: 5, found: serial.length });
  if (rest) notes.fail('trailing-text', text.length - rest.length, { text: rest });
  else if (!hao) notes.add('suffix-missing', 'error', text.length);
  const [first, last] = open === '(' ? ['(', ')'] : ['〔', '〕'];
  const parts = { place, ...office.parts, year, serial };
  return { parts, normalized: notes.broken ? null : `(${place})网械平台备字${first}${year}${last}第${serial}号` };
}
