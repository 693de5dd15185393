import { createHash } from 'node:crypto';
import { diKey } from '../../src/domains/devices/di-key.ts';
import { type ProductFields, productId } from '../../src/domains/devices/product.ts';
import { searchVector } from '../../src/domains/devices/search-text.ts';
import { AGENCIES, IDENTIFIER_LEVELS, type IdentifierLevel } from '../../src/domains/devices/source-record.ts';
import { spokenForm } from '../../src/domains/devices/spoken-form.ts';
import type { Sql } from '../../src/platform/postgres/connections.ts';

const SHELVES: Readonly<Record<string, number>> = { 'nmpa-udid': 1, gudid: 2, eudamed: 3 };

const EMPTY_PRODUCT: ProductFields = {
  name: null,
  brand: null,
  description: null,
  holderName: null,
  holderNameAlt: null,
  holderCode: null,
  certificateText: null,
  classCode: null,
  classCodeOld: null,
  category: null,
  kind: null,
};

export interface FixtureIdentifier {
  readonly level: Exclude<IdentifierLevel, 'base'>;
  readonly di: string;
  readonly contains?: string;
  readonly quantity?: number;
  readonly packLevel?: string;
}

export interface FixtureDevice {
  readonly recordKey: string;
  readonly di: string;
  readonly agency?: (typeof AGENCIES)[number];
  readonly versionNo?: number;
  readonly validFrom?: string;
  readonly publishedOn?: string;
  readonly withdrawnOn?: string;
  readonly model?: string;
  readonly catalogNo?: string;
  readonly product?: Partial<ProductFields>;
  readonly classKey?: string;
  readonly riskClass?: string;
  readonly origin?: string;
  readonly certificates?: readonly string[];
  readonly identifiers?: readonly FixtureIdentifier[];
  /** Packed payload as the source packs it. */
  readonly payload?: string;
}

export interface FixtureRelease {
  readonly id: number;
  readonly releaseId: string;
}

/** Arranges rows of the device register as an import leaves them, for tests of reads. The owner's pool writes. */
export class RegisterFixture {
  readonly #sql: Sql;
  #next = 1;

  constructor(owner: Sql) {
    this.#sql = owner;
  }

  /** One published release with its devices. `publishedAt` null = still running. */
  async release(
    release: {
      readonly source: string;
      readonly releasedOn: string;
      readonly publishedAt?: string | null;
      readonly revokedAt?: string;
      readonly shelf?: number;
      readonly mode?: 'full' | 'update';
    },
    devices: readonly FixtureDevice[],
  ): Promise<FixtureRelease> {
    const sql = this.#sql;
    const shelf = release.shelf ?? SHELVES[release.source] ?? 1;
    await sql`insert into source (id, shelf, title_zh, title_en, publisher, licence)
      values (${release.source}, ${SHELVES[release.source] ?? shelf}, ${release.source}, ${release.source}, 'test', 'test')
      on conflict do nothing`;
    const releaseId = `${release.source}-${release.releasedOn}-${this.#next++}`;
    const publishedAt = release.publishedAt === undefined ? `${release.releasedOn}T20:00:00Z` : release.publishedAt;
    const [row] = await sql<{ id: number }[]>`
      insert into import (release_id, source, shelf, mode, release_name, released_on, content_hash, state,
        published_at, revoked_at, actor)
      values (${releaseId}, ${release.source}, ${shelf}, ${release.mode ?? 'update'}, ${releaseId},
        ${release.releasedOn}, ${releaseId}, ${publishedAt === null ? 'running' : release.revokedAt ? 'revoked' : 'published'},
        ${publishedAt}, ${release.revokedAt ?? null}, 'test') returning id`;
    const id = row?.id ?? 0;
    await sql`insert into import_file (import_id, file_no, name, path, bytes, sha256)
      values (${id}, 1, ${`${releaseId}.xml`}, '/nowhere', 1, ${createHash('sha256').update(releaseId).digest('hex')})`;
    await sql`insert into import_part (import_id, part_no, file_no, path, done) values (${id}, 1, 1, 'part.xml', true)`;
    for (const device of devices) await this.#device(id, shelf, release, device);
    return { id, releaseId };
  }

