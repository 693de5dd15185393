import { hash } from 'node:crypto';
import {
  type CopyBytes,
  diKey,
  type ProductFields,
  type RecordPosition,
  type SourceProblem,
  type StageRows,
} from '../../domains/devices/index.ts';
import { gtinCheckDigitOk } from '../../domains/identifiers/index.ts';
import { readDay, readMoment } from './days.ts';
import { deriveProduct } from './derive.ts';
import { FIELDS, fieldIndex, LISTS, PAYLOAD_TAGS, PRODUCT_TAGS } from './fields.ts';
import { flattenMarkup, needsFlattening } from './flatten.ts';
import { ESC, GS, RS, US } from './payload.ts';
import { ProductCache } from './product-cache.ts';
import { checkRecord, type RecordView } from './record-checks.ts';
import { type DeviceScanner, HAS_CONTROL, ITEM_STRIDE } from './scanner.ts';
import { decodeValue } from './value.ts';

const F = {
  key: fieldIndex('deviceRecordKey'),
  di: fieldIndex('zxxsdycpbs'),
  agency: fieldIndex('cpbsbmtxmc'),
  published: fieldIndex('cpbsfbrq'),
  withdrawn: fieldIndex('tsrq'),
  model: fieldIndex('ggxh'),
  catalog: fieldIndex('cphhhbh'),
  version: fieldIndex('versionNumber'),
  versionTime: fieldIndex('versionTime'),
  correction: fieldIndex('correctionNumber'),
  correctionTime: fieldIndex('correctionTime'),
  useUnit: fieldIndex('sydycpbs'),
  directMark: fieldIndex('btcpbs'),
  registered: fieldIndex('zcbacpbs'),
};
const PAYLOAD_FIELDS = PAYLOAD_TAGS.map(fieldIndex);
const PRODUCT_FIELDS = PRODUCT_TAGS.map(fieldIndex);
const SOURCE = 'nmpa-udid';
const PACKING = 0;
/** `list.field` of every list, for reports. */
const ITEM_NAMES = LISTS.map((list) => list.fields.map((field) => `${list.tag}.${field[0]}`));

/** How much of a record that cannot be read is searched for its key. */
const MOST_OF_UNREADABLE = 1 << 16;

/** The key of a record that cannot be read: what is refused is not absent. Null when it cannot be told. */
function keyOfUnreadable(bytes: Uint8Array, start: number, length: number): string | null {
  const end = Math.min(bytes.length, start + Math.min(length, MOST_OF_UNREADABLE));
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
  return /<deviceRecordKey>\s*([^<&\s]{1,200})\s*</.exec(text)?.[1] ?? null;
}

/** Separators of the payload inside a value are written as ESC and a letter. */
const packed = (text: string): string =>
  /[\u001b-\u001f]/.test(text)
    ? text.replace(/[\u001b-\u001f]/g, (c) => String.fromCharCode(ESC, c.charCodeAt(0) + 0x40))
    : text;

/**
 * Turns scanned records into rows of the staged tables, bytes to bytes. Strings are made only where a value holds rare
 * bytes, where a product is met for the first time, and for problems.
 */
export class RecordRows implements RecordView {
  bytes: Uint8Array = new Uint8Array(0);
  position: RecordPosition = { at: 0, length: 0, recordNo: 0 };
  readonly fill = new Float64Array(FIELDS.length);
  private readonly cache = new ProductCache();
  private recordKey: string | null = null;

  constructor(
    readonly rows: StageRows,
    readonly scanner: DeviceScanner,
    private readonly releaseDay: number,
  ) {}

  report = (problem: SourceProblem): void => {
    this.rows.addProblem(this.position, this.key(), problem);
  };

  has(field: number): boolean {
    const s = this.scanner.spans;
    return (s[field * 3] as number) >= 0 && (s[field * 3 + 1] as number) > (s[field * 3] as number);
  }

  /** Text of a field, null when empty or absent. */
  text(field: number): string | null {
    if (!this.has(field)) return null;
    const { spans } = this.scanner;
    return this.decode(
      spans[field * 3] as number,
      spans[field * 3 + 1] as number,
      spans[field * 3 + 2] as number,
      FIELDS[field]?.tag ?? '',
      false,
    );
  }

