/** Numbers of devices: registration certificate, class I filing, and the registration number of Order 16. */
import { readCategory, readingOf2002 } from './catalogues.ts';
import { groupStart } from './match-places.ts';
import type { Notes } from './notes.ts';
import { originOf, readPlace } from './place.ts';
import type { Draft, NumberOptions } from './types.ts';
import { noteYear } from './year.ts';

const CLASSES: Readonly<Record<string, string>> = { 1: 'I', 2: 'II', 3: 'III' };

const REGISTRATION = /^(?<place>[^械]{0,4})械(?<zhu>注?)(?<form>[准进许]?)(?<digits>\d*)(?<hao>号?)(?<rest>.*)$/u;

/** 令第47号 article 115: office, 械注, 准/进/许, first year, class, category, serial. */
export function readRegistration(text: string, notes: Notes, options: NumberOptions): Draft | null {
  const match = REGISTRATION.exec(text);
  const { place = '', zhu = '', form = '', digits = '', hao = '', rest = '' } = match?.groups ?? {};
  if (!match || (!zhu && !form)) return null;
  const at = place.length + 1 + zhu.length + form.length;
  const office = readPlace(place, { national: true, city: 'never' }, notes);
  if (!zhu) notes.fail('zhu-missing', place.length + 1);
  if (!form) notes.fail('form-missing', place.length + 2);
  const year = digits.slice(0, 4);
  const cls = digits.slice(4, 5);
  const code = digits.slice(5, 7);
  const serial = digits.slice(7);
  const parts: Record<string, string> = { place, ...office.parts, form, year, cls, code, serial };
  const origin = originOf(form);
  if (origin) parts.origin = origin;
  if (CLASSES[cls]) parts.class = CLASSES[cls];
  if (digits.length !== 11) notes.fail('digits-count', at + digits.length, { expected: 11, found: digits.length });
  noteYear('registration-cert', year, at, notes, options);
  if (cls && cls !== '2' && cls !== '3') notes.fail('class-range', at + 4, { allowed: '2、3', cls });
  if (rest) notes.fail('trailing-text', at + digits.length + hao.length, { text: rest });
  else if (hao) notes.add('suffix-superfluous', 'warning', at + digits.length);
  if (office.national && form === '准' && cls === '2') notes.add('national-domestic-class', 'error', at + 4);
  if (!office.national && form && form !== '准') notes.add('province-form', 'error', place.length + 2);
  if (!office.national && cls === '3') notes.add('province-class', 'error', at + 4);
  const known = year.length === 4 && code.length === 2;
  const category = known ? readCategory(code, Number(year), options.approved) : { readings: [] };
  noteCategory(category.note, code, category.readings[0]?.catalogue, at + 5, notes);
  return { parts, readings: category.readings, normalized: notes.broken ? null : `${place}械注${form}${digits}` };
}

function noteCategory(
  note: ReturnType<typeof readCategory>['note'],
  code: string,
  catalogue: string | undefined,
  at: number,
  notes: Notes,
): void {
  if (note === undefined) return;
  notes.add(note, note === 'unknown-category' ? 'warning' : 'info', at, { code, catalogue: catalogue ?? '' });
}

const FILING = /^(?<place>.{0,4}?)械备(?<form>[准进许]?)(?<digits>[\dA-Za-z*-]*)(?<hao>号?)(?<rest>.*)$/u;

/** 令第47号 article 116: office (国 for imports, else province and city), 械备, year, serial. */
export function readClass1Filing(text: string, notes: Notes, options: NumberOptions): Draft | null {
  const match = FILING.exec(text);
  if (!match) return null;
  const { place = '', form = '', digits = '', hao = '', rest = '' } = match.groups ?? {};
  const at = place.length + 2 + form.length;
  const office = readPlace(place, { national: true, city: 'maybe' }, notes);
  const year = digits.slice(0, 4);
  const serial = digits.slice(4);
  if (form) notes.fail('form-not-in-filing', place.length + 2, { form });
  noteYear('class1-filing', year, at, notes, options);
  if (!/^\d*$/.test(serial)) notes.fail('serial-form', at + 4, { serial });
  else if (serial.length < 4 || serial.length > 6) {
    notes.fail('serial-length', at + 4, { expected: 4, found: serial.length });
  } else if (serial.length > 4) {
    notes.add('serial-length-seen', 'warning', at + 4, { expected: 4, found: serial.length });
  }
  if (rest) notes.fail('trailing-text', at + digits.length + hao.length, { text: rest });
  else if (hao) notes.add('suffix-superfluous', 'info', at + digits.length);
  const origin = office.national ? 'imported' : 'domestic';
  const parts = { place, ...office.parts, origin, year, class: 'I', serial };
  return { parts, normalized: notes.broken ? null : `${place}械备${digits}` };
}

