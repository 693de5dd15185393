import type { Clock } from '../../kernel/clock.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import * as dossiers from './dossier-store.pg.ts';
import * as facets from './facet-store.pg.ts';
import * as lookups from './lookup-store.pg.ts';
import type { ReadAt } from './read-at.ts';
import * as searches from './search-store.pg.ts';
import { spokenForm } from './spoken-form.ts';
import type { DeviceStore } from './store.ts';
import * as terms from './term-store.pg.ts';
import { resolveReadAt } from './visibility-store.pg.ts';

/**
 * Resolves "today and now" once for all requests that wait for it: one statement under way, one behind it. Whoever asks
 * gets an answer of a statement sent after it asked, so nothing older than the question is ever read.
 */
function sharedNow(resolve: () => Promise<ReadAt>): () => Promise<ReadAt> {
  let underWay: Promise<ReadAt> | undefined;
  let behind: Promise<ReadAt> | undefined;
  const send = (): Promise<ReadAt> => {
    const sent = resolve().finally(() => {
      if (underWay === sent) underWay = undefined;
    });
    underWay = sent;
    return sent;
  };
  return () => {
    if (!underWay) return send();
    behind ??= underWay
      .catch(() => undefined)
      .then(() => {
        behind = undefined;
        return send();
      });
    return behind;
  };
}

/** Reads of the device register in PostgreSQL. */
export function deviceStore(sql: Sql, clock: Clock): DeviceStore {
  const now = sharedNow(() => resolveReadAt(sql, {}, clock));
  return {
    readAt: (request) =>
      request.asOf === undefined && request.knownAt === undefined ? now() : resolveReadAt(sql, request, clock),
    findByIdentifiers: (at, keys) => lookups.findByIdentifiers(sql, at, keys),
    findByIdentifiersNow: (asOf, keys) => lookups.findByIdentifiersNow(sql, asOf, keys),
    findNamed: (at, by, request) => lookups.findNamed(sql, at, by, request),
    rank: (plan, request) => searches.rank(sql, plan, request),
    expectedProducts: (plan) => searches.expectedProducts(sql, plan),
    allProducts: (plan) => searches.allProducts(sql, plan),
    devicesOf: (at, plan, request) => searches.devicesOf(sql, at, plan, request),
    devicesByCode: (at, plan, request) => searches.devicesByCode(sql, at, plan, request),
    devicesSorted: (at, plan, request) => searches.devicesSorted(sql, at, plan, request),
    countExactly: (at, plan, milliseconds) => searches.countExactly(sql, at, plan, milliseconds),
    facets: (at, plan, milliseconds) => facets.facets(sql, at, plan, milliseconds),
    classExamples: (codes) => facets.classExamples(sql, codes),
    findVersions: (at, key) => dossiers.findVersions(sql, at, key),
    findDetails: (at, version) => dossiers.findDetails(sql, at, version),
    findPresence: (at, record) => dossiers.findPresence(sql, at, record),
    findReleases: (imports) => dossiers.findReleases(sql, imports),
    beginningTerms: (text, limit) => terms.beginningTerms(sql, text, spokenForm(text), limit),
    similarTerms: (text, limit) => terms.similarTerms(sql, text, spokenForm(text), limit),
  };
}
