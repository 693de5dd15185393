import type { ReadAtRequest } from '../../domains/devices/read-at.ts';
import { DeviceFilters, DeviceListQuery, filtersOf } from '../../domains/devices/routes.ts';
import type { DeviceService } from '../../domains/devices/service.ts';
import type { DeviceHit, DeviceQuery, DeviceSort } from '../../domains/devices/types.ts';
import { sendCsv, sendLines, sendWorkbook } from '../../platform/http/files.ts';
import { Flag, optional } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';

/** Rows fetched at once: the list is walked by the same cursor as the pages on screen. */
const BATCH = 5000;

const COLUMNS: readonly (readonly [title: string, cell: (hit: DeviceHit) => string | number | boolean | null])[] = [
  ['数据来源 source', (hit) => hit.source],
  ['记录主键 recordKey', (hit) => hit.recordKey],
  ['产品标识 di', (hit) => hit.di],
  ['发码机构 agency', (hit) => hit.agency],
  ['产品名称 name', (hit) => hit.name],
  ['商品名称 brand', (hit) => hit.brand],
  ['规格型号 model', (hit) => hit.model],
  ['货号 catalogNo', (hit) => hit.catalogNo],
  ['注册人 holder', (hit) => hit.holder],
  ['注册人键 holderKey', (hit) => hit.holderKey],
  ['注册证 certificates', (hit) => hit.certificates.join('; ')],
  ['分类编码 classCode', (hit) => hit.classCode],
  ['类别 category', (hit) => hit.category],
  ['管理类别 riskClass', (hit) => hit.riskClass],
  ['状态 status', (hit) => hit.status],
  ['退市日期 withdrawnOn', (hit) => hit.withdrawnOn],
  ['发布日期 publishedOn', (hit) => hit.publishedOn],
  ['版本 versionNo', (hit) => hit.versionNo],
  ['有效起始 validFrom', (hit) => hit.validFrom],
  ['演示数据 demo', (hit) => hit.demo],
];

/** Every device of a question in the order of the pages. */
export async function* allDevices(
  devices: DeviceService,
  query: DeviceQuery,
  sort: DeviceSort,
  times: ReadAtRequest,
): AsyncGenerator<DeviceHit> {
  const fetch = (cursor?: string) => devices.search({ query, sort, limit: BATCH, cursor, totalWithin: 0 }, times);
  let coming: ReturnType<typeof fetch> | undefined = fetch();
  while (coming) {
    const page: Awaited<ReturnType<typeof fetch>> = await coming;
    // the database reads the next rows while these are written
    coming = page.next === null ? undefined : fetch(page.next);
    // whoever stops reading never learns of its failure
    coming?.catch(() => undefined);
    for (const { highlight: _highlight, ...hit } of page.items) yield hit;
  }
}

async function* cells(hits: AsyncIterable<DeviceHit>): AsyncGenerator<string[]> {
  for await (const hit of hits) {
    yield COLUMNS.map(([, cell]) => {
      const value = cell(hit);
      return value === null ? '' : String(value);
    });
  }
}

/** Whole result sets as files: the question of the screen, to the last row. */
export function exportRoutes(app: HttpServer, devices: DeviceService): void {
  const query = DeviceFilters.extend({
    sort: DeviceListQuery.shape.sort,
    plain: optional(Flag).describe(
      'true：供程序读取，代码前不加制表符、无 BOM / for programs: no tab before codes, no BOM',
    ),
  });
  for (const format of ['csv', 'xlsx', 'ndjson'] as const) {
    app.get(
      `/devices.${format}`,
      {
        schema: {
          tags: ['器械 Devices'],
          summary: `全部检索结果 ${format} / whole result set`,
          querystring: query,
        },
      },
      async (request, reply) => {
        const { sort } = request.query;
        // refuses wrong dates before the first byte is sent
        const at = await devices.readAt(request.query);
        const hits = allDevices(devices, filtersOf(request.query), (sort ?? 'relevance') as DeviceSort, at);
        const name = `devices-${at.asOf}`;
        const header = COLUMNS.map(([title]) => title);
        if (format === 'ndjson') return sendLines(reply, name, hits);
        return format === 'csv'
          ? sendCsv(reply, name, header, cells(hits), { plain: request.query.plain })
          : sendWorkbook(reply, name, header, cells(hits));
      },
    );
  }
}