  /** Text of a field of a list entry, null when empty or absent. */
  itemText(list: number, item: number, field: number): string | null {
    const items = this.scanner.items[list] as Int32Array;
    const at = item * ITEM_STRIDE + field * 3;
    const start = items[at] as number;
    const end = items[at + 1] as number;
    if (start < 0 || end === start) return null;
    return this.decode(start, end, items[at + 2] as number, ITEM_NAMES[list]?.[field] ?? '', false);
  }

  private readonly silent = (): void => {};

  private decode(start: number, end: number, flags: number, field: string, report: boolean): string {
    if (!flags) return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, end - start).toString('utf8');
    return decodeValue(this.bytes, start, end, flags, field, report ? this.report : this.silent);
  }

  private key(): string | null {
    this.recordKey ??= this.text(F.key);
    return this.recordKey;
  }

  /**
   * Writes the rows of the record in the scanner, which begins at `start` of `bytes`. `id` = its surrogate key. Returns false when the record is refused;
   * the refusal is in the ledger then.
   */
  write(bytes: Uint8Array, position: RecordPosition, id: number, start: number): boolean {
    this.bytes = bytes;
    this.position = position;
    this.recordKey = null;
    const { rows, scanner } = this;
    rows.read++;
    if (scanner.fault) {
      this.recordKey = keyOfUnreadable(bytes, start, position.length);
      return this.refuse(
        'source.malformed',
        null,
        null,
        `${scanner.fault.reason}, byte ${position.at + scanner.fault.at}`,
      );
    }
    if (needsFlattening(scanner)) this.bytes = flattenMarkup(bytes, scanner);
    if (!this.has(F.key)) return this.refuse('source.missing-key', 'deviceRecordKey', null, null);
    if (!this.has(F.di)) return this.refuse('source.missing-di', 'zxxsdycpbs', null, null);
    const { spans } = scanner;
    for (let f = 0; f < FIELDS.length; f++) {
      if ((spans[f * 3 + 1] as number) > (spans[f * 3] as number)) this.fill[f] = (this.fill[f] as number) + 1;
    }
    if (scanner.strayText)
      this.report({ severity: 'problem', code: 'xml.stray-text', field: null, value: null, reason: null });
    if (scanner.attributes)
      this.report({ severity: 'notice', code: 'xml.unexpected-attribute', field: null, value: null, reason: null });

    const out = rows.device;
    out.integer(id);
    out.tab();
    out.integer(position.at);
    out.tab();
    out.integer(rows.part.partNo);
    out.tab();
    out.integer(position.length);
    out.tab();
    out.integer(position.recordNo);
    out.tab();
    const versionDay = this.day(F.versionTime, true);
    if (versionDay > 0 && versionDay <= this.releaseDay)
      out.span(this.bytes, spans[F.versionTime * 3] as number, (spans[F.versionTime * 3] as number) + 10);
    else out.ascii(rows.part.releasedOn);
    out.tab();
    const contentStart = out.length;
    this.product(out);
    out.tab();
    this.moment(out, F.versionTime, versionDay);
    out.tab();
    const correctionDay = this.day(F.correctionTime, true);
    this.moment(out, F.correctionTime, correctionDay);
    out.tab();
    this.number(out, F.version);
    out.tab();
    this.number(out, F.correction);
    out.tab();
    const published = this.day(F.published, false);
    this.dayOrNull(out, F.published, published);
    out.tab();
    const withdrawn = this.day(F.withdrawn, false);
    this.dayOrNull(out, F.withdrawn, withdrawn);
    out.tab();
    const agency = this.agency();
    out.integer(agency);
    out.tab();
    this.put(out, F.key, false);
    out.tab();
    this.mainDi(out, agency);
    out.tab();
    this.put(out, F.model, false);
    out.tab();
    this.put(out, F.catalog, false);
    out.tab();
    this.payload(out);
    const digest = hash('sha256', out.bytes.subarray(contentStart, out.length), 'hex');
    out.tab();
    out.ascii32(digest);
    out.row();
    this.furtherIdentifiers(id, agency);
    checkRecord(this, { versionDay, correctionDay, published, withdrawn, releaseDay: this.releaseDay });
    return true;
  }

  private refuse(code: string, field: string | null, value: string | null, reason: string | null): false {
    this.rows.rejected++;
    this.rows.addProblem(this.position, this.scanner.fault ? this.recordKey : this.key(), {
      severity: 'rejected',
      code,
      field,
      value,
      reason,
    });
    return false;
  }

  /** YYYYMMDD of a date field, 0 when empty, -1 when it is no date (reported). */
  private day(field: number, moment: boolean): number {
    if (!this.has(field)) return 0;
    const { spans } = this.scanner;
    const start = spans[field * 3] as number;
    const end = spans[field * 3 + 1] as number;
    const day = moment ? readMoment(this.bytes, start, end) : readDay(this.bytes, start, end);
    if (day < 0) {
      this.report({
        severity: 'problem',
        code: 'date.impossible',
        field: FIELDS[field]?.tag ?? null,
        value: this.text(field),
        reason: null,
      });
    }
    return day;
  }

  private moment(out: CopyBytes, field: number, day: number): void {
    if (day <= 0) {
      out.ascii('-infinity');
      return;
    }
    const { spans } = this.scanner;
    out.span(this.bytes, spans[field * 3] as number, spans[field * 3 + 1] as number);
  }

  private dayOrNull(out: CopyBytes, field: number, day: number): void {
    if (day <= 0) out.nul();
    else out.span(this.bytes, this.scanner.spans[field * 3] as number, this.scanner.spans[field * 3 + 1] as number);
  }

  private number(out: CopyBytes, field: number): void {
    const { spans } = this.scanner;
    const start = spans[field * 3] as number;
    const end = spans[field * 3 + 1] as number;
    let value = 0;
    let bad = start < 0 || end === start || end - start > 9;
    for (let i = start; i < end && !bad; i++) {
      const d = (this.bytes[i] as number) - 48;
      if (d < 0 || d > 9) bad = true;
      value = value * 10 + d;
    }
    if (bad && start >= 0 && end > start) {
      this.report({
        severity: 'problem',
        code: 'value.not-a-number',
        field: FIELDS[field]?.tag ?? null,
        value: this.text(field),
        reason: null,
      });
    } else if (bad && field === F.version) {
      this.report({ severity: 'problem', code: 'field.missing', field: 'versionNumber', value: null, reason: null });
    }
    out.integer(bad ? 0 : value);
  }

  /** Writes a field; null when empty. */
  private put(out: CopyBytes, field: number, pack: boolean): void {
    const { spans } = this.scanner;
    const start = spans[field * 3] as number;
    const end = spans[field * 3 + 1] as number;
    if (start < 0 || end === start) {
      if (!pack) out.nul();
      return;
    }
    const flags = spans[field * 3 + 2] as number;
    if (!flags) out.span(this.bytes, start, end);
    else {
      const text = this.decode(start, end, flags, FIELDS[field]?.tag ?? '', true);
      out.text(pack ? packed(text) : text);
    }
  }

  private agency(): number {
    const { spans } = this.scanner;
    const start = spans[F.agency * 3] as number;
    const end = spans[F.agency * 3 + 1] as number;
    const { bytes } = this;
    if (end - start === 3 && bytes[start] === 71 && bytes[start + 1] === 83 && bytes[start + 2] === 49) return 1;
    const name = this.text(F.agency);
    if (name === null) {
      this.report({ severity: 'problem', code: 'field.missing', field: 'cpbsbmtxmc', value: null, reason: null });
      return 0;
    }
    if (/GS1|商品条码|物品编码/i.test(name)) return 1;
    if (/^MA|IDcode/i.test(name)) return 5;
    if (/AHM|阿里/i.test(name)) return 6;
    if (/HIBC/i.test(name)) return 2;
    if (/ICCBBA|ISBT/i.test(name)) return 3;
    if (/IFA|PPN/i.test(name)) return 4;
    this.report({ severity: 'problem', code: 'source.unknown-value', field: 'cpbsbmtxmc', value: name, reason: null });
    return 0;
  }

  /** True when the span is a GTIN of 14 digits with a right check digit: the common case, done on bytes. */
  private plainGtin(start: number, end: number): boolean {
    if (end - start !== 14) return false;
    for (let i = start; i < end; i++) {
      const c = this.bytes[i] as number;
      if (c < 48 || c > 57) return false;
    }
    return gtinCheckDigitOk(this.bytes, start, end);
  }

  private mainDi(out: CopyBytes, agency: number): void {
    const { spans } = this.scanner;
    const start = spans[F.di * 3] as number;
    const end = spans[F.di * 3 + 1] as number;
    if (agency <= 1 && !spans[F.di * 3 + 2] && this.plainGtin(start, end)) {
      out.span(this.bytes, start, end);
      out.tab();
      out.nul();
      return;
    }
    // the only field that stands in no column as it is: what is wrong with its characters is reported here
    const di = this.decode(start, end, spans[F.di * 3 + 2] as number, 'zxxsdycpbs', true);
    const key = this.checkedKey(agency, di, 'zxxsdycpbs');
    out.text(key);
    out.tab();
    out.text(key === di ? null : di);
  }

  private checkedKey(agency: number, di: string, field: string): string {
    const { key, problems } = diKey(agency, di);
    for (const p of problems) this.report({ ...p, field, value: di });
    return key;
  }

  private product(out: CopyBytes): void {
    const { cache } = this;
    const { spans } = this.scanner;
    cache.begin();
    let rare = 0;
    for (const f of PRODUCT_FIELDS) {
      cache.add(this.bytes, spans[f * 3] as number, spans[f * 3 + 1] as number);
      if ((spans[f * 3] as number) >= 0) rare |= spans[f * 3 + 2] as number;
    }
    let slot = cache.find();
    if (slot < 0 || rare) {
      const values = PRODUCT_FIELDS.map((f) => {
        if (!this.has(f)) return null;
        return this.decode(
          spans[f * 3] as number,
          spans[f * 3 + 1] as number,
          spans[f * 3 + 2] as number,
          FIELDS[f]?.tag ?? '',
          true,
        );
      });
      const [
        name,
        brand,
        description,
        holderName,
        holderNameAlt,
        holderCode,
        certificateText,
        classCode,
        classCodeOld,
        category,
        kind,
      ] = values as (string | null)[];
      const product: ProductFields = {
        name: name ?? null,
        brand: brand ?? null,
        description: description ?? null,
        holderName: holderName ?? null,
        holderNameAlt: holderNameAlt ?? null,
        holderCode: holderCode ?? null,
        certificateText: certificateText ?? null,
        classCode: classCode ?? null,
        classCodeOld: classCodeOld ?? null,
        category: category ?? null,
        kind: kind ?? null,
      };
      slot = cache.remember(this.rows.addProduct(SOURCE, product, deriveProduct).toString());
    }
    const id = cache.id(slot);
    out.span(id.bytes, id.start, id.end);
  }

  private payload(out: CopyBytes): void {
    const start = out.length;
    for (const f of PAYLOAD_FIELDS) {
      this.put(out, f, true);
      out.byte(US);
    }
    this.cutTail(out, start, US);
    const { scanner } = this;
    let end = out.length;
    for (let list = 0; list < LISTS.length; list++) {
      out.byte(GS);
      const count = scanner.itemCount[list] as number;
      if (!count) continue;
      const fields = LISTS[list]?.fields.length ?? 0;
      for (let item = 0; item < count; item++) {
        if (item) out.byte(RS);
        const itemStart = out.length;
        const items = scanner.items[list] as Int32Array;
        for (let f = 0; f < fields; f++) {
          if (f) out.byte(US);
          const at = item * ITEM_STRIDE + f * 3;
          const s = items[at] as number;
          const e = items[at + 1] as number;
          if (s < 0 || e === s) continue;
          const flags = items[at + 2] as number;
          if (!flags) out.span(this.bytes, s, e);
          else out.text(packed(this.decode(s, e, flags, ITEM_NAMES[list]?.[f] ?? '', true)));
        }
        this.cutTail(out, itemStart, US);
      }
      end = out.length;
    }
    if (scanner.strays.length) {
      out.byte(GS);
      const times = new Map<string, number>();
      scanner.strays.forEach((stray, i) => {
        const value = this.decode(stray.start, stray.end, stray.flags | HAS_CONTROL, stray.tag, true);
        if (i) out.byte(RS);
        // a tag that comes again keeps each of its values: tag, tag#2, tag#3 …
        const n = (times.get(stray.tag) ?? (stray.reason === 'repeated-field' ? 1 : 0)) + 1;
        times.set(stray.tag, n);
        out.text(packed(n > 1 ? `${stray.tag}#${n}` : stray.tag));
        out.byte(US);
        out.text(packed(value));
        this.report({ severity: 'problem', code: `source.${stray.reason}`, field: stray.tag, value, reason: null });
      });
      end = out.length;
    }
    out.length = end;
  }

  private cutTail(out: CopyBytes, start: number, byte: number): void {
    while (out.length > start && out.bytes[out.length - 1] === byte) out.length--;
  }

  private furtherIdentifiers(id: number, agency: number): void {
    const { rows, scanner } = this;
    let ordinal = 0;
    const count = scanner.itemCount[PACKING] as number;
    for (let item = 0; item < count; item++) {
      const di = this.itemSpan(PACKING, item, 0);
      const contains = this.itemSpan(PACKING, item, 3);
      this.identifier(
        id,
        ordinal++,
        1,
        agency,
        di,
        contains,
        this.itemSpan(PACKING, item, 2),
        this.itemSpan(PACKING, item, 1),
      );
    }
    for (const [field, level] of [
      [F.useUnit, 2],
      [F.directMark, 3],
      [F.registered, 5],
    ] as const) {
      if (this.has(field)) this.identifier(id, ordinal++, level, agency, this.fieldSpan(field), null, null, null);
    }
    rows.identifiers += 1 + ordinal;
  }

  private wholeNumber({ start, end }: Span): boolean {
    if (end - start > 9) return false;
    for (let i = start; i < end; i++) {
      const d = (this.bytes[i] as number) - 48;
      if (d < 0 || d > 9) return false;
    }
    return true;
  }

  private itemSpan(list: number, item: number, field: number): Span | null {
    const items = this.scanner.items[list] as Int32Array;
    const at = item * ITEM_STRIDE + field * 3;
    const start = items[at] as number;
    const end = items[at + 1] as number;
    return start < 0 || start === end
      ? null
      : { start, end, flags: items[at + 2] as number, field: ITEM_NAMES[list]?.[field] ?? '' };
  }

  private fieldSpan(field: number): Span {
    const { spans } = this.scanner;
    return {
      start: spans[field * 3] as number,
      end: spans[field * 3 + 1] as number,
      flags: spans[field * 3 + 2] as number,
      field: FIELDS[field]?.tag ?? '',
    };
  }

  private identifier(
    id: number,
    ordinal: number,
    level: number,
    agency: number,
    di: Span | null,
    contains: Span | null,
    quantity: Span | null,
    packLevel: Span | null,
  ): void {
    const out = this.rows.identifier;
    out.integer(id);
    out.tab();
    out.integer(ordinal);
    out.tab();
    out.integer(level);
    out.tab();
    out.integer(agency);
    out.tab();
    if (quantity !== null && this.wholeNumber(quantity)) out.span(this.bytes, quantity.start, quantity.end);
    else out.nul();
    out.tab();
    if (di === null) {
      out.tab();
      out.nul();
    } else if (agency <= 1 && !di.flags && this.plainGtin(di.start, di.end)) {
      out.span(this.bytes, di.start, di.end);
      out.tab();
      out.nul();
    } else {
      const text = this.decode(di.start, di.end, di.flags, di.field, false);
      const key = this.checkedKey(agency, text, di.field);
      out.text(key);
      out.tab();
      out.text(key === text ? null : text);
    }
    out.tab();
    if (contains === null) out.nul();
    else if (agency <= 1 && !contains.flags && contains.end - contains.start === 14)
      out.span(this.bytes, contains.start, contains.end);
    else out.text(diKey(agency, this.decode(contains.start, contains.end, contains.flags, contains.field, false)).key);
    out.tab();
    if (packLevel === null) out.nul();
    else if (!packLevel.flags) out.span(this.bytes, packLevel.start, packLevel.end);
    else out.text(this.decode(packLevel.start, packLevel.end, packLevel.flags, packLevel.field, false));
    out.tab();
    out.nul();
    out.tab();
    out.nul();
    out.row();
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly flags: number;
  readonly field: string;
}
