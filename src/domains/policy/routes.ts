import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { type Clock, today } from '../../kernel/clock.ts';
import { parseLocalDate } from '../../kernel/local-date.ts';
import { answers, DEFAULT_LIMIT, Flag, optional, Paging } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import { badCursor, offsetOf, readCursor, writeCursor } from './cursors.ts';
import { actsOf, citedBy } from './desk.pg.ts';
import type { PolicyFilter, PolicySort, ShownRow } from './library.ts';
import { ACT_STATES, stateOf } from './linking/life.ts';
import { countPolicies, facetRows, type ListPlace, listPolicies, shownRows } from './lists.pg.ts';
import { applyCorrections } from './review/apply-corrections.ts';
import { correctionRows, holdingCorrections } from './review/store.pg.ts';
import { MOST_CANDIDATES, searchPolicies } from './search-policies.ts';
import { copiesOf, policyLibrary, policyVersions, readingFor } from './store.pg.ts';
import { FACET_WORDS } from './words.ts';

const Answer = z.looseObject({});
const Total = z.object({ value: z.number(), relation: z.enum(['exact', 'estimate']) });
const Day = z.string().refine((text) => parseLocalDate(text) !== undefined, 'YYYY-MM-DD');

/** What lists, facets and files of policies are narrowed by. */
export const PolicyQuery = z.object({
  q: optional(z.string().trim().max(500)).describe('词语、文号或标准号，中文或英文 / words, number or standard'),
  kind: optional(z.string().trim().max(200)).describe('文件种类，可用逗号并列 / kinds of document, comma between'),
  docType: optional(z.string().trim().max(40)).describe('文种，如 通知 / type as named'),
  issuer: optional(z.string().trim().max(100)).describe('发文机关名称或其一部分 / name of an issuer, or part of it'),
  region: optional(z.string().trim().max(40)).describe('地域，含下辖 / region and those inside it'),
  level: optional(z.enum(['national', 'province', 'city'])).describe('层级 / level'),
  number: optional(z.string().trim().max(100)).describe('文号 / document number'),
  language: optional(z.enum(['zh', 'en'])),
  year: optional(z.coerce.number().int().min(1949).max(2999)).describe('成文或发布年份 / year of issue'),
  from: optional(Day).describe('成文（无则发布）日期起 / first day of issue, else of publication'),
  to: optional(Day).describe('成文（无则发布）日期止 / last day'),
  cites: optional(z.string().regex(/^[0-9a-f-]{36}(:\d{1,4})?$/i)).describe('引用该文件的，id 或 id:序号 / citing it'),
  policyOnly: optional(Flag).describe('只看政策文件 / policies only, no news'),
  standard: optional(z.string().trim().max(60)).describe('引用该标准的 / naming this standard'),
  state: optional(z.enum(ACT_STATES as [string, ...string[]])).describe('效力状态 / state today'),
  sort: optional(z.enum(['relevance', 'newest', 'oldest', 'title'])),
});

export type PolicyQueryValues = z.infer<typeof PolicyQuery>;

/** The filter of a question. */
export function filterOf(query: PolicyQueryValues, asOf: string): PolicyFilter {
  const [id, ordinal] = query.cites?.split(':') ?? [];
  if (id !== undefined && !z.uuid().safeParse(id).success)
    throw new AppError('query.bad-cites', 'cites must be the id of a document, or id:ordinal');
  const kind = query.kind
    ?.split(',')
    .map((word) => word.trim())
    .filter(Boolean);
  return {
    kind,
    docType: query.docType,
    issuer: query.issuer,
    region: query.region,
    level: query.level,
    number: query.number,
    language: query.language,
    year: query.year,
    from: query.from,
    to: query.to,
    cites: id === undefined ? null : { id, ordinal: ordinal === undefined ? null : Number(ordinal) },
    policyOnly: query.policyOnly,
    standard: query.standard,
    state: query.state ? { state: query.state as (typeof ACT_STATES)[number], asOf } : null,
  };
}

/** A document as lists and files give it. */
export function policyRow(row: ShownRow, asOf: ReturnType<typeof today>) {
  return {
    id: row.id,
    key: row.key,
    title: row.title,
    kind: row.kind,
    docType: row.docType,
    isPolicy: row.isPolicy,
    number: row.number,
    issuers: row.issuers,
    region: { primary: row.region, level: row.level },
    issuedOn: row.issued,
    publishedOn: row.published,
    effectiveOn: row.effective,
    year: row.year,
    language: row.language,
    stub: row.stub,
    url: row.url,
    recordedAt: row.recordedAt,
    state: stateOf(row, asOf),
    acts: row.acts,
  };
}

