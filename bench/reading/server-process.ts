/** Serves until its standard input ends: the API as the product serves it, or bare Fastify routes over the same queries. */
import Fastify from 'fastify';
import { createServer } from '../../src/app/server/server.ts';
import { rowsOfFamilies } from '../../src/domains/certificates/store.pg.ts';
import { findDetails, findVersions } from '../../src/domains/devices/dossier-store.pg.ts';
import { findByIdentifiers } from '../../src/domains/devices/lookup-store.pg.ts';
import { resolveReadAt } from '../../src/domains/devices/visibility-store.pg.ts';
import { findParty } from '../../src/domains/parties/store.pg.ts';
import { recordsAbout } from '../../src/domains/records/store.pg.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { openStore, storeOptionsFrom } from '../../src/platform/postgres/store.ts';

const store = await openStore({ ...storeOptionsFrom(process.env), role: 'client' });

/** Connections of both servers. */
const CONNECTIONS = 12;

async function bare() {
  const sql = store.appSql({ max: CONNECTIONS });
  const at = await resolveReadAt(sql, {}, systemClock);
  const app = Fastify();
  app.get<{ Querystring: { code: string } }>('/lookup', async (request) =>
    findByIdentifiers(sql, at, [request.query.code]),
  );
  app.get<{ Params: { source: string; recordKey: string } }>(
    '/dossiers/devices/:source/:recordKey',
    async ({ params }) => {
      const versions = await findVersions(sql, at, params);
      const [shown] = versions;
      if (!shown) return versions;
      const record = { shelf: shown.shelf, recordKey: shown.record_key, versionId: shown.version_id };
      const rest = await Promise.all([
        findDetails(sql, at, record),
        rowsOfFamilies(sql, at.visible, shown.certificates),
        shown.holder_key === null ? undefined : findParty(sql, shown.holder_key),
        recordsAbout(sql, at, [{ type: 'device', key: `${shown.source}/${shown.record_key}` }], 200),
      ]);
      return [versions, ...rest];
    },
  );
  return app;
}

const app =
  process.argv[2] === 'bare' ? await bare() : await createServer({ store, clock: systemClock, version: 'bench' });
const address = await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`port ${new URL(address).port}\n`);
process.stdin.resume().once('end', async () => {
  await app.close();
  await store.close();
  process.exit(0);
});
