import { type Translate, useText } from '../../i18n/text.ts';
import { codes } from './messages.ts';
import type { Reading } from './reading.ts';
import type { LookupState } from './use-lookups.ts';
import type { Line } from './use-readings.ts';

export interface DeskRow {
  readonly line: Line;
  readonly reading: Reading | undefined;
  readonly lookup: LookupState | undefined;
}

export const SHOWS = ['all', 'found', 'several', 'not-found', 'problem'] as const;
export type Show = (typeof SHOWS)[number];

function hasProblem({ reading, lookup }: DeskRow): boolean {
  if (reading?.problems.some((problem) => problem.severity !== 'info')) return true;
  return lookup !== undefined && lookup !== 'failed' && lookup.problems.some((problem) => problem.severity !== 'info');
}

/** Whether a row belongs to a filter. */
export function belongs(row: DeskRow, show: Show): boolean {
  if (show === 'all') return true;
  if (show === 'problem') return hasProblem(row);
  const { lookup } = row;
  if (lookup === undefined || lookup === 'failed') return false;
  if (show === 'not-found') return lookup.matches.length === 0;
  return show === 'found' ? lookup.matches.length === 1 : lookup.matches.length > 1;
}

export function countShows(rows: readonly DeskRow[]): Readonly<Record<Show, number>> {
  const counts = { all: 0, found: 0, several: 0, 'not-found': 0, problem: 0 };
  for (const row of rows) for (const show of SHOWS) if (belongs(row, show)) counts[show] += 1;
  return counts;
}

/** The standing of a row in a word and its colour. */
export function standing(row: DeskRow, t: Translate<typeof codes>): { readonly word: string; readonly tone: string } {
  const { lookup, reading } = row;
  if (lookup === 'failed') return { word: t('unreachable'), tone: 'grey' };
  if (lookup && lookup.matches.length > 1) return { word: t('several', { n: lookup.matches.length }), tone: 'amber' };
  if (lookup && lookup.matches.length === 1) return { word: t('found'), tone: 'green' };
  if (reading?.type === 'unknown') return { word: t('unreadable'), tone: 'red' };
  if (lookup) return { word: t('not-found'), tone: 'grey' };
  return { word: t('pending'), tone: 'grey' };
}

/** Headings and cells of the table as a file. */
export function useDeskFile(): (rows: readonly DeskRow[]) => readonly (readonly string[])[] {
  const t = useText(codes);
  return (rows) => {
    const own = t('code') === codes.code[0] ? 0 : 1;
    const head = (
      [
        'line',
        'code',
        'kind',
        'agency',
        'di',
        'lot',
        'serial',
        'expiry',
        'manufactured',
        'quantity',
        'problems',
        'base',
        'level',
        'units',
        'device',
        'holder',
        'certificate',
      ] as const
    ).map((key) => t(key));
    const cells = rows.map((row) => {
      const { reading, lookup, line } = row;
      const match = lookup && lookup !== 'failed' ? lookup.matches[0] : undefined;
      const level = `level.${match?.level}` as keyof typeof codes;
      return [
        String(line.no),
        line.code,
        reading?.kind?.[own] ?? '',
        reading?.agency ?? '',
        reading?.di ?? '',
        reading?.lot ?? '',
        reading?.serial ?? '',
        reading?.expiry ?? '',
        reading?.manufactured ?? '',
        reading?.quantity?.toString() ?? '',
        reading?.problems.map((problem) => problem.message[own]).join('; ') ?? '',
        standing(row, t).word,
        match?.level ? (level in codes ? t(level) : match.level) : '',
        match?.unitsOfUse?.toString() ?? '',
        match ? [match.device.name, match.device.model].filter(Boolean).join(' · ') : '',
        match?.holder ?? '',
        match?.certificate ?? '',
      ];
    });
    return [head, ...cells];
  };
}
