import { caseRoutes } from '../../domains/clocks/case-routes.ts';
import { clockRoutes } from '../../domains/clocks/routes.ts';
import { deviceRoutes } from '../../domains/devices/routes.ts';
import { deviceService } from '../../domains/devices/service.ts';
import { deviceStore } from '../../domains/devices/store.pg.ts';
import { dutyRoutes } from '../../domains/duties/routes.ts';
import { partyRoutes } from '../../domains/parties/routes.ts';
import { policyDeskRoutes } from '../../domains/policy/desk-routes.ts';
import { policyEventRoutes } from '../../domains/policy/event-routes.ts';
import { policyExportRoutes } from '../../domains/policy/export-routes.ts';
import { currentText } from '../../domains/policy/review/current-text.pg.ts';
import { policyReviewRoutes } from '../../domains/policy/review-routes.ts';
import { policyRoutes } from '../../domains/policy/routes.ts';
import { qualityRoutes } from '../../domains/quality/routes.ts';
import { recordRoutes } from '../../domains/records/routes.ts';
import { recalledSubjects } from '../../domains/records/store.pg.ts';
import { releaseRoutes } from '../../domains/releases/routes.ts';
import { readReadingOnly } from '../../domains/rulebook/index.ts';
import { rulebookRoutes } from '../../domains/rulebook/routes.ts';
import { readPolicy } from '../../domains/subscriptions/library.pg.ts';
import { subscriptionRoutes } from '../../domains/subscriptions/routes.ts';
import { watchRoutes } from '../../domains/watches/routes.ts';
import { localOperator } from '../../kernel/actor.ts';
import { type Clock, today } from '../../kernel/clock.ts';
import { docsPage } from '../../platform/http/docs-page.ts';
import { createHttpServer, type HttpOptions, type HttpServer } from '../../platform/http/server.ts';
import type { Store } from '../../platform/postgres/store.ts';
import { policyImportRoutes } from '../../processes/import-policies/routes.ts';
import { intakeRoutes } from '../../processes/intake/routes.ts';
import { intakeService } from '../../processes/intake/service.ts';
import { readingRoutes } from '../../processes/read-documents/routes.ts';
import { ruleDraftRoutes } from '../../processes/rule-drafts/routes.ts';
import { overlayFolder } from '../rules-at.ts';
import { sourceCatalogue } from '../source-catalogue.ts';
import { calendarRoutes } from './calendar-routes.ts';
import { type DeliverySettings, enterpriseProfile, NO_DELIVERY, policyDutiesOf } from './delivery.ts';
import { digitalLinkRoutes } from './digital-link.ts';
import { dossierRoutes } from './dossier-routes.ts';
import { dossiers } from './dossiers.ts';
import { exportRoutes } from './export-routes.ts';
import { healthRoutes } from './health.ts';
import { type LiveRulebook, liveRulebook } from './live-rulebook.ts';
import { printRoutes } from './print-routes.ts';
import { reckoner } from './reckoner.ts';
import { sourceRoutes } from './source-routes.ts';
import { serveWeb, webFolder } from './static-files.ts';
import { summaryRoutes } from './summary.ts';

export interface ServerOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly version: string;
  readonly log?: HttpOptions['log'];
  /** Requests a minute from one address; default 600,000. */
  readonly requestsPerMinute?: number;
  /** Folder of the built web application; found by itself unless given. */
  readonly web?: string | undefined;
  /** Folder that is watched for releases, shown with the imports. */
  readonly watch?: string | undefined;
  /** The rules in force; loaded from the program and the data folder unless given. */
  readonly rules?: LiveRulebook | undefined;
  /** Reckon open cases anew with every day and every change of the rules, as long as the server runs. */
  readonly keepReckoned?: boolean | undefined;
  /** Where messages of subscriptions go out; nowhere unless given. */
  readonly delivery?: DeliverySettings | undefined;
  /** Bytes of one uploaded file at most. */
  readonly uploadLimit?: number | undefined;
}

