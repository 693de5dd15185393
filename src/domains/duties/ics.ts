import { createHash } from 'node:crypto';
import { addDays, type LocalDate } from '../../kernel/local-date.ts';
import type { Duty } from './types.ts';

export interface CalendarOptions {
  /** When the calendar is made: the DTSTAMP of every entry. */
  readonly stamp: Date;
  /** Name shown by calendar programs. */
  readonly name?: string;
  /** Days before the last day on which to remind; no reminder without it. */
  readonly remindDays?: number;
}

/**
 * Duties as an iCalendar (RFC 5545): one all-day entry on the last day of each duty that has one. The UID comes from
 * obligation, subject and day, so that a calendar read again replaces its entries. Lines end with CRLF and hold at most
 * 75 octets; a character is never cut in two.
 */
export function dutiesCalendar(duties: readonly Duty[], options: CalendarOptions): string {
  const stamp = `${options.stamp.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Xiedang//Duties//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
  ];
  if (options.name) lines.push(`X-WR-CALNAME:${escaped(options.name)}`);
  const uids = new Map<string, number>();
  for (const duty of duties) {
    if (duty.due === null) continue;
    const uid = uidOf(duty, duty.due);
    const repeats = uids.get(uid) ?? 0;
    uids.set(uid, repeats + 1);
    lines.push(
      ...entryOf(duty, duty.due, {
        uid: repeats ? `${uid}-${repeats + 1}` : uid,
        stamp,
        remindDays: options.remindDays,
      }),
    );
  }
  lines.push('END:VCALENDAR');
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function uidOf(duty: Duty, due: LocalDate): string {
  return createHash('sha256')
    .update([duty.obligation, duty.subject ?? '', due].join('\n'))
    .digest('hex')
    .slice(0, 32);
}

interface Entry {
  readonly uid: string;
  readonly stamp: string;
  readonly remindDays: number | undefined;
}

function entryOf(duty: Duty, due: LocalDate, { uid, stamp, remindDays }: Entry): string[] {
  const done = duty.status === 'satisfied' ? '✓ ' : '';
  const summary = `${done}${duty.title.zh}${duty.subject ? `（${duty.subject}）` : ''}`;
  const description = [duty.title.en, ...duty.words].join('\n');
  const alarm =
    remindDays === undefined || done
      ? []
      : ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(summary)}`, `TRIGGER:-P${remindDays}D`, 'END:VALARM'];
  return [
    'BEGIN:VEVENT',
    `UID:${uid}@duties.xiedang`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${due.replaceAll('-', '')}`,
    `DTEND;VALUE=DATE:${addDays(due, 1).replaceAll('-', '')}`,
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(description)}`,
    `STATUS:${duty.provisional ? 'TENTATIVE' : 'CONFIRMED'}`,
    'TRANSP:TRANSPARENT',
    ...alarm,
    'END:VEVENT',
  ];
}

/** TEXT of RFC 5545, 3.3.11; control characters that no calendar admits are left out. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

const OCTETS = 75;

function fold(line: string): string {
  let out = '';
  let length = 0;
  for (const character of line) {
    const octets = Buffer.byteLength(character);
    if (length + octets > OCTETS) {
      out += '\r\n ';
      length = 1;
    }
    out += character;
    length += octets;
  }
  return out;
}
