import { createHash } from 'node:crypto';
import type { SourceCertificate } from '../../domains/certificates/index.ts';
import { foldText } from '../../domains/devices/index.ts';
import { certificateFamily, parseNumber } from '../../domains/identifiers/index.ts';
import type { Transaction } from '../../platform/postgres/connections.ts';

export interface TakenRows {
  inserted: number;
  updated: number;
  /** Rows stored already, and older ones that arrived late: those are kept, but the certificate is as it was. */
  unchanged: number;
}

interface Neighbours {
  /** Hash of the version in force when this list was released; undefined when there was none. */
  readonly at: string | undefined;
  /** Is there any version of an earlier or of a later list? */
  readonly known: boolean;
  readonly later: boolean;
}

/** Stores rows of a list as versions of their certificates, where they say something new. */
export class CertificateVersions {
  private readonly here = new Map<string, string>();

  constructor(
    private readonly tx: Transaction,
    private readonly list: { readonly importId: number; readonly releasedOn: string },
  ) {}

  async take(partNo: number, certificates: readonly SourceCertificate[]): Promise<TakenRows> {
    const counts: TakenRows = { inserted: 0, updated: 0, unchanged: 0 };
    if (certificates.length === 0) return counts;
    const stored = await this.stored(certificates.map((certificate) => certificate.recordKey));
    const rows: Record<string, unknown>[] = [];
    for (const certificate of certificates) {
      const { recordKey } = certificate;
      const hash = hashOf(certificate);
      const before = stored.get(recordKey);
      const current = this.here.get(recordKey) ?? before?.at;
      if (current === hash) {
        counts.unchanged++;
        continue;
      }
      if (before?.later) counts.unchanged++;
      else if (before?.known || this.here.has(recordKey)) counts.updated++;
      else counts.inserted++;
      this.here.set(recordKey, hash);
      rows.push(this.row(partNo, certificate, hash));
    }
    if (rows.length) await this.tx`insert into certificate_version ${this.tx(rows)}`;
    return counts;
  }

  private async stored(keys: readonly string[]): Promise<Map<string, Neighbours>> {
    const rows = await this.tx.unsafe<{ key: string; at: string | null; later: boolean }[]>(
      `select c.record_key as key, max(c.released_on) > $2::date as later,
         (array_agg(c.content_hash order by c.released_on desc, c.id desc) filter (where c.released_on <= $2::date))[1] as at
       from certificate_version c join import i on i.id = c.import_id and i.state = 'published'
       where c.record_key = any($1::text[]) group by c.record_key`,
      [keys as string[], this.list.releasedOn],
    );
    return new Map(rows.map((row) => [row.key, { at: row.at ?? undefined, known: true, later: row.later }]));
  }

  private row(partNo: number, c: SourceCertificate, hash: string): Record<string, unknown> {
    const { importId, releasedOn } = this.list;
    const number = c.number ?? c.certificateNo;
    return {
      import_id: importId,
      part_no: partNo,
      position_at: c.position.at,
      position_length: c.position.length,
      record_no: c.position.recordNo,
      sheet: c.position.sheet,
      row_no: c.position.row,
      record_key: c.recordKey,
      certificate_no: c.certificateNo,
      number,
      family: certificateFamily(number),
      valid_from: c.approvedOn ?? releasedOn,
      released_on: releasedOn,
      holder_name: c.holderName,
      holder_code: c.holderCode,
      holder_key: holderKey(c),
      holder_address: c.holderAddress,
      production_address: c.productionAddress,
      agent_name: c.agentName,
      agent_address: c.agentAddress,
      product_name: c.productName,
      model: c.model,
      components: c.components,
      scope: c.scope,
      approved_on: c.approvedOn,
      valid_until: c.validUntil,
      status_text: c.statusText,
      origin: c.origin,
      payload: this.tx.json(c.payload as never),
      content_hash: hash,
    };
  }
}

function hashOf(certificate: SourceCertificate): string {
  const { position: _position, problems: _problems, ...content } = certificate;
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** The key under which devices of the same holder stand: credit code of a domestic holder, else the folded name. */
function holderKey(certificate: SourceCertificate): string | null {
  const origin = parseNumber(undefined, certificate.certificateNo).parts.origin;
  const abroad = origin === 'imported' || origin === 'hk-macao-taiwan';
  const code = certificate.holderCode === null || abroad ? null : parseNumber('uscc', certificate.holderCode);
  if (code?.valid) return `uscc:${code.normalized}`;
  return certificate.holderName === null ? null : `name:${foldText(certificate.holderName).replace(/\s+/g, '')}`;
}
