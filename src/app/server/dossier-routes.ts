import { z } from 'zod';
import type { DeviceService } from '../../domains/devices/service.ts';
import {
  DeviceHit,
  DossierIdentifier,
  DossierProblem,
  DossierValue,
  DossierVersion,
  SourceRef,
} from '../../domains/devices/types.ts';
import { answers, Times } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';

const DeviceDossier = z.object({
  device: DeviceHit,
  sources: z.array(SourceRef),
  values: z.array(DossierValue),
  identifiers: z.array(DossierIdentifier),
  versions: z.array(DossierVersion),
  problems: z.array(DossierProblem),
  presence: z.array(z.object({ onDate: z.string(), present: z.boolean(), src: z.number() })),
  certificates: z.array(z.unknown()),
  holder: z.unknown(),
  agents: z.array(z.unknown()),
  records: z.array(z.unknown()),
  asOf: z.string(),
  knownAt: z.string(),
  note: z.object({ code: z.string(), zh: z.string(), en: z.string() }).optional(),
});

const DeviceKey = z.object({ source: z.string().max(60), recordKey: z.string().max(500) });

/** Dossiers put together from several domains. */
export function dossierRoutes(app: HttpServer, options: { readonly devices: DeviceService }): void {
  const { devices } = options;
  app.get(
    '/dossiers/devices/:source/:recordKey',
    {
      schema: {
        tags: ['档案 Dossiers'],
        summary: '器械档案 / dossier of a device',
        params: DeviceKey,
        querystring: Times,
        response: answers(DeviceDossier),
      },
    },
    async (request) => {
      const at = await devices.readAt(request.query);
      const { list: _list, version: _version, ...file } = await devices.file(at, request.params);
      const holder = file.device.holder === null ? null : { key: file.device.holderKey, name: file.device.holder };
      return { ...file, certificates: [], holder, agents: [], records: [] };
    },
  );
}
