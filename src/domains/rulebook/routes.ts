import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import type { LocalDate } from '../../kernel/local-date.ts';
import { sendCsv, sendLines, sendWorkbook } from '../../platform/http/files.ts';
import { answers, DEFAULT_LIMIT, Flag, optional, Paging, Times } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import { FIRMNESS } from '../../rules/shapes.ts';
import { changesBetween } from './changes.ts';
import { coverageOf } from './coverage.ts';
import { findInstrument, listInstruments } from './instruments.ts';
import type { ReadingOnly } from './reading-only.ts';
import { findRule } from './rule.ts';
import { listRules, type RuleRow } from './rule-list.ts';
import { readDay, readRuleDays } from './times.ts';
import { KIND_TITLES } from './words.ts';

/** Answers are read-only to their makers, and so are their lists. */
const many = <T extends z.ZodType>(item: T) => z.array(item).readonly();

const Pair = z.object({ zh: z.string(), en: z.string() });
const Firmness = z.enum(FIRMNESS);
const Citation = z.object({
  instrument: z.string(),
  title: Pair,
  number: z.string().nullable(),
  url: z.string().nullable(),
  article: z.string().nullable(),
  firmness: Firmness,
});
const RuleValue = z.union([z.number(), z.string(), many(z.number()), many(z.string()), z.null()]);
const Absence = z.enum(['undefined', 'not-found', 'before', 'ceased', 'not-known']).nullable();
const Place = z.object({ id: z.string(), title: Pair });
const Kind = z.enum(Object.keys(KIND_TITLES) as [keyof typeof KIND_TITLES, ...(keyof typeof KIND_TITLES)[]]);

const Row = z.object({
  id: z.string(),
  type: z.enum(['parameter', 'table']),
  kind: Kind,
  title: Pair,
  place: Place.nullable(),
  unit: Pair.nullable(),
  value: RuleValue,
  words: Pair.nullable(),
  from: z.string().nullable(),
  firmness: Firmness,
  source: Citation.nullable(),
  article: z.string().nullable(),
  absence: Absence,
  users: z.number(),
  overlay: z.boolean(),
});

const Filter = Times.extend({
  q: optional(z.string().max(300)).describe('编号、名称、条款、文件、数值 / id, title, article, instrument, value'),
  kind: optional(Kind),
  place: optional(z.string().max(60)).describe('cn、cn-44 或 cn/registration'),
  firmness: optional(Firmness),
  overlay: optional(Flag).describe('true：只列本机设定的值 / only values set by the operator'),
});

const Question = z.object({ id: z.string(), zh: z.string(), en: z.string() });
const Overlay = z.object({ by: z.string(), why: z.string() }).nullable();
const Rule = z.union([
  z.object({
    type: z.literal('parameter'),
    id: z.string(),
    kind: Kind,
    title: Pair,
    place: Place,
    unit: Pair.extend({ id: z.string(), kind: z.string() }).nullable(),
    scope: Pair.nullable(),
    starts: Pair.nullable(),
    effect: Pair.nullable(),
    duty: z
      .object({
        actors: many(z.string()),
        trigger: Pair,
        recipient: Pair.nullable(),
        pattern: z.string(),
        penalty: z.string().nullable(),
      })
      .nullable(),
    promise: z
      .object({
        province: z.string(),
        of: z.string().nullable(),
        scope: Pair.nullable(),
        condition: z.string(),
        procedures: many(z.string()).optional(),
      })
      .nullable(),
    questions: many(Question),
    file: z.string(),
    asOf: z.string(),
    knownAt: z.string().nullable(),
    absence: Absence,
    values: many(
      z.object({
        from: z.string().nullable(),
        until: z.string().nullable(),
        value: RuleValue,
        words: Pair.nullable(),
        recorded: z.string(),
        firmness: Firmness,
        note: Pair.nullable(),
        overlay: Overlay,
        known: z.boolean(),
        inForce: z.boolean(),
        sources: many(Citation),
      }),
    ),
    users: many(
      z.object({
        type: z.enum(['procedure', 'duty', 'promise', 'limit', 'calendar']),
        id: z.string(),
        title: Pair,
      }),
    ),
    readingOnly: Pair.nullable(),
  }),
  z.object({
    type: z.literal('table'),
    id: z.string(),
    kind: z.literal('table'),
    title: Pair,
    columns: many(Pair.extend({ id: z.string(), unit: z.string().nullable() })),
    rows: many(
      z.object({
        id: z.string(),
        cells: z.record(z.string(), z.unknown()),
        note: z.unknown(),
        from: z.string().nullable(),
        until: z.string().nullable(),
        firmness: Firmness,
        inForce: z.boolean(),
        sources: many(Citation),
      }),
    ),
    questions: many(Question),
    note: Pair.nullable(),
    file: z.string(),
    asOf: z.string(),
    knownAt: z.string().nullable(),
  }),
]);

