import { z } from 'zod';
import { CertificateStatus } from '../../domains/certificates/types.ts';
import type { DeviceService } from '../../domains/devices/service.ts';
import {
  DeviceHit,
  DossierIdentifier,
  DossierProblem,
  DossierValue,
  DossierVersion,
  SourceRef,
} from '../../domains/devices/types.ts';
import { RecordItem } from '../../domains/records/types.ts';
import { answers, DEFAULT_LIMIT, Paging, Times } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import { compareVersions } from './compare.ts';
import type { Dossiers } from './dossiers.ts';

const Words = z.object({ zh: z.string(), en: z.string() });
const CertificateSummary = z.object({
  number: z.string(),
  status: CertificateStatus,
  productName: z.string().nullable(),
  issuedOn: z.string().nullable(),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
  holder: z.string().nullable(),
  src: z.number().optional(),
});

const DeviceDossier = z.object({
  device: DeviceHit,
  sources: z.array(SourceRef),
  values: z.array(DossierValue),
  identifiers: z.array(DossierIdentifier),
  versions: z.array(DossierVersion),
  problems: z.array(DossierProblem.extend({ label: Words })),
  presence: z.array(z.object({ onDate: z.string(), present: z.boolean(), src: z.number() })),
  certificates: z.array(CertificateSummary),
  holder: z.unknown(),
  agents: z.array(z.unknown()),
  records: z.array(RecordItem),
  asOf: z.string(),
  knownAt: z.string(),
  note: Words.extend({ code: z.string() }).optional(),
});

const DeviceKey = z.object({ source: z.string().max(60), recordKey: z.string().max(500) });

/** Dossiers put together from several domains. */
export function dossierRoutes(
  app: HttpServer,
  options: { readonly devices: DeviceService; readonly dossiers: Dossiers },
): void {
  const { devices, dossiers } = options;
  const tags = ['档案 Dossiers'];

  app.get(
    '/dossiers/devices/:source/:recordKey',
    {
      schema: {
        tags,
        summary: '器械档案 / dossier of a device',
        params: DeviceKey,
        querystring: Times,
        response: answers(DeviceDossier),
      },
    },
    // parts that other domains define are held against their schema by tests
    async (request) => (await dossiers.device(await devices.readAt(request.query), request.params)) as never,
  );

  app.get(
    '/dossiers/devices/:source/:recordKey/compare',
    {
      schema: {
        tags,
        summary: '比较两个版本 / compare two versions; from and to: version id, or asOf:knownAt',
        params: DeviceKey,
        querystring: Times.extend({ from: z.string().max(100), to: z.string().max(100) }),
        response: answers(
          z.object({
            fields: z.array(z.object({ tag: z.string(), label: Words, from: z.unknown(), to: z.unknown() })),
          }),
        ),
      },
    },
    async (request) => compareVersions(devices, request.params, request.query),
  );

  app.get(
    '/dossiers/certificates/:number',
    {
      schema: {
        tags,
        summary: '注册证、备案档案 / dossier of a certificate',
        params: z.object({ number: z.string().max(300) }),
        querystring: Times,
      },
    },
    async (request) => dossiers.certificate(await devices.readAt(request.query), request.params.number),
  );

  app.get(
    '/dossiers/certificates/:number/devices',
    {
      schema: {
        tags,
        summary: '该证下的器械 / devices under a certificate',
        params: z.object({ number: z.string().max(300) }),
        querystring: Times.extend(Paging.shape),
      },
    },
    async (request) =>
      devices.search(
        {
          query: { certificate: request.params.number },
          sort: 'relevance',
          limit: request.query.limit ?? DEFAULT_LIMIT,
          cursor: request.query.cursor,
          totalWithin: 800,
        },
        request.query,
      ),
  );

  app.get(
    '/parties/:key',
    {
      schema: {
        tags: ['企业 Parties'],
        summary: '企业档案 / file of a party',
        params: z.object({ key: z.string().max(600) }),
        querystring: Times,
      },
    },
    async (request) => dossiers.party(await devices.readAt(request.query), request.params.key),
  );
}
