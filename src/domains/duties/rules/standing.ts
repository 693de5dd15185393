import type { LocalDate } from '../../../kernel/local-date.ts';
import type { Firmness, Table } from '../../../rules/shapes.ts';
import type { DutyKind, Role, Span, Words } from '../types.ts';
import { bears, type DutyDraft, draft, type Inquiry, inForce, unclear } from './duty-draft.ts';
import { classesOf } from './roles.ts';
import { rowBasisWords } from './words.ts';

/** Duties that hold at all times: of the rulebook's parameters, of the table of records to keep, of the UDI phases. */
export function standingDuties(inquiry: Inquiry): DutyDraft[] {
  return [...always(inquiry), ...retention(inquiry), ...udi(inquiry)];
}

/** What is in force at some time up to the last day asked about. */
function always(inquiry: Inquiry): DutyDraft[] {
  const out: DutyDraft[] = [];
  for (const parameter of inquiry.rulebook.parameters.values()) {
    if (parameter.duty?.pattern !== 'standing') continue;
    const open = unclear(inquiry, parameter);
    if (!open && !bears(inquiry, parameter)) continue;
    const used = inForce(inquiry, parameter.id, inquiry.asked.to);
    if (used === 'not-in-force') continue;
    const known = used === 'absent' ? null : used;
    out.push(
      draft(inquiry, parameter, known, {
        kind: 'standing',
        anchor: null,
        opens: known?.from ?? null,
        missing: known ? (open ? [open] : []) : [parameter.id],
        words: ['持续义务，没有期限', ...(open ? [`缺少 ${open}，是否适用不能判定`] : [])],
      }),
    );
  }
  return out;
}

interface Row {
  readonly table: Table;
  readonly row: Table['rows'][number];
}

interface RowWords {
  readonly title: Words;
  readonly trigger: Words | null;
  readonly period: Span | null;
  readonly missing: readonly string[];
  readonly words: readonly string[];
}

function ofRow({ rulebook }: Inquiry, { table, row }: Row, said: RowWords): DutyDraft {
  const source = row.sources[0];
  const kind: DutyKind = 'standing';
  const firmness: Firmness = row.firmness;
  return {
    obligation: `${table.id}/${row.id}`,
    ...said,
    words: [...said.words, rowBasisWords(row, (id) => rulebook.titleOf(id))],
    kind,
    due: null,
    determinable: said.missing.length === 0,
    article:
      row.sources
        .map((one) => one.article)
        .filter((one) => one !== null)
        .join('; ') || null,
    firmness,
    source: source?.instrument ?? null,
    consequence: null,
    recipient: null,
    provisional: false,
    uncertainFrom: null,
    questions: table.questions ?? [],
    subject: null,
    anchor: null,
    opens: row.from ?? null,
    accepts: { from: null, to: null },
    labels: [],
    used: null,
  };
}

/** A cell that must hold text; empty where the table leaves it open. */
function cell(row: Row['row'], column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : '';
}

function inTime(inquiry: Inquiry, row: Row['row']): boolean {
  return (row.from ?? '') <= inquiry.asked.to && !(row.until && row.until < inquiry.asked.from);
}

/** Actors of the table that are words for several roles. */
const HOLDERS: readonly Role[] = ['registrant', 'filer'];

function retention(inquiry: Inquiry): DutyDraft[] {
  const table = inquiry.rulebook.tables.get('record-retention');
  if (!table) return [];
  const { held } = inquiry.asked.party;
  return table.rows
    .filter((row) => inTime(inquiry, row))
    .filter((row) =>
      (row.actors as readonly string[]).some((actor) =>
        actor === 'holder' ? HOLDERS.some((role) => held.has(role)) : held.has(actor as Role),
      ),
    )
    .map((row) =>
      ofRow(
        inquiry,
        { table, row },
        {
          title: { zh: `${cell(row, 'record')}的保存`, en: `keeping of: ${cell(row, 'recordEn')}` },
          trigger: { zh: cell(row, 'rule'), en: cell(row, 'ruleEn') },
          period: null,
          missing: [],
          words: [
            `保存期限：${cell(row, 'rule')}`,
            ...(inquiry.asked.party.implant && row.implantPermanent === true ? ['涉及植入类：永久保存'] : []),
          ],
        },
      ),
    );
}

/** Whom a phase reaches: whole classes, or part of a class, where the fact that decides is named. */
const PHASES: Readonly<
  Record<string, { readonly whole: readonly string[]; readonly part: Readonly<Record<string, string>> }>
> = {
  'batch-1': { whole: [], part: { III: 'party.products.batch-1' } },
  'batch-2': { whole: ['III'], part: {} },
  'batch-3': { whole: [], part: { II: 'party.products.batch-3' } },
  'class-ii-and-class-i-ivd': { whole: ['II'], part: { I: 'party.products.ivd' } },
  'class-i': { whole: ['I'], part: {} },
};

/** The phases of unique identification, a duty of whoever registers or files, by class and day of production. */
function udi(inquiry: Inquiry): DutyDraft[] {
  const table = inquiry.rulebook.tables.get('udi-phases');
  const { party } = inquiry.asked;
  if (!table || !HOLDERS.some((role) => party.held.has(role))) return [];
  const classes = new Set<string>(classesOf(party));
  if (party.held.has('registrant-class2')) classes.add('II');
  if (party.held.has('registrant-class3')) classes.add('III');
  if (party.held.has('filer')) classes.add('I');
  const rule = inquiry.rulebook.parameters.get('udi-by-production-date');
  const words = rule ? [rule.title.zh] : [];
  const out: DutyDraft[] = [];
  for (const row of table.rows) {
    const phase = PHASES[row.id];
    if (!inTime(inquiry, row) || !phase) continue;
    const part = Object.entries(phase.part).find(([name]) => classes.has(name))?.[1];
    const whole = phase.whole.some((name) => classes.has(name));
    if (!whole && part === undefined && classes.size > 0) continue;
    out.push(
      ofRow(
        inquiry,
        { table, row },
        {
          title: { zh: `唯一标识：${cell(row, 'zh')}`, en: `unique identification: ${cell(row, 'en')}` },
          trigger: { zh: cell(row, 'zh'), en: cell(row, 'en') },
          period: { from: cell(row, 'starts') as LocalDate, to: null },
          missing: whole ? [] : [part ?? 'party.classes'],
          words: [`自${cell(row, 'starts')}起`, ...words],
        },
      ),
    );
  }
  return out;
}
