import { AppError } from '../../kernel/app-error.ts';
import { type Clock, today } from '../../kernel/clock.ts';
import { sendCsv, sendLines, sendWorkbook } from '../../platform/http/files.ts';
import { Flag, optional } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import { sendWord } from '../../platform/http/word.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import type { PolicyFilter, PolicySort } from './library.ts';
import { countPolicies, type ListPlace, listPolicies } from './lists.pg.ts';
import { filterOf, PolicyQuery, policyRow } from './routes.ts';
import { MOST_CANDIDATES, searchPolicies } from './search-policies.ts';
import { policyLibrary } from './store.pg.ts';
import { FACET_WORDS } from './words.ts';

type Row = ReturnType<typeof policyRow>;

/** Rows fetched at once. */
const BATCH = 1_000;
/** Rows of a Word file, which is made whole in memory. */
const MOST_WORD_ROWS = 3_000;

const word = (name: string, value: string | null) => (value === null ? '' : (FACET_WORDS[name]?.[value] ?? value));

const COLUMNS: readonly (readonly [title: string, cell: (row: Row) => string | number | null])[] = [
  ['标题 title', (row) => row.title],
  ['种类 kind', (row) => word('kind', row.kind)],
  ['文种 docType', (row) => row.docType],
  ['文号 number', (row) => row.number],
  ['发文机关 issuers', (row) => row.issuers.join('; ')],
  ['地域 region', (row) => row.region.primary],
  ['层级 level', (row) => word('level', row.region.level)],
  ['成文日期 issuedOn', (row) => row.issuedOn],
  ['发布日期 publishedOn', (row) => row.publishedOn],
  ['施行日期 effectiveOn', (row) => row.effectiveOn],
  ['效力 state', (row) => word('state', row.state)],
  ['语言 language', (row) => word('language', row.language)],
  ['篇数 acts', (row) => row.acts],
  ['链接 url', (row) => row.url],
  ['键 key', (row) => row.key],
  ['编号 id', (row) => row.id],
];
/** Columns of a page of paper. */
const WORD_COLUMNS = [0, 3, 4, 5, 7, 9, 10];

const cells = (row: Row): string[] => COLUMNS.map(([, cell]) => String(cell(row) ?? ''));

/** Whole results as files: the question of the screen, to the last row. */
export function policyExportRoutes(app: HttpServer, options: { readonly sql: Sql; readonly clock: Clock }): void {
  const { sql } = options;
  const library = policyLibrary(sql);

  for (const format of ['csv', 'xlsx', 'ndjson', 'docx'] as const)
    app.get(
      `/policies.${format}`,
      {
        schema: {
          tags: ['政策 Policies'],
          summary: `全部检索结果 ${format} / whole result set`,
          description: `有检索词时为参与排序的全部文件（至多 ${MOST_CANDIDATES} 件），响应头 x-total 为总数，x-total-relation 说明是否为估计。docx 至多 ${MOST_WORD_ROWS} 件。`,
          querystring: PolicyQuery.extend({ plain: optional(Flag).describe('供程序读取的 CSV / for programs') }),
        },
      },
      async (request, reply) => {
        const day = today(options.clock);
        const { q, sort = 'relevance' } = request.query;
        const filter = filterOf(request.query, day);
        const found = q ? await searchPolicies(library, q, { filter, offset: 0, limit: MOST_CANDIDATES, sort }) : null;
        const total = found?.total ?? { value: await countPolicies(sql, filter), relation: 'exact' as const };
        reply.header('x-total', String(total.value)).header('x-total-relation', total.relation);
        async function* rows(): AsyncGenerator<Row> {
          if (found) for (const { document } of found.hits) yield policyRow(document, day);
          else for await (const row of allListed(sql, filter, sort)) yield policyRow(row, day);
        }
        async function* lines(): AsyncGenerator<string[]> {
          for await (const row of rows()) yield cells(row);
        }
        const name = `policies-${day}`;
        const header = COLUMNS.map(([title]) => title);
        if (format === 'ndjson') return sendLines(reply, name, rows());
        if (format === 'csv') return sendCsv(reply, name, header, lines(), { plain: request.query.plain });
        if (format === 'xlsx') return sendWorkbook(reply, name, header, lines());
        const count = found?.hits.length ?? total.value;
        if (count > MOST_WORD_ROWS)
          throw new AppError(
            'policy.too-many',
            `a Word file holds at most ${MOST_WORD_ROWS} rows; the result has ${count}`,
          );
        const table: string[][] = [];
        for await (const line of lines()) table.push(WORD_COLUMNS.map((at) => line[at] ?? ''));
        const ranked = found && count < total.value ? `，相关度最高的 ${count} 件` : '';
        return sendWord(reply, name, {
          title: q ? `政策检索：${q}` : '政策清单',
          note: `截至 ${day}，共${total.relation === 'exact' ? '' : '约'} ${total.value} 件${ranked}。`,
          header: WORD_COLUMNS.map((at) => header[at] ?? ''),
          rows: table,
        });
      },
    );
}

async function* allListed(sql: Sql, filter: PolicyFilter, sort: PolicySort) {
  let place: ListPlace | null = null;
  for (;;) {
    const page = await listPolicies(sql, filter, sort, place, BATCH);
    yield* page.rows;
    if (!page.more || !page.last) return;
    place = page.last;
  }
}