const ORDER16 =
  /^(?<place>[^(]{0,4}?)(?<food>食?)药监械(?:(?<shape>\((?<form>[准进许])\))|(?<bare>[准进许]))?(?<zi>字?)(?<open>[〔[(]?)(?<year>\d*)(?<close>[〕\])]?年?)(?<di>第?)(?<digits>\d*)(?<hao>号?)(?<mark>\(更\))?(?<rest>.*)$/u;

const ORDER16_PLACES = ['place', 'food', 3, 'shape', 'bare', 'zi', 'open', 'year', 'close', 'di', 'digits'];

/** Order 16 (2004) article 5: office, (准/进/许), year of this approval, class, category of 2002, serial. */
export function readOrder16(text: string, notes: Notes, options: NumberOptions): Draft | null {
  const match = ORDER16.exec(text);
  const groups = match?.groups ?? {};
  const { place = '', food = '', bare, zi = '', open = '', year = '', di = '', digits = '' } = groups;
  const { hao = '', mark = '', rest = '' } = groups;
  const form = groups.form ?? bare ?? '';
  if (!match || (!form && !zi)) return null;
  const start = (name: string) => groupStart(groups, ORDER16_PLACES, name);
  const at = start('digits');
  const office = readPlace(place, { national: true, city: 'maybe' }, notes);
  if (!form) notes.fail('form-missing', start('zi'));
  else if (bare) notes.add('form-brackets-missing', 'error', start('bare'), { form });
  if (!zi) notes.add('word-missing', 'error', start('year'), { word: '字' });
  if (open) notes.add('brackets', 'warning', start('open'));
  noteYear('registration-old-2004', year, start('year'), notes, options);
  if (!di) notes.fail('word-missing', at, { word: '第' });
  const cls = digits.slice(0, 1);
  const code = digits.slice(1, 3);
  const serial = digits.slice(3);
  if (serial.length === 3) notes.add('serial-length-seen', 'warning', at + 3, { expected: 4, found: 3 });
  else if (serial.length !== 4) notes.fail('serial-length', at + 3, { expected: 4, found: serial.length });
  if (!CLASSES[cls]) notes.fail('class-range', at, { allowed: '1、2、3', cls });
  else checkOrder16Office(office.national, 'city' in office.parts, form, cls, at, notes);
  if (rest) notes.fail('trailing-text', text.length - rest.length, { text: rest });
  else if (!hao) notes.add('suffix-missing', 'warning', at + digits.length);
  const parts: Record<string, string> = { place, ...office.parts, form, year, cls, code, serial };
  const origin = originOf(form);
  if (origin) parts.origin = origin;
  if (CLASSES[cls]) parts.class = CLASSES[cls];
  if (food) parts.food = food;
  if (mark) parts.mark = '更';
  const reading = readingOf2002(code);
  if (code.length === 2 && !reading) notes.add('unknown-category', 'warning', at + 1, { code });
  const plain = `${place}${food}药监械(${form})字${year}第${digits}号${mark}`;
  return { parts, readings: reading ? [reading] : [], normalized: notes.broken ? null : plain };
}

/** Province and city means class I, province class II, 国 class III or imports and HK, Macao, Taiwan. */
function checkOrder16Office(
  national: boolean,
  city: boolean,
  form: string,
  cls: string,
  at: number,
  notes: Notes,
): void {
  if (national) {
    if (form === '准' && cls !== '3') notes.add('national-domestic-class', 'error', at);
    return;
  }
  if (form && form !== '准') notes.add('province-form', 'error', at);
  if (city && cls !== '1') notes.add('city-class', 'error', at);
  if (!city && cls !== '2') notes.add('province-class', 'error', at);
}