  async #device(
    importId: number,
    shelf: number,
    release: { readonly source: string; readonly releasedOn: string },
    device: FixtureDevice,
  ): Promise<void> {
    const sql = this.#sql;
    const product = { ...EMPTY_PRODUCT, ...device.product };
    const pid = productId(release.source, product).toString();
    const certificates = device.certificates ?? (product.certificateText === null ? [] : [product.certificateText]);
    const search = searchVector([
      [product.name, 'A'],
      [product.brand, 'A'],
      [product.description, 'D'],
      [product.holderName, 'B'],
      [product.holderNameAlt, 'B'],
      [product.holderCode, 'C'],
      [product.certificateText, 'C'],
      [product.classCode, 'C'],
    ]);
    await sql`insert into product (id, shelf, source, name, brand, description, holder_name, holder_name_alt, holder_code,
        certificate_text, class_code, class_code_old, category, kind, class_key, risk_class, origin, holder_key,
        certificates, search)
      values (${pid}::text::bigint, ${shelf}, ${release.source}, ${product.name}, ${product.brand}, ${product.description},
        ${product.holderName}, ${product.holderNameAlt}, ${product.holderCode}, ${product.certificateText},
        ${product.classCode}, ${product.classCodeOld}, ${product.category}, ${product.kind},
        ${device.classKey ?? product.classCode}, ${device.riskClass ?? null}, ${device.origin ?? null},
        ${product.holderCode === null ? (product.holderName === null ? null : `name:${product.holderName}`) : `uscc:${product.holderCode}`}, ${certificates as string[]}, ${search}::text::tsvector)
      on conflict do nothing`;
    const version = String(this.#next++);
    const agency = AGENCIES.indexOf(device.agency ?? 'GS1');
    const { key } = diKey(agency, device.di);
    const hash = createHash('md5')
      .update(JSON.stringify({ ...device, validFrom: undefined }))
      .digest('hex');
    await sql`insert into device_version (id, product_id, position_at, version_at, correction_at, import_id, part_no,
        position_length, record_no, version_no, correction_no, released_on, valid_from, published_on, withdrawn_on,
        shelf, agency, alone, content_hash, record_key, di_key, di, model, catalog_no, payload)
      values (${version}::text::bigint, ${pid}::text::bigint, ${Number(version) * 100}, ${device.validFrom ?? release.releasedOn}, '-infinity',
        ${importId}, 1, 90, ${Number(version)}, ${device.versionNo ?? 1}, 0, ${release.releasedOn},
        ${device.validFrom ?? release.releasedOn}, ${device.publishedOn ?? null}, ${device.withdrawnOn ?? null},
        ${shelf}, ${agency}, true, ${hash}, ${device.recordKey}, ${key}, ${key === device.di ? null : device.di},
        ${device.model ?? null}, ${device.catalogNo ?? null}, ${device.payload ?? (release.source === 'nmpa-udid' ? '' : '{}')})`;
    let ordinal = 0;
    for (const further of device.identifiers ?? []) {
      const furtherKey = diKey(agency, further.di).key;
      await sql`insert into device_identifier (version_id, import_id, quantity, shelf, level, agency, ordinal, di_key, di,
          contains_key, pack_level)
        values (${version}::text::bigint, ${importId}, ${further.quantity ?? null}, ${shelf},
          ${IDENTIFIER_LEVELS.indexOf(further.level)}, ${agency}, ${ordinal++}, ${furtherKey},
          ${furtherKey === further.di ? null : further.di},
          ${further.contains === undefined ? null : diKey(agency, further.contains).key}, ${further.packLevel ?? null})`;
    }
  }

  /** An absence from, or return in, a full release. */
  async presence(
    release: FixtureRelease,
    shelf: number,
    recordKey: string,
    onDate: string,
    present: boolean,
  ): Promise<void> {
    await this.#sql`insert into device_presence (shelf, record_key, on_date, present, import_id)
      values (${shelf}, ${recordKey}, ${onDate}, ${present}, ${release.id})`;
  }

  async problem(release: FixtureRelease, shelf: number, code: string, recordKey: string | null): Promise<void> {
    await this
      .#sql`insert into quality_problem (import_id, shelf, part_no, position_at, record_no, severity, code, record_key,
        field, value, reason)
      values (${release.id}, ${shelf}, 1, 100, 1, 'problem', ${code}, ${recordKey}, 'di', 'x', 'planted')`;
  }

  /** What publishing an import leaves: flags, tallies and terms. Call it once, after all releases. */
  async finish(): Promise<void> {
    const sql = this.#sql;
    await sql`update device_version v set alone = not exists (
      select from device_version o where o.shelf = v.shelf and o.record_key = v.record_key and o.id <> v.id)`;
    await sql`delete from product_tally`;
    await sql`insert into product_tally (shelf, product_id, devices)
      select v.shelf, v.product_id, count(*) from device_version v join import i on i.id = v.import_id
      where i.state = 'published' and i.published_at <= now() and v.valid_from <= current_date and not exists (
        select from device_version n join import ni on ni.id = n.import_id where n.shelf = v.shelf
          and n.record_key = v.record_key and ni.state = 'published' and n.valid_from <= current_date
          and (n.version_no, n.released_on, n.import_id, n.record_no) > (v.version_no, v.released_on, v.import_id, v.record_no))
      group by 1, 2`;
    const terms = await sql<{ shelf: number; kind: string; term: string }[]>`
      select distinct shelf, 'name' as kind, name as term from product where name is not null
      union select distinct shelf, 'holder', holder_name from product where holder_name is not null
      union select distinct shelf, 'brand', brand from product where brand is not null`;
    for (const { shelf, kind, term } of terms) {
      const spoken = spokenForm(term);
      await sql`insert into search_term (shelf, kind, term, pinyin, initials)
        values (${shelf}, ${kind}, ${term}, ${spoken.pinyin}, ${spoken.initials ?? ''}) on conflict do nothing`;
    }
  }
}
