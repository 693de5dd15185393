import { hash } from 'node:crypto';
import { CopyBytes } from './copy-bytes.ts';
import { diKey } from './di-key.ts';
import { PRODUCT_COLUMNS, type ProductDerived, type ProductFields, productId } from './product.ts';
import { type SearchWeight, searchVector } from './search-text.ts';
import {
  AGENCIES,
  type Agency,
  IDENTIFIER_LEVELS,
  type RecordPosition,
  type SourceProblem,
  type SourceRecord,
} from './source-record.ts';

/** Columns of the staged tables in the order in which rows are written; the rest are constants of the import. */
export const STAGE_COLUMNS = {
  device:
    'id, position_at, part_no, position_length, record_no, valid_from, product_id, version_at, correction_at, version_no, correction_no, published_on, withdrawn_on, agency, record_key, di_key, di, model, catalog_no, payload, content_hash',
  identifier:
    'version_id, ordinal, level, agency, quantity, di_key, di, contains_key, pack_level, status, discontinued_on',
  product:
    'id, name, brand, description, holder_name, holder_name_alt, holder_code, certificate_text, class_code, class_code_old, category, kind, class_key, risk_class, origin, holder_key, certificates, search',
  problem: 'part_no, position_at, record_no, severity, code, record_key, field, value, reason',
} as const;
export type StageTable = keyof typeof STAGE_COLUMNS;

/** What the rows of one part need to know. */
export interface PartContext {
  readonly partNo: number;
  /** Day of the release, `YYYY-MM-DD`: the legal day of versions that state none, or a later one. */
  readonly releasedOn: string;
}

/** Longest value of a problem that is kept; the file has the whole. */
const PROBLEM_VALUE = 500;

const WEIGHTS: Readonly<Partial<Record<keyof ProductFields, SearchWeight>>> = {
  name: 'A',
  brand: 'A',
  holderName: 'B',
  holderNameAlt: 'B',
  holderCode: 'C',
  certificateText: 'C',
  classCode: 'C',
  description: 'D',
};

function pgArray(values: readonly string[]): string {
  return `{${values.map((v) => `"${v.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;
}

/** The payload with all identifiers: those of the register, then what the source left unread under the same name. */
function wholePayload({ payload, identifiers }: SourceRecord): SourceRecord['payload'] | Record<string, unknown> {
  if (!identifiers.length) return payload;
  const unread = payload.identifiers;
  return {
    ...payload,
    identifiers: Array.isArray(unread)
      ? [...identifiers, ...unread]
      : [...identifiers, ...(unread === undefined ? [] : [unread])],
  };
}

/**
 * Rows of the staged tables as COPY bytes, for one chunk of one part. Byte-level sources write into the fields
 * themselves; object-level sources use `record`. Surrogate keys come from blocks handed out by the caller.
 */
export class StageRows {
  readonly device = new CopyBytes(1 << 21);
  readonly identifier = new CopyBytes(1 << 19);
  readonly product = new CopyBytes(1 << 19);
  readonly problem = new CopyBytes(1 << 16);
  /** Device records, identifiers (main ones included), refused rows and problems by code since the last `reset`. */
  read = 0;
  identifiers = 0;
  rejected = 0;
  problemCounts: Record<string, number> = {};
  part: PartContext = { partNo: 0, releasedOn: '1970-01-01' };

  private readonly seenProducts = new Set<bigint>();

  bytes(): number {
    return this.device.length + this.identifier.length + this.product.length + this.problem.length;
  }

  resetCounts(): void {
    this.read = 0;
    this.identifiers = 0;
    this.rejected = 0;
    this.problemCounts = {};
  }

  addProblem(position: RecordPosition, recordKey: string | null, problem: SourceProblem): void {
    const out = this.problem;
    this.problemCounts[problem.code] = (this.problemCounts[problem.code] ?? 0) + 1;
    out.integer(this.part.partNo);
    out.tab();
    out.integer(position.at);
    out.tab();
    out.integer(position.recordNo);
    out.tab();
    out.ascii(problem.severity);
    out.tab();
    out.text(problem.code);
    for (const value of [recordKey, problem.field, problem.value, problem.reason]) {
      out.tab();
      out.text(value === null ? null : value.slice(0, PROBLEM_VALUE));
    }
    out.row();
  }

