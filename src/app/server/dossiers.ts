import {
  type CertificateFile,
  certificateFamily,
  certificateFiles,
  certificateNumber,
} from '../../domains/certificates/service.ts';
import { rowsOfFamilies, rowsOfHolder } from '../../domains/certificates/store.pg.ts';
import type { CertificateRow } from '../../domains/certificates/types.ts';
import { SourceList } from '../../domains/devices/dossier.ts';
import type { ReadAt } from '../../domains/devices/read-at.ts';
import type { DeviceService } from '../../domains/devices/service.ts';
import { partyFile, toParty } from '../../domains/parties/routes.ts';
import { findParty } from '../../domains/parties/store.pg.ts';
import { codeLabel } from '../../domains/quality/code-labels.ts';
import { toRecord } from '../../domains/records/service.ts';
import { recordsAbout } from '../../domains/records/store.pg.ts';
import type { RecordSubject } from '../../domains/records/types.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import { productsOfCertificate } from './certificate-products.pg.ts';

const MOST_RECORDS = 200;
/** Parties remembered. */
const MOST_PARTIES = 2000;

/** Labels of the columns of a certificate, in the order of the dossier. */
const CERTIFICATE_FIELDS = [
  ['certificate_no', 'certificateNo', '注册证编号或备案编号', 'Certificate number', 'identity'],
  ['product_name', 'productName', '产品名称', 'Product', 'product'],
  ['model', 'model', '型号、规格', 'Models and sizes', 'product'],
  ['components', 'components', '结构及组成', 'Structure and components', 'product'],
  ['scope', 'scope', '适用范围或预期用途', 'Scope or intended use', 'product'],
  ['holder_name', 'holderName', '注册人或备案人', 'Holder', 'holder'],
  ['holder_code', 'holderCode', '统一社会信用代码', 'Credit code', 'holder'],
  ['holder_address', 'holderAddress', '注册人住所', 'Address of the holder', 'holder'],
  ['production_address', 'productionAddress', '生产地址', 'Place of production', 'holder'],
  ['agent_name', 'agentName', '代理人', 'Agent', 'holder'],
  ['agent_address', 'agentAddress', '代理人住所', 'Address of the agent', 'holder'],
  ['approved_on', 'approvedOn', '批准日期', 'Approved on', 'certificate'],
  ['valid_until', 'validUntil', '有效期至', 'Valid until', 'certificate'],
  ['status_text', 'statusText', '来源所载状态', 'Status as published', 'certificate'],
  ['origin', 'origin', '产地', 'Origin', 'certificate'],
] as const;

const place = (row: CertificateRow) => ({
  import_id: row.import_id,
  release_id: row.release_id,
  release_name: row.release_name,
  release_source: row.release_source,
  released_on: row.release_day,
  recorded_at: row.recorded_at,
  file: row.file,
  sha256: row.sha256,
  part: row.part,
  part_no: row.part_no,
  record_no: row.record_no,
  position_at: row.position_at,
  position_length: row.position_length,
});

function values(row: CertificateRow, src: number) {
  const columns = CERTIFICATE_FIELDS.flatMap(([column, tag, zh, en, section]) => {
    const value = row[column];
    return value === null ? [] : [{ tag, label: { zh, en }, section, value, src }];
  });
  const further = Object.entries(row.payload).map(([tag, value]) => ({
    tag,
    label: { zh: tag, en: tag },
    section: 'record',
    value,
    src,
  }));
  return [...columns, ...further];
}

function summary(file: CertificateFile, list: SourceList) {
  return {
    number: file.number,
    status: file.status,
    productName: file.row?.product_name ?? null,
    issuedOn: file.row?.approved_on ?? null,
    validFrom: file.row?.approved_on ?? null,
    validTo: file.row?.valid_until ?? null,
    holder: file.row?.holder_name ?? null,
    ...(file.row ? { src: list.add(place(file.row)) } : {}),
  };
}

/** Agents named by the rows in force, each once. */
function agents(files: readonly CertificateFile[], list: SourceList) {
  const seen = new Map<string, { key: string; name: string; role: { zh: string; en: string }; src: number }>();
  for (const { row } of files) {
    if (!row?.agent_name || seen.has(row.agent_name)) continue;
    seen.set(row.agent_name, {
      key: `name:${row.agent_name}`,
      name: row.agent_name,
      role: { zh: '代理人', en: 'Agent' },
      src: list.add(place(row)),
    });
  }
  return [...seen.values()];
}