const Side = z
  .object({ words: Pair.nullable(), from: z.string().nullable(), firmness: Firmness, sources: many(Citation) })
  .nullable();
const Change = z.object({
  axis: z.enum(['force', 'known']).describe('force：生效；known：收录'),
  on: z.string(),
  change: z.enum(['begins', 'ends', 'changes', 'restated', 'recorded']),
  type: z.enum(['parameter', 'table-row', 'instrument', 'calendar']),
  id: z.string(),
  row: z.string().nullable(),
  title: Pair,
  place: Pair.nullable(),
  before: Side,
  after: Side,
});

const InstrumentLine = z.object({
  id: z.string(),
  title: Pair,
  number: z.string().nullable(),
  issuer: z.string().nullable(),
  from: z.string().nullable(),
  until: z.string().nullable(),
  firmness: Firmness,
  rules: z.number(),
});
const Named = z.object({ id: z.string(), title: Pair, from: z.string().nullable() });
const InstrumentFile = InstrumentLine.omit({ rules: true }).extend({
  published: z.string().nullable(),
  urls: many(z.string()),
  note: Pair.nullable(),
  recorded: z.string(),
  amends: many(Named),
  amendedBy: many(Named),
  replaces: many(Named),
  replacedBy: many(Named),
  overlay: Overlay,
  resting: many(
    z.object({
      id: z.string(),
      type: z.enum(['parameter', 'table']),
      title: Pair,
      place: Pair.nullable(),
      words: Pair.nullable(),
      from: z.string().nullable(),
      article: z.string().nullable(),
      firmness: Firmness,
    }),
  ),
  readingOnly: Pair.nullable(),
});

const Counted = z.object({ id: z.string(), title: Pair, count: z.number() });
const Coverage = z.object({
  edition: z.string(),
  parameters: z.number(),
  values: z.number(),
  tables: z.number(),
  rows: z.number(),
  instruments: z.number(),
  calendars: many(z.number()),
  overlayValues: z.number(),
  byFirmness: many(z.object({ id: Firmness, title: Pair, meaning: Pair, values: z.number(), rows: z.number() })),
  byKind: many(Counted),
  byPlace: many(Counted),
  missing: many(z.object({ id: z.string(), title: Pair, from: z.string().nullable(), note: Pair.nullable() })),
  questions: many(Question.extend({ rule: z.string(), title: Pair })),
  readingOnly: many(z.object({ id: z.string(), title: Pair, reason: Pair })),
  leftOut: many(z.object({ reason: Pair, pointers: many(z.string()) })),
});

const Total = z.object({ value: z.number(), relation: z.literal('exact') });
const listOf = <T extends z.ZodType>(item: T) =>
  answers(z.object({ items: many(item), next: z.string().nullable(), total: Total }));

/** One page of a list that is held in memory; the cursor is the number of rows before it. */
function pageOf<T>(
  rows: readonly T[],
  { limit = DEFAULT_LIMIT, cursor }: { limit?: number | undefined; cursor?: string | undefined },
) {
  if (cursor !== undefined && !/^\d{1,9}$/.test(cursor))
    throw new AppError('list.bad-cursor', '游标无效，请从第一页重新查询', {});
  const start = Number(cursor ?? 0);
  const end = start + limit;
  return {
    items: rows.slice(start, end),
    next: end < rows.length ? String(end) : null,
    total: { value: rows.length, relation: 'exact' as const },
  };
}

export interface RuleRouteOptions {
  /** The rulebook in use; asked at each request, so that another may take its place. */
  rulebook(): Rulebook;
  readonly readingOnly: ReadingOnly;
  today(): LocalDate;
}

