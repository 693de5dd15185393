import { type DetectedEncoding, detectEncoding, transcode } from './encoding.ts';
import { openPart } from './open-part.ts';
import { openRelease } from './open-release.ts';
import type { PartDescriptor, ReleasePart } from './part.ts';

export type { PartDescriptor } from './part.ts';

export interface PartText extends DetectedEncoding {
  /** Whether positions in `bytes` are those of the unpacked part or of its transcoded form. */
  readonly positionsIn: 'source' | 'transcoded';
  readonly bytes: AsyncGenerator<Buffer>;
}

const ENOUGH = 4096;

/**
 * A part as UTF-8 bytes with its encoding. A part in UTF-8 passes untouched, its byte order mark too, so that positions
 * are those of the part; others are transcoded, always the same way, so that a later run finds the same positions.
 */
export async function readText(part: PartDescriptor): Promise<PartText> {
  const source = openPart(part);
  const first: Buffer[] = [];
  let length = 0;
  while (length < ENOUGH) {
    const next = await source.next();
    if (next.done) break;
    first.push(next.value);
    length += next.value.length;
  }
  const detected = detectEncoding(Buffer.concat(first).subarray(0, 65_536));
  async function* all(): AsyncGenerator<Buffer> {
    try {
      yield* first;
      yield* source;
    } finally {
      await source.return(undefined);
    }
  }
  return {
    ...detected,
    positionsIn: detected.encoding === 'utf-8' ? 'source' : 'transcoded',
    bytes: transcode(all(), detected.encoding),
  };
}

/** The document as UTF-8 bytes. */
export async function openText(part: PartDescriptor): Promise<AsyncIterable<Uint8Array>> {
  return (await readText(part)).bytes;
}

/**
 * The documents of a file, for callers that open them until the process ends: unpacked inner zips are removed then.
 * Whoever lives longer uses `openRelease` and closes it.
 */
export async function listParts(file: string): Promise<readonly ReleasePart[]> {
  return (await openRelease(file)).parts;
}