/** Search and reading of the policies that were taken in. */
export function policyRoutes(app: HttpServer, options: { readonly sql: Sql; readonly clock: Clock }): void {
  const { sql } = options;
  const asOf = () => today(options.clock);
  const tags = ['政策 Policies'];
  const library = policyLibrary(sql);

  app.get(
    '/policies',
    {
      schema: {
        tags,
        summary: '检索政策全文 / search full texts; without q the latest first',
        querystring: PolicyQuery.extend(Paging.shape),
        response: answers(
          z.object({
            items: z.array(Answer),
            next: z.string().nullable(),
            total: Total,
            instead: z.string().nullable(),
          }),
        ),
      },
    },
    async (request) => {
      const { q, limit = DEFAULT_LIMIT, cursor } = request.query;
      const day = asOf();
      const filter = filterOf(request.query, day);
      const sort: PolicySort = request.query.sort ?? 'relevance';
      if (q) {
        const offset = offsetOf(cursor, MOST_CANDIDATES);
        const answer = await searchPolicies(library, q, { filter, offset, limit, sort });
        return {
          items: answer.hits.map(({ document, score, snippet, copies }) => ({
            ...policyRow(document, day),
            score: Math.round(score * 1000) / 1000,
            snippet,
            copies,
          })),
          next: answer.more ? writeCursor({ offset: offset + limit }) : null,
          total: answer.total,
          instead: answer.instead,
        };
      }
      const { rows, more, last } = await listPolicies(sql, filter, sort, placeOf(cursor, sort), limit);
      return {
        items: rows.map((row) => policyRow(row, day)),
        next: more && last ? writeCursor({ sort, ...last }) : null,
        total: { value: await countPolicies(sql, filter), relation: 'exact' as const },
        instead: null,
      };
    },
  );

  app.get(
    '/policies/facets',
    {
      schema: {
        tags,
        summary:
          '检索结果按种类、机关、地域、年份、效力等计数 / counts of a result by kind, issuer, region, year, state',
        querystring: PolicyQuery,
        response: answers(z.object({ facets: z.array(Answer), total: Total })),
      },
    },
    async (request) => {
      const day = asOf();
      const filter = filterOf(request.query, day);
      const found = request.query.q
        ? await searchPolicies(library, request.query.q, { filter, offset: 0, limit: 0 })
        : null;
      const rows = await facetRows(sql, filter, day, found?.found ?? null);
      const total = found?.total ?? { value: await countPolicies(sql, filter), relation: 'exact' as const };
      return {
        facets: FACETS.map((name) => ({
          name,
          buckets: rows
            .filter((row) => row.name === name)
            .map(({ value, count }) => ({
              value,
              label: FACET_WORDS[name]?.[value] ?? value,
              count,
              relation: total.relation,
            })),
        })),
        total,
      };
    },
  );

  app.get(
    '/policies/:id',
    {
      schema: {
        tags,
        summary: '政策正文、结构、效力、引用与被引 / text, structure, life, citations both ways',
        params: z.object({ id: z.uuid() }),
        querystring: z.object({ version: optional(z.uuid()).describe('历次版本之一 / one of the versions') }),
        response: answers(Answer),
      },
    },
    async (request) => {
      const { id } = request.params;
      const day = asOf();
      const row = await policyOf(sql, id);
      const versions = await policyVersions(sql, id);
      const version = request.query.version
        ? versions.find((known) => known.id === request.query.version)
        : versions[0];
      if (!version) throw new AppError('policy.not-found', 'the policy has no such version', { id });
      const corrections = await correctionRows(sql, id);
      const { reading, orphans } = applyCorrections(
        await readingFor(sql, version),
        holdingCorrections(corrections),
        version.text,
      );
      return {
        ...policyRow(row, day),
        versionId: version.id,
        text: version.text,
        format: 'auto',
        reading: { ...reading },
        corrections: corrections.map((correction) => ({ ...correction, orphan: orphans.includes(correction.id) })),
        versions: versions.map((known) => ({
          id: known.id,
          hash: known.content_hash,
          title: known.title,
          number: known.number,
          url: known.url,
          file: known.source_file,
          line: known.source_line,
          actor: known.actor,
          recordedAt: known.recorded_at,
        })),
        copies: await copiesOf(sql, id),
        // links are kept for the latest version
        acts: version === versions[0] ? await actsOf(sql, id, day) : [],
      };
    },
  );

  app.get(
    '/policies/:id/cited-by',
    {
      schema: {
        tags,
        summary: '引用该文件的文件 / acts that cite it',
        params: z.object({ id: z.uuid() }),
        querystring: Paging.extend({ ordinal: optional(z.coerce.number().int().min(0).max(100_000)) }),
        response: answers(z.object({ items: z.array(Answer), next: z.string().nullable(), total: Total })),
      },
    },
    async (request) => {
      const { id } = request.params;
      const { ordinal = 0, limit = DEFAULT_LIMIT, cursor } = request.query;
      await policyOf(sql, id);
      const offset = offsetOf(cursor, Number.MAX_SAFE_INTEGER);
      const { total, items } = await citedBy(sql, id, ordinal, offset, limit);
      return {
        items: items.map((item) => ({ ...item })),
        next: offset + items.length < total && items.length > 0 ? writeCursor({ offset: offset + limit }) : null,
        total: { value: total, relation: 'exact' as const },
      };
    },
  );
}

const FACETS = ['kind', 'issuer', 'region', 'level', 'year', 'language', 'state'] as const;

/** The row of a document that exists. */
async function policyOf(sql: Sql, id: string): Promise<ShownRow> {
  const row = (await shownRows(sql, [id])).get(id);
  if (!row) throw new AppError('policy.not-found', 'there is no such policy', { id });
  return row;
}

/** A day, a title or an instant, as the order of the list has it. */
const PLACES: Readonly<Record<PolicySort, z.ZodType<string>>> = {
  relevance: z.string().regex(/^\d{4}-\d\d-\d\d [\d:.+]{5,30}$/),
  newest: z.string().regex(/^(?:\d{4}-\d\d-\d\d|-infinity)$/),
  oldest: z.string().regex(/^(?:\d{4}-\d\d-\d\d|infinity)$/),
  title: z.string().max(5_000),
};

function placeOf(cursor: string | undefined, sort: PolicySort): ListPlace | null {
  if (cursor === undefined) return null;
  const place = z.object({ sort: z.literal(sort), at: PLACES[sort], id: z.uuid() }).safeParse(readCursor(cursor));
  if (!place.success) throw badCursor();
  return place.data;
}