/** The rulebook to read: rules, tables, instruments, what changes, what is covered. */
export function rulebookRoutes(app: HttpServer, options: RuleRouteOptions): void {
  const tags = ['规则库 Rules'];
  const list = (query: z.infer<typeof Filter>) =>
    listRules(options.rulebook(), query, readRuleDays(query, options.today()));

  app.get(
    '/rules',
    {
      schema: {
        tags,
        summary: '规则库：数值与表 / rules: values and tables',
        querystring: Filter.extend(Paging.shape),
        response: listOf(Row),
      },
    },
    async (request) => pageOf(list(request.query), request.query),
  );

  for (const format of ['csv', 'xlsx', 'ndjson'] as const)
    app.get(
      `/rules.${format}`,
      { schema: { tags, summary: `规则库全部 ${format} / the whole list`, querystring: Filter } },
      async (request, reply) => {
        const rows = list(request.query);
        const { asOf } = readRuleDays(request.query, options.today());
        const name = `rules-${asOf}`;
        if (format === 'ndjson') return sendLines(reply, name, each(rows));
        const header = COLUMNS.map(([title]) => title);
        const cells = rows.map((row) => COLUMNS.map(([, cell]) => String(cell(row) ?? '')));
        return format === 'csv'
          ? sendCsv(reply, name, header, each(cells))
          : sendWorkbook(reply, name, header, each(cells));
      },
    );

  app.get(
    '/rules/changes',
    {
      schema: {
        tags,
        summary: '两日之间生效、失效、变化和收录的内容 / what begins, ends, changes or was recorded between two days',
        querystring: Paging.extend({
          from: z.string().max(40).describe('不含当日 / exclusive'),
          to: z.string().max(40).describe('含当日 / inclusive'),
          axis: optional(z.enum(['force', 'known'])),
        }),
        response: listOf(Change),
      },
    },
    async (request) => {
      const from = readDay('from', request.query.from);
      const to = readDay('to', request.query.to);
      if (from > to) throw new AppError('query.days-reversed', `from ${from} 晚于 to ${to}`, { from, to });
      const { axis } = request.query;
      const changes = changesBetween(options.rulebook(), from, to);
      return pageOf(axis === undefined ? changes : changes.filter((change) => change.axis === axis), request.query);
    },
  );

  app.get(
    '/rules/coverage',
    {
      schema: {
        tags,
        summary: '收录情况：可靠程度、缺项、疑问 / firmness, gaps, open questions',
        response: answers(Coverage),
      },
    },
    async () => coverageOf(options.rulebook(), options.readingOnly),
  );

  app.get(
    '/rules/:id',
    {
      schema: {
        tags,
        summary: '一条规则或一张表的全部内容 / one rule or table with everything',
        params: z.object({ id: z.string().max(200) }),
        querystring: Times,
        response: answers(Rule),
      },
    },
    async (request) => {
      const { id } = request.params;
      const days = readRuleDays(request.query, options.today());
      const found = findRule(options.rulebook(), id, days, options.readingOnly);
      if (!found) throw new AppError('rules.not-found', `规则库中没有 ${id}`, { id });
      return found;
    },
  );

  app.get(
    '/instruments',
    {
      schema: {
        tags,
        summary: '所引文件 / cited instruments',
        querystring: Paging.extend({ q: optional(z.string().max(300)) }),
        response: listOf(InstrumentLine),
      },
    },
    async (request) => pageOf(listInstruments(options.rulebook(), request.query.q), request.query),
  );

  app.get(
    '/instruments/:id',
    {
      schema: {
        tags,
        summary: '一份文件及引自它的数值 / an instrument and what rests on it',
        params: z.object({ id: z.string().max(200) }),
        response: answers(InstrumentFile),
      },
    },
    async (request) => {
      const { id } = request.params;
      const found = findInstrument(options.rulebook(), id, options.readingOnly);
      if (!found) throw new AppError('instrument.not-found', `规则库中没有文件 ${id}`, { id });
      return found;
    },
  );
}

const COLUMNS: readonly (readonly [
  title: string,
  cell: (row: RuleRow) => string | number | boolean | null | undefined,
])[] = [
  ['编号 id', (row) => row.id],
  ['种类 kind', (row) => row.kind],
  ['名称 titleZh', (row) => row.title.zh],
  ['英文名称 titleEn', (row) => row.title.en],
  ['范围 place', (row) => row.place?.id],
  ['值 value', (row) => (Array.isArray(row.value) ? row.value.join('; ') : (row.value as string | number | null))],
  ['单位 unit', (row) => row.unit?.zh],
  ['表述 wordsZh', (row) => row.words?.zh],
  ['生效 from', (row) => row.from],
  ['可靠程度 firmness', (row) => row.firmness],
  ['文件 instrument', (row) => row.source?.title.zh],
  ['文号 number', (row) => row.source?.number],
  ['条款 article', (row) => row.article],
  ['缺失原因 absence', (row) => row.absence],
  ['使用处 users', (row) => row.users],
  ['本机设定 overlay', (row) => row.overlay],
];

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
