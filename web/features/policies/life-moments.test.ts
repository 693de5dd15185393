import { describe, expect, it } from 'vitest';
import { type Moment, momentsOf, placeMoments } from './life-moments.ts';
import type { Act, PolicyDocument } from './types.ts';

const moment = (date: string, kind = 'issued'): Moment => ({ date, kind, tone: 'plain', by: null, words: null });

describe('the life of an act', () => {
  it('joins the days it states with what others did to it, each once', () => {
    const document = {
      issueDate: '2023-07-10',
      publishDate: null,
      effectiveDate: '2023-08-01',
      expiry: null,
      dates: [
        { date: '2023-07-10', kind: 'issued', start: 0, end: 9 },
        { date: '2023-12-31', kind: 'deadline', start: 20, end: 30 },
        { date: '2019-01-01', kind: 'mentioned', start: 40, end: 50 },
      ],
    } as unknown as PolicyDocument;
    const by = { id: 'new', ordinal: 0, title: '新公告' };
    const life = {
      steps: [
        { zh: '施行', en: 'takes effect', date: '2023-08-01', by: null, quote: null },
        { zh: '被废止', en: 'repealed', date: '2026-09-01', by, quote: null },
        { zh: '被修改', en: 'amended', date: null, by, quote: null },
      ],
    };
    const found = momentsOf(document, { life } as unknown as Act);
    expect(found.map((one) => [one.date, one.kind, one.tone])).toEqual([
      ['2023-07-10', 'issued', 'plain'],
      ['2023-08-01', 'effective', 'green'],
      ['2023-12-31', 'deadline', 'amber'],
      ['2026-09-01', 'step', 'red'],
    ]);
  });

  it('stands on one line without labels over each other or beside it', () => {
    const days = ['2020-01-01', '2020-01-05', '2020-02-01', '2024-06-01', '2026-11-20'].map((date) => moment(date));
    const { placed, now, lanes } = placeMoments(days, '2026-11-22', 800, () => 120);
    const box = (one: (typeof placed)[number]) =>
      (one.left ? [one.x - 130, one.x] : [one.x, one.x + 130]) as [number, number];
    for (const one of placed) {
      expect(box(one)[0]).toBeGreaterThanOrEqual(0);
      expect(box(one)[1]).toBeLessThanOrEqual(800);
      for (const other of placed)
        if (one !== other && one.lane === other.lane)
          expect(box(one)[1] <= box(other)[0] || box(other)[1] <= box(one)[0]).toBe(true);
    }
    expect(lanes).toBe(3);
    expect(now).toBeCloseTo(788);
  });

  it('takes months and years by their first day', () => {
    const { placed } = placeMoments([moment('2024'), moment('2024-07')], '2025-01-01', 400, () => 40);
    expect(placed[0]?.x).toBe(12);
    expect(placed[1]?.x).toBeGreaterThan(190);
  });
});
