import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { sendCsv, sendLines } from '../../platform/http/files.ts';
import { answers, DEFAULT_LIMIT, optional, Paging } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import type { SourceCatalogue } from '../devices/index.ts';
import { CHANGE_KINDS, type Change, changesOf } from './changes.ts';
import { changeStore, countReleases, filesOf, findRelease, listReleases, partsOf, problemsOf } from './store.pg.ts';
import type { ReleaseRow } from './store.ts';

const Release = z.object({
  importId: z.number(),
  releaseId: z.string(),
  releaseName: z.string(),
  source: z.string(),
  mode: z.string(),
  releasedOn: z.string(),
  recordedAt: z.string().nullable(),
  publishedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  startedAt: z.string(),
  state: z.string(),
  stage: z.string(),
  counts: z.record(z.string(), z.unknown()),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type Release = z.infer<typeof Release>;

/** The row as an answer. */
export function toRelease(row: ReleaseRow): Release {
  return {
    importId: row.id,
    releaseId: row.release_id,
    releaseName: row.release_name,
    source: row.source,
    mode: row.mode,
    releasedOn: row.released_on,
    recordedAt: row.published_at,
    publishedAt: row.published_at,
    revokedAt: row.revoked_at,
    startedAt: row.started_at,
    state: row.state,
    stage: row.stage,
    counts: row.counts,
    failure: row.failure,
  };
}

const MOST_PARTS = 2000;
const ReleaseKey = z.object({ releaseId: z.string().max(300) });
const ChangeItem = z.object({
  kind: z.enum(CHANGE_KINDS),
  key: z.string(),
  source: z.string(),
  di: z.string().nullable(),
  name: z.string().nullable(),
  fields: z.array(z.object({ name: z.string(), label: z.unknown().optional(), from: z.unknown(), to: z.unknown() })),
});

/** Reads of releases: list, one, change report. */
export function releaseRoutes(
  app: HttpServer,
  options: { readonly sql: Sql; readonly catalogue: SourceCatalogue },
): void {
  const { sql, catalogue } = options;
  const tags = ['发布批次 Releases'];
  const store = changeStore(sql);

  const required = async (releaseId: string): Promise<ReleaseRow> => {
    const row = await findRelease(sql, releaseId);
    if (!row) throw new AppError('release.not-found', `没有这个发布批次：${releaseId}`, { releaseId });
    return row;
  };
  const labelled = (change: Change) => {
    const labels = new Map(catalogue.get(change.source)?.fields.map((field) => [field.tag, field]));
    return {
      ...change,
      recordKey: change.key,
      fields: change.fields.map((field) => {
        const label = labels.get(field.name);
        return label ? { ...field, label: { zh: label.zh, en: label.en } } : field;
      }),
    };
  };

  app.get(
    '/releases',
    {
      schema: {
        tags,
        summary: '发布批次 / releases',
        querystring: Paging.extend({ source: optional(z.string().max(60)) }),
        response: answers(z.object({ items: z.array(Release), next: z.string().nullable(), total: z.unknown() })),
      },
    },
    async (request) => {
      const limit = request.query.limit ?? DEFAULT_LIMIT;
      const source = request.query.source ?? null;
      const place = request.query.cursor ? /^(\d{4}-\d{2}-\d{2})_(\d+)$/.exec(request.query.cursor) : null;
      if (request.query.cursor && !place) throw new AppError('list.bad-cursor', '游标无效，请从第一页重新查询', {});
      const after = place ? { releasedOn: place[1] as string, id: Number(place[2]) } : null;
      const [rows, total] = await Promise.all([
        listReleases(sql, { source, after, limit: limit + 1 }),
        countReleases(sql, source),
      ]);
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(toRelease),
        next: rows.length > limit && last ? `${last.released_on}_${last.id}` : null,
        total: { value: total, relation: 'exact' },
      };
    },
  );

  app.get(
    '/releases/:releaseId',
    { schema: { tags, summary: '一个发布批次 / one release', params: ReleaseKey } },
    async (request) => {
      const row = await required(request.params.releaseId);
      const [files, parts, problems] = await Promise.all([
        filesOf(sql, row.id),
        partsOf(sql, row.id, MOST_PARTS),
        problemsOf(sql, row.id),
      ]);
      return { ...toRelease(row), files, parts, problems };
    },
  );

  app.get(
    '/releases/:releaseId/changes',
    {
      schema: {
        tags,
        summary: '变更报告 / change report',
        params: ReleaseKey,
        querystring: Paging.extend({ kind: optional(z.enum(CHANGE_KINDS)) }),
        response: answers(
          z.object({ items: z.array(ChangeItem), next: z.string().nullable(), total: z.unknown().nullable() }),
        ),
      },
    },
    async (request) => {
      const row = await required(request.params.releaseId);
      const limit = request.query.limit ?? DEFAULT_LIMIT;
      const after = request.query.cursor ? Buffer.from(request.query.cursor, 'base64url').toString('utf8') : undefined;
      if (after !== undefined && !/^(v:-?\d{1,19}|p:.*)$/s.test(after))
        throw new AppError('list.bad-cursor', '游标无效，请从第一页重新查询', {});
      const items: ReturnType<typeof labelled>[] = [];
      let next: string | null = null;
      let last = '';
      for await (const { change, place } of changesOf(store, row, catalogue, { kind: request.query.kind, after })) {
        if (items.length === limit) {
          next = Buffer.from(last).toString('base64url');
          break;
        }
        items.push(labelled(change));
        last = place;
      }
      return { items, next, total: changeTotal(row, request.query.kind, after, next, items.length) };
    },
  );

  for (const format of ['csv', 'ndjson'] as const) {
    app.get(
      `/releases/:releaseId/changes.${format}`,
      {
        schema: {
          tags,
          summary: `变更报告全文 ${format} / whole change report`,
          params: ReleaseKey,
          querystring: z.object({ kind: optional(z.enum(CHANGE_KINDS)) }),
        },
      },
      async (request, reply) => {
        const row = await required(request.params.releaseId);
        const all = changesOf(store, row, catalogue, { kind: request.query.kind });
        const name = `changes-${row.release_id}`;
        return format === 'csv'
          ? sendCsv(reply, name, ['kind', 'key', 'di', 'name', 'field', 'from', 'to'], changeCells(all))
          : sendLines(reply, name, changeLines(all));
      },
    );
  }
}

/** The import's own counts tell the totals; a list that ended is counted by being read. */
function changeTotal(
  row: ReleaseRow,
  kind: string | undefined,
  after: string | undefined,
  next: string | null,
  items: number,
): { value: number; relation: string } {
  if (after === undefined && next === null) return { value: items, relation: 'exact' };
  const count = (name: string): number => (typeof row.counts[name] === 'number' ? (row.counts[name] as number) : 0);
  const known: Readonly<Record<string, number>> = {
    new: count('inserted'),
    changed: count('updated'),
    withdrawn: count('withdrawn'),
    conflict: 0,
  };
  const value = kind === undefined ? count('inserted') + count('updated') + count('withdrawn') : (known[kind] ?? 0);
  return { value: Math.max(value, items), relation: 'estimate' };
}

async function* changeCells(changes: AsyncIterable<{ change: Change }>): AsyncGenerator<string[]> {
  const text = (value: unknown): string =>
    value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  for await (const { change } of changes) {
    const head = [change.kind, change.key, change.di ?? '', change.name ?? ''];
    if (change.fields.length === 0) yield [...head, '', '', ''];
    for (const field of change.fields) yield [...head, field.name, text(field.from), text(field.to)];
  }
}

async function* changeLines(changes: AsyncIterable<{ change: Change }>): AsyncGenerator<unknown> {
  for await (const { change } of changes) yield change;
}
