import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { sendCsv, sendLines } from '../../platform/http/files.ts';
import { answers, DEFAULT_LIMIT, optional, Paging, Times } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import { codeLabel } from './code-labels.ts';
import { countQualityRows, type QualityPlaceRow, qualityCounts, qualityRows } from './store.pg.ts';

const Count = z.object({
  source: z.string(),
  release: z.string(),
  releaseName: z.string(),
  releasedOn: z.string(),
  code: z.string(),
  label: z.object({ zh: z.string(), en: z.string() }),
  severity: z.string(),
  count: z.number(),
});

function toRow(row: QualityPlaceRow) {
  return {
    source: row.source,
    release: row.release_id,
    code: row.code,
    severity: row.severity,
    recordKey: row.record_key,
    di: row.di,
    field: row.field,
    value: row.value,
    reason: row.reason,
    part: row.part,
    partNo: row.part_no,
    at: row.at,
    recordNo: row.record_no,
    file: row.file,
  };
}

/** Rows of a file fetched at once. */
const ROWS_AT_ONCE = 2000;

/** The quality ledger: counts, and the entries behind each. */
export function qualityRoutes(
  app: HttpServer,
  options: {
    readonly sql: Sql;
    visible(request: {
      readonly asOf?: string | undefined;
      readonly knownAt?: string | undefined;
    }): Promise<readonly number[]>;
  },
): void {
  const { sql } = options;
  const tags = ['质量台账 Quality'];
  const Filter = Times.extend({ source: optional(z.string().max(60)), release: optional(z.string().max(300)) });

  const counts = async (query: z.infer<typeof Filter>) => {
    const { source = null, release = null } = query;
    const rows = await qualityCounts(sql, await options.visible(query), { source, release });
    return rows.map((row) => ({
      source: row.source,
      release: row.release_id,
      releaseName: row.release_name,
      releasedOn: row.released_on,
      code: row.code,
      label: codeLabel(row.code),
      severity: row.severity,
      count: row.count,
    }));
  };

  app.get(
    '/quality',
    {
      schema: {
        tags,
        summary: '各来源、各批次的问题数 / faults by source and release',
        querystring: Filter,
        response: answers(z.object({ items: z.array(Count) })),
      },
    },
    async (request) => ({ items: await counts(request.query) }),
  );

  for (const format of ['csv', 'ndjson'] as const) {
    app.get(
      `/quality.${format}`,
      { schema: { tags, summary: `台账全部 ${format} / the whole ledger`, querystring: Filter } },
      async (request, reply) => {
        const items = await counts(request.query);
        if (format === 'ndjson') return sendLines(reply, 'quality', each(items));
        const header = ['source', 'release', 'releasedOn', 'code', 'meaning', 'severity', 'count'];
        const rows = items.map((item) => [
          item.source,
          item.release,
          item.releasedOn,
          item.code,
          item.label.zh,
          item.severity,
          String(item.count),
        ]);
        return sendCsv(reply, 'quality', header, each(rows));
      },
    );
  }

  const importOf = async (release: string): Promise<number> => {
    const [row] = await sql<{ id: number }[]>`select id from import where release_id = ${release}`;
    if (!row) throw new AppError('release.not-found', `没有这个发布批次：${release}`, { release });
    return row.id;
  };
  const RowQuery = z.object({ release: z.string().max(300), code: optional(z.string().max(100)) });

  app.get(
    '/quality/rows',
    { schema: { tags, summary: '问题所在的行 / the rows behind a count', querystring: RowQuery.extend(Paging.shape) } },
    async (request) => {
      const { release, code = null, limit = DEFAULT_LIMIT, cursor } = request.query;
      if (cursor !== undefined && !/^\(\d+,\d+\)$/.test(cursor))
        throw new AppError('list.bad-cursor', '游标无效，请从第一页重新查询', {});
      const importId = await importOf(release);
      const [rows, total] = await Promise.all([
        qualityRows(sql, importId, { code, after: cursor ?? null, limit: limit + 1 }),
        countQualityRows(sql, importId, code),
      ]);
      const shown = rows.slice(0, limit);
      return {
        items: shown.map(toRow),
        next: rows.length > limit ? (shown.at(-1)?.place ?? null) : null,
        total: { value: total, relation: 'exact' },
      };
    },
  );

  async function* allRows(importId: number, code: string | null): AsyncGenerator<ReturnType<typeof toRow>> {
    let after: string | null = null;
    for (;;) {
      const rows: QualityPlaceRow[] = await qualityRows(sql, importId, { code, after, limit: ROWS_AT_ONCE });
      for (const row of rows) yield toRow(row);
      if (rows.length < ROWS_AT_ONCE) return;
      after = rows.at(-1)?.place ?? null;
    }
  }

  for (const format of ['csv', 'ndjson'] as const) {
    app.get(
      `/quality/rows.${format}`,
      { schema: { tags, summary: `问题行全部 ${format} / all rows`, querystring: RowQuery } },
      async (request, reply) => {
        const { release, code = null } = request.query;
        const rows = allRows(await importOf(release), code);
        const name = `quality-${release}`;
        return format === 'ndjson' ? sendLines(reply, name, rows) : sendCsv(reply, name, ROW_HEADER, rowCells(rows));
      },
    );
  }
}

const ROW_HEADER = [
  'source',
  'release',
  'code',
  'severity',
  'recordKey',
  'di',
  'field',
  'value',
  'reason',
  'part',
  'partNo',
  'at',
  'recordNo',
  'file',
];

async function* rowCells(rows: AsyncIterable<ReturnType<typeof toRow>>): AsyncGenerator<string[]> {
  for await (const row of rows) yield Object.values(row).map((value) => (value === null ? '' : String(value)));
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
