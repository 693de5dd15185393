const DAY = /(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)/g;
const MONTH = /(20\d{2})[-_.]?(0[1-9]|1[0-2])(?!\d)/g;
const PART = /part[-_ ]?(\d+)/i;
const natural = new Intl.Collator('en', { numeric: true });

/** The last date of a name: of a span of days its end. Empty when it has none. */
function dateOf(name: string): string {
  const last = [...name.matchAll(DAY)].at(-1) ?? [...name.matchAll(MONTH)].at(-1);
  return last ? `${last[1]}${last[2]}${last[3] ?? ''}` : '';
}

/** Order of files and of entries of one zip: by date, then by number of the part, then as people sort names. */
export function compareNames(a: string, b: string): number {
  const [dateA, dateB] = [dateOf(a), dateOf(b)];
  if (dateA !== dateB) return dateA < dateB ? -1 : 1;
  const part = Number(PART.exec(a)?.[1] ?? 0) - Number(PART.exec(b)?.[1] ?? 0);
  return part || natural.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
