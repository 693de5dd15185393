import { addDays, daysInMonth, type LocalDate, parseLocalDate } from '../../kernel/local-date.ts';

export interface ReleaseName {
  readonly kind: 'full' | 'day' | 'week' | 'month';
  /** First day that the release covers; absent for a full release. */
  readonly from?: LocalDate;
  /** Day of the release: of a span its last day. */
  readonly to: LocalDate;
  readonly part?: number;
  readonly parts?: number;
}

const KINDS = [
  ['full', /full/i],
  ['day', /da(y|ily)/i],
  ['week', /week(ly)?/i],
  ['month', /month(ly)?/i],
] as const;
const PART = /part[-_ ]?(\d{1,6})(?:[-_ ]*of[-_ ]*(\d{1,6}))?/i;
const DAY = /(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)/g;
const MONTH = /(?<!\d)(\d{4})[-_.]?(\d{2})(?!\d)/;

/**
 * Reads the name of a published file, with or without folders and extension, loosely: `UDID_FULL_RELEASE_20260501`,
 * `UDID_DAY_UPDATE_20260502`, `UDID_WEEKLY_UPDATE_20260420_20260426`, `UDID_MONTH_UPDATE_202604`,
 * `UDID_MONTHLY_UPDATE_20260401_20260430`, each also with `PARTn_Of_m`. Undefined when kind or date cannot be told.
 */
export function releaseNameOf(filename: string): ReleaseName | undefined {
  const name = filename.split(/[/\\]/).at(-1) as string;
  const kind = KINDS.find(([, word]) => word.test(name))?.[0];
  if (kind === undefined) return undefined;
  const found = PART.exec(name);
  const numbered = {
    ...(found ? { part: Number(found[1]) } : {}),
    ...(found?.[2] === undefined ? {} : { parts: Number(found[2]) }),
  };
  const dated = name.replace(PART, '');
  const days: LocalDate[] = [];
  for (const match of dated.matchAll(DAY)) {
    const day = parseLocalDate(`${match[1]}-${match[3]}-${match[4]}`);
    if (day === undefined) return undefined;
    days.push(day);
  }
  const [first, last] = [days[0], days.at(-1)];
  if (first !== undefined && last !== undefined) {
    if (first > last) return undefined;
    if (kind === 'full') return { kind, to: last, ...numbered };
    if (days.length > 1 || kind === 'day') return { kind, from: first, to: last, ...numbered };
    if (kind === 'week') return { kind, from: addDays(last, -6), to: last, ...numbered };
    return { kind, ...monthOf(last.slice(0, 4), last.slice(5, 7)), ...numbered } as ReleaseName;
  }
  const month = MONTH.exec(dated);
  if (kind !== 'month' || !month) return undefined;
  const span = monthOf(month[1] as string, month[2] as string);
  return span && { kind, ...span, ...numbered };
}

function monthOf(year: string, month: string): { from: LocalDate; to: LocalDate } | undefined {
  const from = parseLocalDate(`${year}-${month}-01`);
  const to = parseLocalDate(`${year}-${month}-${daysInMonth(Number(year), Number(month))}`);
  return from && to && { from, to };
}
