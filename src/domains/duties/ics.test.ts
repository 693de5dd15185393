import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LocalDate } from '../../kernel/local-date.ts';
import { dutiesCalendar } from './ics.ts';
import type { Duty } from './types.ts';

const stamp = new Date('2026-11-22T04:05:06.789Z');

function duty(change: Partial<Duty> = {}): Duty {
  return {
    obligation: 'self-report-prod',
    title: { zh: '质量管理体系年度自查报告', en: 'Yearly self-report on the quality system' },
    kind: 'recurring',
    due: '2027-03-31' as LocalDate,
    determinable: true,
    missing: [],
    trigger: null,
    article: '第四十五条',
    firmness: 'primary-text',
    source: 'samr-53-2022',
    consequence: null,
    recipient: null,
    status: 'upcoming',
    provisional: false,
    uncertainFrom: null,
    questions: [],
    words: ['周期：2026年度', '最迟 2027-03-31'],
    ...change,
  };
}

/** What a calendar program reads: folded lines joined again. */
function unfold(text: string): string[] {
  return text.replaceAll('\r\n ', '').split('\r\n').slice(0, -1);
}

describe('dutiesCalendar', () => {
  it('writes one all-day entry a dated duty', () => {
    const lines = unfold(dutiesCalendar([duty(), duty({ kind: 'standing', due: null })], { stamp, name: '甲公司' }));
    expect(lines).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Xiedang//Duties//ZH',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'X-WR-CALNAME:甲公司',
      'BEGIN:VEVENT',
      expect.stringMatching(/^UID:[0-9a-f]{32}@duties\.xiedang$/),
      'DTSTAMP:20261122T040506Z',
      'DTSTART;VALUE=DATE:20270331',
      'DTEND;VALUE=DATE:20270401',
      'SUMMARY:质量管理体系年度自查报告',
      'DESCRIPTION:Yearly self-report on the quality system\\n周期：2026年度\\n最迟 2027-03-31',
      'STATUS:CONFIRMED',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
    ]);
  });

  it('keeps the UID of a duty over answers, and parts duties', () => {
    const uid = (one: Duty) => unfold(dutiesCalendar([one], { stamp })).find((line) => line.startsWith('UID:'));
    expect(uid(duty({ status: 'overdue', words: [] }))).toBe(uid(duty()));
    expect(uid(duty({ subject: '国械注准20223010001' }))).not.toBe(uid(duty()));
    expect(uid(duty({ due: '2028-03-31' as LocalDate }))).not.toBe(uid(duty()));
    const both = unfold(dutiesCalendar([duty(), duty()], { stamp })).filter((line) => line.startsWith('UID:'));
    expect(new Set(both).size).toBe(2);
  });

  it('reminds when asked to, and not of what is done', () => {
    expect(dutiesCalendar([duty()], { stamp, remindDays: 7 })).toContain('BEGIN:VALARM\r\nACTION:DISPLAY\r\n');
    expect(dutiesCalendar([duty()], { stamp, remindDays: 7 })).toContain('TRIGGER:-P7D\r\n');
    expect(dutiesCalendar([duty({ status: 'satisfied' })], { stamp, remindDays: 7 })).not.toContain('VALARM');
  });

  it('escapes what the format gives a meaning', () => {
    const text = dutiesCalendar([duty({ title: { zh: 'a,b;c\\d\ne\u0000', en: 'x' } })], { stamp });
    expect(text).toContain('SUMMARY:a\\,b\\;c\\\\d\\ne\r\n');
  });

  it('folds at 75 octets, cuts no character, ends every line with CRLF', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 0, max: 80 }), (text, pad) => {
        const zh = `${'x'.repeat(pad)}医疗器械不良事件，监测；😀${text}`;
        const out = dutiesCalendar([duty({ title: { zh, en: text || 'e' } })], { stamp });
        expect(out.endsWith('\r\n')).toBe(true);
        expect(out.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        for (const line of out.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
        }
        const summary = unfold(out).find((line) => line.startsWith('SUMMARY:'));
        const plain = (value: string) => value.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
        expect(
          plain((summary ?? '').replaceAll('\\\\', '\\').replaceAll('\\,', ',').replaceAll('\\;', ';')).length,
        ).toBeGreaterThan(pad);
      }),
      { numRuns: 200, seed: 20261122 },
    );
  });
});
