import { z } from 'zod';
import type { DeviceService } from '../../domains/devices/service.ts';
import type { NestedValue, SourceRef } from '../../domains/devices/types.ts';
import { Times } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Dossiers } from './dossiers.ts';
import { type PrintBlock, printSheet } from './print.ts';

const SECTIONS: readonly (readonly [section: string, title: string])[] = [
  ['identity', '标识 Identity'],
  ['product', '产品 Product'],
  ['holder', '注册人 Holder'],
  ['certificate', '注册与备案 Certificate'],
  ['class', '分类 Classification'],
  ['use', '使用 Use'],
  ['storage', '储存与操作 Storage'],
  ['packaging', '包装 Packaging'],
  ['production', '生产标识 Production identifiers'],
  ['record', '记录 Record'],
];

function plain(value: NestedValue | unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(plain).join('；');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, inner]) => `${key}: ${plain(inner)}`)
      .join('，');
  return value === null || value === undefined ? '' : String(value);
}

function sourceLine(ref: SourceRef): string {
  const place = [
    ref.file,
    ref.part,
    ref.recordNo === null ? null : `第 ${ref.recordNo} 条`,
    ref.at === null ? null : `字节 ${ref.at}`,
  ];
  return [
    ref.sourceTitle.zh,
    ref.releaseName,
    `发布 ${ref.releasedOn}`,
    `收录 ${ref.recordedAt.slice(0, 19)}Z`,
    place.filter(Boolean).join(' › '),
    ref.sha256 ? `SHA-256 ${ref.sha256.slice(0, 16)}…` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function sections(
  values: readonly { section: string; label: { zh: string }; value: unknown; src: number }[],
): PrintBlock[] {
  return SECTIONS.flatMap(([section, title]) => {
    const facts = values
      .filter((value) => value.section === section)
      .map((value) => [value.label.zh, plain(value.value), value.src] as const);
    return facts.length ? [{ title, facts }] : [];
  });
}

const times = (at: { asOf: string; knownAt: string }): string =>
  `械档 Xiedang · ${at.asOf} 有效 · ${at.knownAt.slice(0, 19)}Z 已知`;

/** Dossiers as PDF, for the printer. */
export function printRoutes(
  app: HttpServer,
  options: { readonly devices: DeviceService; readonly dossiers: Dossiers },
): void {
  const { devices, dossiers } = options;
  const tags = ['档案 Dossiers'];

  app.get(
    '/dossiers/devices/:source/:recordKey/print.pdf',
    {
      schema: {
        tags,
        summary: '器械档案 PDF / printed dossier',
        params: z.object({ source: z.string().max(60), recordKey: z.string().max(500) }),
        querystring: Times,
      },
    },
    async (request, reply) => {
      const file = await dossiers.device(await devices.readAt(request.query), request.params);
      const { device } = file;
      const blocks: PrintBlock[] = [
        ...sections(file.values),
        {
          title: '全部标识与包装 Identifiers',
          columns: ['标识', '层级', '包装级别', '含下一级', '使用单元'],
          rows: file.identifiers.map((i) => [
            i.di,
            i.level,
            i.packLevel ?? '',
            i.quantity === null ? '' : `${i.quantity} × ${i.contains ?? ''}`,
            i.unitsOfUse === null ? '—' : String(i.unitsOfUse),
          ]),
        },
        {
          title: '版本 Versions',
          columns: ['版本', '更正', '有效起始', '发布批次', '状态'],
          rows: file.versions.map((v) => [
            String(v.versionNo),
            String(v.correctionNo),
            v.validFrom,
            v.releaseId,
            v.status,
          ]),
        },
        ...(file.certificates.length
          ? [
              {
                title: '注册证 Certificates',
                columns: ['编号', '状态', '理由'],
                rows: file.certificates.map((c) => [c.number, c.status.outcome, c.status.reason.zh]),
              },
            ]
          : []),
        ...(file.records.length
          ? [
              {
                title: '记录 Records',
                columns: ['日期', '种类', '内容'],
                rows: file.records.map((r) => [r.occurredOn, r.label.zh, plain(r.body)]),
              },
            ]
          : []),
        ...(file.problems.length
          ? [
              {
                title: '质量问题 Problems',
                columns: ['代码', '字段', '取值', '说明'],
                rows: file.problems.map((p) => [p.code, p.field ?? '', p.value ?? '', p.reason ?? '']),
              },
            ]
          : []),
      ];
      const stream = printSheet({
        title: device.name ?? device.brand ?? device.recordKey,
        subtitle: [device.model, device.di, device.holder].filter(Boolean).join(' · '),
        stamp: device.status === 'valid' ? '在市 On the market' : `已退市 ${device.withdrawnOn ?? ''}`,
        times: times(file),
        demo: device.demo,
        blocks,
        sources: file.sources.map(sourceLine),
      });
      reply.header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(`${device.recordKey}.pdf`)}`);
      return reply.type('application/pdf').send(stream);
    },
  );

  app.get(
    '/dossiers/certificates/:number/print.pdf',
    {
      schema: {
        tags,
        summary: '注册证档案 PDF / printed dossier',
        params: z.object({ number: z.string().max(300) }),
        querystring: Times,
      },
    },
    async (request, reply) => {
      const file = await dossiers.certificate(await devices.readAt(request.query), request.params.number);
      const stream = printSheet({
        title: file.number,
        subtitle: [file.products[0]?.name, file.holder?.name].filter(Boolean).join(' · '),
        stamp: file.status.outcome,
        times: times(file),
        demo: false,
        blocks: [
          {
            title: '状态 Status',
            facts: [
              ['结论', file.status.outcome],
              ['理由', file.status.reason.zh],
            ],
          },
          ...sections(file.values),
          {
            title: '历史 History',
            columns: ['编号', '批准日期', '有效期至', '来源所载状态'],
            rows: file.history.map((h) => [h.number, h.on ?? '', h.validTo ?? '', h.statusText ?? '']),
          },
          {
            title: `产品与器械 Products (${file.devices.count.value})`,
            columns: ['产品', '商品名', '器械数'],
            rows: file.products.map((p) => [p.name ?? '', p.brand ?? '', String(p.devices)]),
          },
        ],
        sources: file.sources.map(sourceLine),
      });
      return reply.type('application/pdf').send(stream);
    },
  );
}
