import { dayNumber, fromDayNumber, type LocalDate, weekday } from '../../../src/kernel/local-date.ts';

/** A year of the State Council's notice, as the server lists it. */
export interface CalendarYear {
  readonly year: number;
  readonly firmness: string;
  readonly notice: { readonly zh: string; readonly en: string; readonly url?: string | null };
  readonly off: Readonly<Record<string, readonly string[]>>;
  readonly makeUp: readonly string[];
  readonly overlay: boolean;
  readonly by?: string | null;
  readonly why?: string | null;
  readonly recorded?: string | null;
}

export interface DayKind {
  readonly kind: 'workday' | 'weekend' | 'holiday' | 'makeUp';
  readonly name: string | null;
}

/** Names of the holidays in English. */
export const HOLIDAYS: Readonly<Record<string, string>> = {
  元旦: 'New Year',
  春节: 'Spring Festival',
  清明: 'Qingming',
  清明节: 'Qingming',
  劳动节: 'Labour Day',
  端午: 'Dragon Boat',
  端午节: 'Dragon Boat',
  中秋: 'Mid-Autumn',
  中秋节: 'Mid-Autumn',
  国庆节: 'National Day',
  国庆: 'National Day',
};

export function holidayName(name: string | null, lang: 'zh' | 'en'): string {
  if (name === null) return '';
  return lang === 'zh' ? name : (HOLIDAYS[name] ?? name);
}

/** Which days are worked, for drawings: the counts that bind come from the server. */
export class WorkDays {
  readonly #names = new Map<number, string>();
  readonly #makeUp = new Set<number>();
  readonly #years = new Set<number>();

  constructor(years: readonly CalendarYear[]) {
    for (const year of years) {
      this.#years.add(year.year);
      for (const [name, days] of Object.entries(year.off))
        for (const day of days) this.#names.set(dayNumber(day as LocalDate), name);
      for (const day of year.makeUp) this.#makeUp.add(dayNumber(day as LocalDate));
    }
  }

  knows(year: number): boolean {
    return this.#years.has(year);
  }

  kindOf(day: number): DayKind {
    if (this.#makeUp.has(day)) return { kind: 'makeUp', name: null };
    const name = this.#names.get(day);
    if (name !== undefined) return { kind: 'holiday', name };
    return { kind: weekday(day) < 5 ? 'workday' : 'weekend', name: null };
  }

  isWorked(day: number): boolean {
    const { kind } = this.kindOf(day);
    return kind === 'workday' || kind === 'makeUp';
  }

  /** Days worked after `from` up to and including `to`. */
  count(from: number, to: number): number {
    let count = 0;
    for (let day = from + 1; day <= to; day++) if (this.isWorked(day)) count++;
    return count;
  }

  /** Stretches of days of one sort from `from` to `to`, both included. */
  runs(from: number, to: number): { readonly from: number; readonly to: number; readonly worked: boolean }[] {
    const out: { from: number; to: number; worked: boolean }[] = [];
    for (let day = from; day <= to; day++) {
      const worked = this.isWorked(day);
      const last = out.at(-1);
      if (last && last.worked === worked) last.to = day;
      else out.push({ from: day, to: day, worked });
    }
    return out;
  }
}

/** Day number of a text `YYYY-MM-DD`. */
export function numberOf(day: string): number {
  return dayNumber(day.slice(0, 10) as LocalDate);
}

export function dayOf(number: number): string {
  return fromDayNumber(number);
}

const WEEKDAYS = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const;

export function weekdayName(day: number, lang: 'zh' | 'en'): string {
  return WEEKDAYS[lang][weekday(day)] ?? '';
}