/** The whole server: API below /api/v1, Digital Link, documentation, web application. */
export async function createServer(options: ServerOptions): Promise<HttpServer> {
  const app = await createHttpServer({
    version: options.version,
    requestsPerMinute: options.requestsPerMinute ?? 600_000,
    bodyLimit: 2 * 2 ** 20,
    log: options.log,
  });
  const sql = options.store.appSql({ max: 12 });
  const catalogue = sourceCatalogue();
  const rules = options.rules ?? liveRulebook(overlayFolder(options.store.dataDir));
  const reckoning = reckoner({
    sql,
    rules,
    clock: options.clock,
    warn: (error) => app.log.warn({ err: error }, 'reckoning'),
  });
  if (options.keepReckoned) reckoning.start();
  app.addHook('onClose', () => reckoning.close());
  const devices = deviceService({
    store: deviceStore(sql, options.clock),
    clock: options.clock,
    catalogue,
    recalls: async (at) => {
      const subjects = await recalledSubjects(sql, at);
      return {
        devices: subjects.filter((s) => s.type === 'device').map((s) => s.key),
        certificates: subjects.filter((s) => s.type === 'certificate').map((s) => s.key),
      };
    },
  });
  await app.register(
    async (api) => {
      const server = api as unknown as HttpServer;
      healthRoutes(server, { sql, store: options.store, version: options.version, clock: options.clock });
      deviceRoutes(server, devices);
      exportRoutes(server, devices);
      const files = dossiers(sql, devices);
      dossierRoutes(server, { devices, dossiers: files });
      printRoutes(server, { devices, dossiers: files });
      partyRoutes(server, sql);
      recordRoutes(server, { sql, times: (request) => devices.readAt(request) });
      watchRoutes(server, sql);
      clockRoutes(server, { clock: options.clock, rulebook: () => rules.current() });
      caseRoutes(server, { sql, clock: options.clock, rulebook: () => rules.current() });
      readingRoutes(server);
      policyReviewRoutes(server, { sql, owner: () => options.store.ownerSql() });
      policyRoutes(server, { sql, clock: options.clock });
      policyEventRoutes(server, { sql });
      policyDeskRoutes(server, { sql, clock: options.clock });
      policyExportRoutes(server, { sql, clock: options.clock });
      policyImportRoutes(server, { sql: () => options.store.ownerSql() });
      ruleDraftRoutes(server, {
        sql,
        clock: options.clock,
        rules,
        textOf: currentText,
        accepted: async (cause, before) => {
          await reckoning.run(cause, localOperator.id, before);
        },
      });
      subscriptionRoutes(server, {
        sql,
        clock: options.clock,
        readPolicy,
        enterprise: enterpriseProfile,
        ...(options.delivery ?? NO_DELIVERY),
      });
      dutyRoutes(server, {
        sql,
        clock: options.clock,
        rulebook: () => rules.current(),
        policyDuties: policyDutiesOf(sql),
      });
      calendarRoutes(server, { sql, clock: options.clock, rules, reckoner: reckoning });
      rulebookRoutes(server, {
        rulebook: () => rules.current(),
        readingOnly: readReadingOnly(),
        today: () => today(options.clock),
      });
      releaseRoutes(server, { sql, catalogue });
      qualityRoutes(server, { sql, visible: async (request) => (await devices.readAt(request)).visible });
      sourceRoutes(server, sql);
      summaryRoutes(server, { sql, devices });
      await intakeRoutes(server, {
        intake: intakeService(options.store),
        sql: () => options.store.ownerSql(),
        dataDir: options.store.dataDir,
        uploadLimit: options.uploadLimit,
        watching: options.watch,
      });
    },
    { prefix: '/api/v1' },
  );
  digitalLinkRoutes(app, devices);
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  app.get('/api/docs', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(docsPage(app.swagger())),
  );
  await serveWeb(app, options.web ?? webFolder());
  return app;
}