  /** Writes the product's row unless this writer did so lately; returns its id. */
  addProduct(source: string, product: ProductFields, derive: (product: ProductFields) => ProductDerived): bigint {
    const id = productId(source, product);
    if (this.seenProducts.has(id)) return id;
    // bounded memory: rows that come again are put together when the import is merged
    if (this.seenProducts.size >= 200_000) this.seenProducts.clear();
    this.seenProducts.add(id);
    const derived = derive(product);
    const out = this.product;
    out.ascii(id.toString());
    for (const column of PRODUCT_COLUMNS) {
      out.tab();
      out.text(product[column]);
    }
    for (const value of [derived.classKey, derived.riskClass, derived.origin, derived.holderKey]) {
      out.tab();
      out.text(value);
    }
    out.tab();
    out.text(pgArray(derived.certificates));
    out.tab();
    const fields: [string | null, SearchWeight][] = [];
    for (const column of PRODUCT_COLUMNS) {
      const weight = WEIGHTS[column];
      if (weight) fields.push([product[column], weight]);
    }
    out.plain(searchVector(fields));
    out.row();
    return id;
  }

  /** Writes one record of an object-level source. `key` gives the look-up key of an identifier. */
  record(id: number, source: string, record: SourceRecord, derive: (product: ProductFields) => ProductDerived): void {
    // a wrong identifier is looked up by what it says and listed in the ledger
    const checked = (agency: Agency, di: string, field: string): string => {
      const { key, problems } = diKey(AGENCIES.indexOf(agency), di);
      for (const p of problems) {
        this.addProblem(record.position, record.recordKey, { ...p, field, value: di });
      }
      return key;
    };
    const product = this.addProduct(source, record.product, derive);
    const out = this.device;
    out.integer(id);
    out.tab();
    out.integer(record.position.at);
    out.tab();
    out.integer(this.part.partNo);
    out.tab();
    out.integer(record.position.length);
    out.tab();
    out.integer(record.position.recordNo);
    out.tab();
    const versionDay = record.versionAt?.slice(0, 10) ?? record.publishedOn;
    out.ascii(
      versionDay !== null && versionDay !== undefined && versionDay <= this.part.releasedOn
        ? versionDay
        : this.part.releasedOn,
    );
    out.tab();
    const contentStart = out.length;
    out.ascii(product.toString());
    for (const at of [record.versionAt, record.correctionAt]) {
      out.tab();
      out.ascii(at ?? '-infinity');
    }
    out.tab();
    out.integer(record.versionNo);
    out.tab();
    out.integer(record.correctionNo);
    for (const day of [record.publishedOn, record.withdrawnOn]) {
      out.tab();
      out.text(day);
    }
    out.tab();
    out.integer(Math.max(0, AGENCIES.indexOf(record.agency)));
    const mainKey = checked(record.agency, record.di, 'di');
    for (const value of [
      record.recordKey,
      mainKey,
      mainKey === record.di ? null : record.di,
      record.model,
      record.catalogNo,
    ]) {
      out.tab();
      out.text(value);
    }
    out.tab();
    // the identifiers stand in the payload too, so that one comparison and one hash cover the whole record
    out.text(JSON.stringify(wholePayload(record)));
    const digest = hash('sha256', out.bytes.subarray(contentStart, out.length), 'hex');
    out.tab();
    out.ascii32(digest);
    out.row();
    record.identifiers.forEach((identifier, ordinal) => {
      const row = this.identifier;
      row.integer(id);
      row.tab();
      row.integer(ordinal);
      row.tab();
      row.integer(IDENTIFIER_LEVELS.indexOf(identifier.level));
      row.tab();
      row.integer(Math.max(0, AGENCIES.indexOf(identifier.agency)));
      row.tab();
      if (identifier.quantity === null) row.nul();
      else row.integer(identifier.quantity);
      const rowKey = checked(identifier.agency, identifier.di, identifier.level);
      for (const value of [
        rowKey,
        rowKey === identifier.di ? null : identifier.di,
        identifier.contains === null ? null : diKey(AGENCIES.indexOf(identifier.agency), identifier.contains).key,
        identifier.packLevel,
        identifier.status,
        identifier.discontinuedOn,
      ]) {
        row.tab();
        row.text(value);
      }
      row.row();
    });
    this.read++;
    this.identifiers += 1 + record.identifiers.length;
    for (const problem of record.problems) this.addProblem(record.position, record.recordKey, problem);
  }
}
