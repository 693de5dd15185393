import type { Act, PolicyDocument } from './types.ts';

export interface Moment {
  readonly date: string;
  /** A kind of date, or an event of the act's life. */
  readonly kind: string;
  readonly tone: 'plain' | 'green' | 'amber' | 'red';
  /** The act that caused it. */
  readonly by: { readonly id: string; readonly ordinal: number; readonly title: string } | null;
  readonly words: { readonly zh: string; readonly en: string } | null;
}

const SHOWN: Readonly<Record<string, Moment['tone']>> = {
  adopted: 'plain',
  issued: 'plain',
  promulgated: 'plain',
  published: 'plain',
  effective: 'green',
  'phase-start': 'green',
  deadline: 'amber',
  'consultation-end': 'amber',
  expiry: 'red',
};

/** The days of an act's life: those it states itself, and what other acts did to it. Days without a date are left out. */
export function momentsOf(document: PolicyDocument, act: Act | undefined): readonly Moment[] {
  const found = new Map<string, Moment>();
  const add = (moment: Moment) => {
    if (!/^\d{4}/.test(moment.date)) return;
    const key = `${moment.date} ${moment.by?.id ?? moment.kind}`;
    if (!found.has(key)) found.set(key, moment);
  };
  const own = (kind: string, date: string | null) =>
    date && add({ date, kind, tone: SHOWN[kind] ?? 'plain', by: null, words: null });
  own('issued', document.issueDate);
  own('published', document.publishDate);
  own('effective', document.effectiveDate);
  own('expiry', document.expiry);
  for (const { kind, date } of document.dates) if (kind in SHOWN) own(kind, date);
  for (const step of act?.life.steps ?? [])
    if (step.date && step.by) {
      const tone = /废止|失效|repeal/.test(`${step.zh} ${step.en}`) ? 'red' : 'amber';
      add({ date: step.date, kind: 'step', tone, by: step.by, words: { zh: step.zh, en: step.en } });
    }
  return [...found.values()].sort((a, b) => a.date.localeCompare(b.date));
}

/** A day, month or year as a number of days; a month or year stands for its first day. */
export function dayNumber(date: string): number {
  const [year = '1970', month = '01', day = '01'] = date.split('-');
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000;
}

export interface PlacedMoment extends Moment {
  readonly x: number;
  readonly lane: number;
  /** The label stands left of its flag, near the right end. */
  readonly left: boolean;
}

/** Places moments on a line of `width` px; labels that would lie over each other go to lanes of their own. */
export function placeMoments(
  moments: readonly Moment[],
  today: string,
  width: number,
  labelWidth: (moment: Moment) => number,
): { readonly placed: readonly PlacedMoment[]; readonly now: number; readonly lanes: number } {
  const days = [...moments.map((moment) => dayNumber(moment.date)), dayNumber(today)];
  const first = Math.min(...days);
  const span = Math.max(1, Math.max(...days) - first);
  const inset = 12;
  const share = (date: string) => inset + ((dayNumber(date) - first) / span) * (width - 2 * inset);
  const ends: { from: number; to: number }[][] = [];
  const placed = moments.map((moment) => {
    const x = share(moment.date);
    const size = labelWidth(moment) + 10;
    const left = x + size > width;
    const from = left ? x - size : x;
    const to = left ? x : x + size;
    let lane = ends.findIndex((taken) => taken.every((one) => one.to <= from || one.from >= to));
    if (lane === -1) {
      lane = ends.length;
      ends.push([]);
    }
    ends[lane]?.push({ from, to });
    return { ...moment, x, lane, left };
  });
  return { placed, now: share(today), lanes: Math.max(1, ends.length) };
}
