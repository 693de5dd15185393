import type { PublishedSource, SourceCatalogue } from '../domains/devices/published-source.ts';
import type { PayloadValue } from '../domains/devices/source-record.ts';
import { eudamed } from '../sources/eudamed/eudamed.ts';
import { gudid } from '../sources/gudid/gudid.ts';
import { nmpaUdid, unpackPayload } from '../sources/nmpa-udid/nmpa-udid.ts';

/** Payloads of sources read record by record are JSON. */
function fromJson(payload: string): Readonly<Record<string, PayloadValue>> {
  return JSON.parse(payload || '{}') as Record<string, PayloadValue>;
}

/** What reads need to know of every source of device records. */
export function sourceCatalogue(): SourceCatalogue {
  const all: PublishedSource[] = [
    { ...nmpaUdid, unpack: unpackPayload },
    { ...gudid, unpack: fromJson },
    { ...eudamed, unpack: fromJson },
  ];
  return new Map(all.map((source) => [source.id, source]));
}
