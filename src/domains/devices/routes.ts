import { z } from 'zod';
import { answers, DEFAULT_LIMIT, Flag, optional, Paging, Times } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { DeviceService } from './service.ts';
import { DEVICE_STATUSES, DeviceHit, type DeviceQuery, Lookup, SORTS, Total } from './types.ts';

const text = (most: number) => optional(z.string().max(most));

/** Filters of screen, API and file. */
export const DeviceFilters = Times.extend({
  q: text(500).describe('任意文字：名称、型号、注册人、描述、证号、拼音'),
  class: text(20).describe('分类编码或其开头，如 03-13-06 或 03'),
  category: text(100),
  holder: text(200).describe('注册人键（holderKey）'),
  source: text(40),
  status: optional(z.enum(DEVICE_STATUSES)),
  hasRecall: optional(Flag),
  certificate: text(200),
  risk: text(20),
  origin: text(40),
  releasedFrom: optional(z.iso.date()),
  releasedTo: optional(z.iso.date()),
});

export const DeviceListQuery = DeviceFilters.extend(Paging.shape).extend({ sort: optional(z.enum(SORTS)) });

/** The filters alone, without times, paging and order. */
export function filtersOf(query: z.infer<typeof DeviceFilters>): DeviceQuery {
  return {
    q: query.q?.trim() || undefined,
    class: query.class,
    category: query.category,
    holder: query.holder,
    source: query.source,
    status: query.status,
    hasRecall: query.hasRecall,
    certificate: query.certificate,
    risk: query.risk,
    origin: query.origin,
    releasedFrom: query.releasedFrom,
    releasedTo: query.releasedTo,
  };
}

const DeviceList = z.object({
  items: z.array(DeviceHit),
  next: z.string().nullable(),
  total: Total,
  asOf: z.string(),
  knownAt: z.string(),
  instead: z
    .union([z.literal('near'), z.array(z.string())])
    .nullable()
    .describe('原查询无结果时改查的内容：near = 容一个错字，否则为相近名称'),
  didYouMean: z.array(z.string()),
});

const FacetList = z.object({
  total: Total,
  facets: z.array(
    z.object({
      name: z.string(),
      buckets: z.array(
        z.object({ value: z.string(), label: z.string(), count: z.number(), relation: z.enum(['exact', 'estimate']) }),
      ),
    }),
  ),
});

const SuggestionList = z.object({
  items: z.array(
    z.object({
      kind: z.enum(['device', 'certificate', 'party', 'name', 'code']),
      label: z.string(),
      detail: z.string().nullable(),
      href: z.string(),
    }),
  ),
});

/** Codes in one request at most. */
const MOST_CODES = 10_000;
/** Codes answered with one set of statements. */
const CODES_AT_ONCE = 1000;
/**
 * Milliseconds from the question until the exact total of a first page is given up; facets and totals load beside it with
 * more.
 */
const TOTAL_WITHIN = 40;

/** Search, facets, suggestions and look-up of devices. */
export function deviceRoutes(app: HttpServer, devices: DeviceService): void {
  const tags = ['器械 Devices'];

  app.get(
    '/devices',
    {
      schema: {
        tags,
        summary: '检索器械 / search devices',
        querystring: DeviceListQuery,
        response: answers(DeviceList),
      },
    },
    async (request) => {
      const { query } = request;
      const answer = await devices.search(
        {
          query: filtersOf(query),
          sort: query.sort ?? 'relevance',
          limit: query.limit ?? DEFAULT_LIMIT,
          cursor: query.cursor,
          totalWithin: TOTAL_WITHIN,
        },
        query,
      );
      const meant = answer.instead !== null && answer.instead !== 'near' ? [...answer.instead] : [];
      const didYouMean =
        query.q && query.cursor === undefined && (answer.instead === 'near' || answer.items.length === 0)
          ? await devices.didYouMean(query.q)
          : meant;
      const instead = answer.instead === 'near' ? ('near' as const) : meant.length ? meant : null;
      return { ...answer, instead, didYouMean };
    },
  );

  app.get(
    '/devices/facets',
    {
      schema: {
        tags,
        summary: '检索结果的分面与总数 / facets and total',
        querystring: DeviceFilters,
        response: answers(FacetList),
      },
    },
    async (request) => devices.facets(filtersOf(request.query), request.query),
  );

  app.get(
    '/search/suggest',
    {
      schema: {
        tags,
        summary: '输入提示 / suggestions while typing',
        querystring: Times.extend({ q: z.string().max(500) }),
        response: answers(SuggestionList),
      },
    },
    async (request) => ({ items: await devices.suggest(request.query.q, request.query) }),
  );

  app.get(
    '/lookup',
    {
      schema: {
        tags,
        summary: '查一个代码 / what one code is',
        querystring: Times.extend({ code: z.string().max(4000) }),
        response: answers(Lookup),
      },
    },
    async (request, reply) => {
      reply.type('application/json; charset=utf-8');
      return devices.lookUpOne(request.query.code, request.query);
    },
  );

  app.post(
    '/lookup',
    {
      config: { readOnly: true },
      bodyLimit: 20 * 2 ** 20,
      schema: {
        tags,
        summary: '批量查代码，最多一万个 / up to ten thousand codes',
        querystring: Times,
        body: z.object({ codes: z.array(z.string().max(4000)).max(MOST_CODES) }),
        response: answers(z.object({ items: z.array(Lookup) })),
      },
    },
    async (request) => {
      const at = await devices.readAt(request.query);
      const { codes } = request.body;
      const items: Lookup[] = [];
      for (let from = 0; from < codes.length; from += CODES_AT_ONCE) {
        items.push(...(await devices.lookUp(at, codes.slice(from, from + CODES_AT_ONCE))));
      }
      return { items };
    },
  );
}
