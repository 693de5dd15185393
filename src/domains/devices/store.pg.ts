import type { Clock } from '../../kernel/clock.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import * as dossiers from './dossier-store.pg.ts';
import * as facets from './facet-store.pg.ts';
import * as lookups from './lookup-store.pg.ts';
import * as searches from './search-store.pg.ts';
import { spokenForm } from './spoken-form.ts';
import type { DeviceStore } from './store.ts';
import * as terms from './term-store.pg.ts';
import { resolveReadAt } from './visibility-store.pg.ts';

/** Reads of the device register in PostgreSQL. */
export function deviceStore(sql: Sql, clock: Clock): DeviceStore {
  return {
    readAt: (request) => resolveReadAt(sql, request, clock),
    findByIdentifiers: (at, keys) => lookups.findByIdentifiers(sql, at, keys),
    findNamed: (at, by, request) => lookups.findNamed(sql, at, by, request),
    rank: (plan, request) => searches.rank(sql, plan, request),
    expectedProducts: (plan) => searches.expectedProducts(sql, plan),
    allProducts: (plan) => searches.allProducts(sql, plan),
    devicesOf: (at, plan, request) => searches.devicesOf(sql, at, plan, request),
    devicesByCode: (at, plan, request) => searches.devicesByCode(sql, at, plan, request),
    devicesSorted: (at, plan, request) => searches.devicesSorted(sql, at, plan, request),
    countExactly: (at, plan, milliseconds) => searches.countExactly(sql, at, plan, milliseconds),
    facets: (at, plan, milliseconds) => facets.facets(sql, at, plan, milliseconds),
    findVersions: (at, key) => dossiers.findVersions(sql, at, key),
    findIdentifiers: (shelf, versions) => dossiers.findIdentifiers(sql, shelf, versions),
    findProblems: (at, record) => dossiers.findProblems(sql, at, record),
    findPresence: (at, record) => dossiers.findPresence(sql, at, record),
    findReleases: (imports) => dossiers.findReleases(sql, imports),
    beginningTerms: (text, limit) => terms.beginningTerms(sql, text, spokenForm(text), limit),
    similarTerms: (text, limit) => terms.similarTerms(sql, text, spokenForm(text), limit),
  };
}
