/** Numbers of documents: 发文字号, and the numbers of announcements, circulars and orders. */
import { groupStart } from './match-places.ts';
import type { Notes } from './notes.ts';
import type { Draft, NumberOptions, NumberReading } from './types.ts';
import { noteYear } from './year.ts';

const DOCUMENT =
  /^(?<organ>[^〔〕[\]()]{1,30})(?<open>[〔[(]?)(?<year>\d*)(?<close>[〕\])]?)(?<di>第?)(?<no>\d+)(?<hao>号?)(?<rest>.*)$/u;

const DOCUMENT_PLACES = ['organ', 'open', 'year', 'close', 'di', 'no'];

/** GB/T 9704-2012 7.2.5: office letters, full year in 〔〕, running number without 第 and without leading zeros. */
export function readDocument(text: string, notes: Notes, options: NumberOptions): Draft | null {
  const match = DOCUMENT.exec(text);
  const groups = match?.groups ?? {};
  const { organ = '', open = '', year = '', close = '', di = '', no = '', hao = '', rest = '' } = groups;
  if (!match || (!open && !close)) return null;
  const start = (name: string) => groupStart(groups, DOCUMENT_PLACES, name);
  if (!/^[\u4e00-\u9fa5]{2,12}$/u.test(organ)) notes.fail('organ-form', 0, { organ });
  if (!open || !close) notes.add('bracket-missing', 'error', open ? start('close') : start('open'));
  else if (open !== '〔' || close !== '〕') notes.add('brackets', 'warning', start('open'));
  noteYear('doc-number', year, start('year'), notes, options);
  const bare = no.replace(/^0+/, '');
  if (di) notes.add('di-superfluous', 'error', start('di'));
  if (bare === '') notes.fail('number-zero', start('no'));
  else if (bare !== no) notes.add('leading-zero', 'error', start('no'));
  if (bare.length > 5) notes.fail('number-length', start('no'));
  if (rest) notes.fail('trailing-text', text.length - rest.length, { text: rest });
  else if (!hao) notes.add('suffix-missing', 'error', text.length);
  return { parts: { organ, year, no: bare || no }, normalized: notes.broken ? null : `${organ}〔${year}〕${bare}号` };
}

const KIND_FIRST =
  /^(?<organ>.*?)(?<kind>公告|通告)(?<open>\(?)(?<year>\d+)年(?<di>第?)(?<no>\d+)号(?<close>\)?)(?<rest>.*)$/u;
const KIND_LAST =
  /^(?<organ>\D*?)(?<open>\(?)(?<year>\d+)年(?<di>第?)(?<no>\d+)号(?<close>\)?)(?<kind>公告|通告)?(?<rest>.*)$/u;
const ORDER = /^(?<organ>.*?)令(?<open>\(?)(?<di>第?)(?<no>\d+)号(?<close>\)?)(?<rest>.*)$/u;

const KIND_FIRST_PLACES = ['organ', 'kind', 'open', 'year', 1, 'di', 'no', 1, 'close'];
const KIND_LAST_PLACES = ['organ', 'open', 'year', 1, 'di', 'no', 1, 'close', 'kind'];
const ORDER_PLACES = ['organ', 1, 'open', 'di', 'no', 1, 'close'];

const SERIES: readonly NumberReading[] = [
  { of: 'series', code: '公告', zh: '公告', firmness: 'observed' },
  { of: 'series', code: '通告', zh: '通告', firmness: 'observed' },
];

/** 公告 or 通告 with year and number (the kind before or after), or 令第N号 with its office. */
export function readAnnouncement(text: string, notes: Notes, options: NumberOptions): Draft | null {
  const before = KIND_FIRST.exec(text);
  const after = before ? null : KIND_LAST.exec(text);
  const match = before ?? after ?? ORDER.exec(text);
  if (!match) return null;
  const isOrder = !before && !after;
  const groups = match.groups ?? {};
  const places = before ? KIND_FIRST_PLACES : after ? KIND_LAST_PLACES : ORDER_PLACES;
  const { organ = '', kind = '', open, year = '', di, no = '', close, rest = '' } = groups;
  const start = (name: string) => groupStart(groups, places, name);
  if (organ && !/^[\u4e00-\u9fa5]+$/u.test(organ)) notes.fail('organ-joint', 0);
  if (organ.includes('关于')) notes.add('organ-with-title', 'warning', organ.indexOf('关于'));
  if (isOrder && !organ) notes.add('organ-missing', 'error', 0);
  if (isOrder && /^原?总局$/u.test(organ)) notes.add('organ-ambiguous', 'warning', 0);
  if (open || close) notes.add('brackets', 'warning', open ? start('open') : start('close'));
  if (!di) notes.add('di-missing', 'error', start('no'));
  if (Number(no) === 0) notes.fail('number-zero', start('no'));
  else if (no.length > (isOrder ? 4 : 3)) notes.fail('number-length', start('no'));
  if (rest) notes.fail('trailing-text', text.length - rest.length, { text: rest });
  const parts: Record<string, string> = organ ? { organ } : {};
  if (isOrder) {
    parts.order = no;
    return { parts, normalized: notes.broken ? null : `${organ}令第${no}号` };
  }
  noteYear('announcement-number', year, start('year'), notes, options);
  Object.assign(parts, { year, no });
  if (!kind) {
    notes.fail('series-missing', text.length - rest.length);
    return { parts, readings: SERIES, normalized: null };
  }
  parts.kind = kind;
  const number = `${year}年第${no}号`;
  return { parts, normalized: notes.broken ? null : `${organ}${before ? kind + number : number + kind}` };
}
