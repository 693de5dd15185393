import { createHash } from 'node:crypto';
import { addDays, dayNumber, fromDayNumber, type LocalDate, weekday } from '../kernel/local-date.ts';
import type { CalendarYear } from './shapes.ts';

/** What a count rests on: the first day whose State Council calendar is not known, when the count reaches it. */
export interface Certainty {
  readonly provisional: boolean;
  readonly uncertainFrom: LocalDate | null;
}

const FIRST = dayNumber('1990-01-01' as LocalDate);
const LAST = dayNumber('2119-12-31' as LocalDate);
const SPAN = LAST - FIRST + 1;

/**
 * Statutory working days (行政许可法第八十二条): Monday to Friday without the holidays of the State Council's yearly notice,
 * and with the weekend days that the notice turns into working days (调休). Years without a notice are counted on plain
 * weekdays and every count that reaches them is provisional.
 */
export class WorkCalendar {
  /** Short hash of the years used; the version named in traces. */
  readonly version: string;
  readonly years: readonly CalendarYear[];
  /** Working days up to and including each day, from 1990 on. */
  readonly #upTo = new Int32Array(SPAN + 1);
  /** Day numbers of the working days in order. */
  readonly #workdays: Int32Array;
  readonly #known = new Set<number>();
  readonly #names = new Map<number, string>();
  readonly #makeUp = new Set<number>();

  constructor(years: readonly CalendarYear[]) {
    this.years = [...years].sort((a, b) => a.year - b.year);
    this.version = createHash('sha256')
      .update(JSON.stringify(this.years.map((y) => [y.year, y.off, y.makeUp])))
      .digest('hex')
      .slice(0, 12);
    for (const year of this.years) {
      this.#known.add(year.year);
      for (const [name, days] of Object.entries(year.off)) for (const d of days) this.#names.set(dayNumber(d), name);
      for (const d of year.makeUp) this.#makeUp.add(dayNumber(d));
    }
    const list = new Int32Array(SPAN);
    let count = 0;
    for (let at = 0; at < SPAN; at++) {
      const day = FIRST + at;
      if (this.#makeUp.has(day) || (weekday(day) < 5 && !this.#names.has(day))) list[count++] = day;
      this.#upTo[at + 1] = count;
    }
    this.#workdays = list.subarray(0, count);
  }

  /** Whether a day is a working day. */
  isWorkday(date: LocalDate): boolean {
    const at = this.#at(dayNumber(date));
    return this.#upTo[at + 1] !== this.#upTo[at];
  }

  /** Why a day is what it is: the name of the holiday, `makeUp` for a weekend worked, `weekend`, or `workday`. */
  kindOf(date: LocalDate): { kind: 'holiday' | 'makeUp' | 'weekend' | 'workday'; name: string | null } {
    const day = dayNumber(date);
    if (this.#makeUp.has(day)) return { kind: 'makeUp', name: null };
    const name = this.#names.get(day);
    if (name !== undefined) return { kind: 'holiday', name };
    return { kind: weekday(day) < 5 ? 'workday' : 'weekend', name: null };
  }

  /**
   * The working day that stands `count` after a day, or before it when negative; the day itself is not counted
   * (民法典第二百零一条). 0 gives the day itself.
   * @throws RangeError when the answer lies outside 1990 to 2119
   */
  add(from: LocalDate, count: number): LocalDate {
    if (count === 0) return from;
    return fromDayNumber(this.addTo(dayNumber(from), count));
  }

  /** `add` on day numbers, for loops. */
  addTo(from: number, count: number): number {
    const at = this.#at(from);
    const index = count > 0 ? (this.#upTo[at + 1] as number) + count - 1 : (this.#upTo[at] as number) + count;
    const day = this.#workdays[index];
    if (count === 0) return from;
    if (day === undefined) throw new RangeError('beyond the years the calendar is kept for (1990 to 2119)');
    return day;
  }

  /** Working days in `(from, to]`; negative when `to` lies before `from`: then the days of `[to, from)` count. */
  count(from: LocalDate, to: LocalDate): number {
    return this.countBetween(dayNumber(from), dayNumber(to));
  }

  /** `count` on day numbers, for loops. */
  countBetween(from: number, to: number): number {
    const a = this.#at(from);
    const b = this.#at(to);
    return to >= from
      ? (this.#upTo[b + 1] as number) - (this.#upTo[a + 1] as number)
      : (this.#upTo[b] as number) - (this.#upTo[a] as number);
  }

  /** Whether the days a count from one day to another passes over all lie in years with a notice. */
  certainty(one: LocalDate, other: LocalDate): Certainty {
    const forward = one <= other;
    const first = forward ? addDays(one, 1) : other;
    const last = forward ? other : addDays(one, -1);
    for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)) && first <= last; year++) {
      if (this.#known.has(year)) continue;
      const newYear = `${String(year).padStart(4, '0')}-01-01` as LocalDate;
      return { provisional: true, uncertainFrom: newYear > first ? newYear : first };
    }
    return { provisional: false, uncertainFrom: null };
  }

  /** Day numbers that are working days in one calendar and not in the other, in order. */
  differingDays(other: WorkCalendar): readonly number[] {
    const out: number[] = [];
    for (let at = 0; at < SPAN; at++) {
      const mine = (this.#upTo[at + 1] as number) - (this.#upTo[at] as number);
      const theirs = (other.#upTo[at + 1] as number) - (other.#upTo[at] as number);
      if (mine !== theirs) out.push(FIRST + at);
    }
    return out;
  }

  #at(day: number): number {
    if (!(day >= FIRST && day <= LAST)) throw new RangeError('the calendar is kept for 1990 to 2119');
    return day - FIRST;
  }
}