/** Dossiers put together from devices, certificates, parties and records. */
export function dossiers(sql: Sql, devices: DeviceService) {
  const records = async (at: ReadAt, subjects: readonly RecordSubject[]) =>
    (await recordsAbout(sql, at, subjects, MOST_RECORDS)).map(toRecord);

  // a large holder has thousands of products: counted once while the same imports are visible
  const parties = new Map<string, { readonly visible: string; readonly row: ReturnType<typeof findParty> }>();
  const party = (at: ReadAt, key: string): ReturnType<typeof findParty> => {
    const visible = `${at.visible.length}/${at.visible.at(-1) ?? 0}/${at.present ? '' : at.visible.join(',')}`;
    const kept = parties.get(key);
    if (kept?.visible === visible) return kept.row;
    const row = findParty(sql, key);
    parties.delete(key);
    parties.set(key, { visible, row });
    row.catch(() => parties.delete(key));
    if (parties.size > MOST_PARTIES) parties.delete(parties.keys().next().value as string);
    return row;
  };

  async function files(at: ReadAt, numbers: readonly string[], list: SourceList): Promise<CertificateFile[]> {
    const rows = await rowsOfFamilies(sql, at.visible, [...new Set(numbers.map(certificateFamily))]);
    return certificateFiles(numbers, rows, at, (row) => list.add(place(row)));
  }

  return {
    async device(at: ReadAt, key: { readonly source: string; readonly recordKey: string }) {
      const { list, version: _version, ...file } = await devices.file(at, key);
      const { device } = file;
      const subjects: RecordSubject[] = [
        { type: 'device', key: `${device.source}/${device.recordKey}` },
        ...device.certificates.map((number): RecordSubject => ({ type: 'certificate', key: number })),
      ];
      const [certificates, holder, about] = await Promise.all([
        files(at, device.certificates, list),
        device.holderKey === null ? undefined : party(at, device.holderKey),
        records(at, subjects),
      ]);
      return {
        ...file,
        problems: file.problems.map((problem) => ({ ...problem, label: codeLabel(problem.code) })),
        sources: list.refs,
        certificates: certificates.map((each) => summary(each, list)),
        holder: holder
          ? toParty(holder)
          : device.holder === null
            ? null
            : { key: device.holderKey, name: device.holder },
        agents: agents(certificates, list),
        records: about,
      };
    },

    /** Throws `certificate.not-found` when neither a list nor a device names the number. */
    async certificate(at: ReadAt, given: string) {
      const number = certificateNumber(given);
      const list = new SourceList(devices.catalogue);
      const [[file], products, about] = await Promise.all([
        files(at, [number], list),
        productsOfCertificate(sql, number),
        records(at, [{ type: 'certificate', key: number }]),
      ]);
      if (!file || (file.history.length === 0 && products.length === 0))
        throw new AppError('certificate.not-found', `没有这个注册证或备案：${number}`, { number });
      const count = await devices.search(
        { query: { certificate: number }, sort: 'relevance', limit: 1, totalWithin: 1000 },
        at,
      );
      const holderKey = file.row?.holder_key ?? products[0]?.holder_key ?? null;
      const holder = holderKey === null ? undefined : await party(at, holderKey);
      const name = file.row?.holder_name ?? products[0]?.holder_name ?? null;
      return {
        number,
        parsed: file.parsed,
        status: file.status,
        history: file.history.map((row) => ({
          number: row.number,
          event: { zh: '批准', en: 'Approved' },
          on: row.approved_on,
          validFrom: row.approved_on,
          validTo: row.valid_until,
          statusText: row.status_text,
          productName: row.product_name,
          inForce: row === file.row,
          src: list.add(place(row)),
        })),
        values: file.row ? values(file.row, list.add(place(file.row))) : [],
        sources: list.refs,
        products: products.map(({ name: productName, brand, devices: n, class_code }) => ({
          name: productName,
          brand,
          devices: n,
          classCode: class_code,
        })),
        devices: { count: count.total },
        holder: holder ? toParty(holder) : name === null ? null : { key: holderKey, name },
        agents: agents([file], list),
        records: about,
        problems: file.parsed.problems.map(({ code, severity, message }) => ({ code, severity, message })),
        asOf: at.asOf,
        knownAt: at.knownAt,
      };
    },

    /** Throws `party.not-found`. A holder known only from lists of certificates has a file, too. */
    async party(at: ReadAt, key: string) {
      const list = new SourceList(devices.catalogue);
      const [rows, about] = await Promise.all([
        rowsOfHolder(sql, at.visible, key),
        records(at, [{ type: 'party', key }]),
      ]);
      const held = await partyFile(sql, key).catch((error: unknown) => {
        if (error instanceof AppError && rows.length > 0) return undefined;
        throw error;
      });
      const numbers = [...new Set([...(held?.certificates.map((c) => c.number) ?? []), ...rows.map((r) => r.number)])];
      const counts = new Map(held?.certificates.map((c) => [c.number, c.devices]));
      const certificates = (await files(at, numbers, list)).map((file) => ({
        ...summary(file, list),
        devices: counts.get(file.number) ?? 0,
      }));
      const first = rows[0];
      return {
        key,
        name: held?.name ?? first?.holder_name ?? null,
        nameAlt: held?.nameAlt ?? null,
        creditCode: held?.creditCode ?? (key.startsWith('uscc:') ? key.slice(5) : null),
        deviceCount: held?.deviceCount ?? 0,
        productCount: held?.productCount ?? 0,
        certificateCount: certificates.length,
        names: held?.names ?? [],
        registers: held?.sources ?? [],
        demo: held?.demo ?? false,
        addresses: [...new Set(rows.map((row) => row.holder_address).filter((text) => text !== null))],
        certificates,
        records: about,
        sources: list.refs,
        asOf: at.asOf,
        knownAt: at.knownAt,
      };
    },
  };
}
export type Dossiers = ReturnType<typeof dossiers>;
