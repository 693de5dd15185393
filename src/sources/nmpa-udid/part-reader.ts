import { isUtf8 } from 'node:buffer';
import { AppError } from '../../kernel/app-error.ts';
import type { RecordRows } from './record-rows.ts';

/** Largest device record that is read; a longer one is refused and stepped over. */
const LARGEST_RECORD = 8 << 20;
const OPEN = Buffer.from('<device');
const CLOSE = Buffer.from('</device>');
const HEADER = /<numberRkeyecordXML\s*>\s*(\d+)\s*<\/numberRkeyecordXML\s*>/;

export interface PartProgress {
  /** Byte behind the last record that was written. */
  readonly at: number;
  /** Number of the last record. */
  readonly recordNo: number;
}

export interface PartReading {
  /** Byte and record to go on from; 0 and 0 at the beginning. */
  readonly from: PartProgress;
  /** Surrogate key of the next record. */
  nextId(): number;
  /** Called after every record; a promise is waited for (the chunk is being stored). */
  afterRecord(progress: PartProgress): Promise<void> | undefined;
}

export interface PartResult extends PartProgress {
  /** Count stated by the header, null when there is none. */
  readonly headerCount: number | null;
}

/**
 * Reads one XML document of the national data set, in any chunking, with memory bounded by the largest record.
 * Throws `part.empty`, `part.not-this-format` and `part.cut-off`; faults of single records go to the ledger.
 */
export async function readPart(
  stream: AsyncIterable<Uint8Array>,
  rows: RecordRows,
  reading: PartReading,
): Promise<PartResult> {
  let window: Buffer = Buffer.alloc(0);
  /** Offset of the window's first byte in the part. */
  let base = 0;
  let { at: resumeAt, recordNo } = reading.from;
  let headerCount: number | null = null;
  let headerSeen = false;
  let skipping = false;
  let lastAt = resumeAt;

  const header = (until: number) => {
    if (headerSeen) return;
    headerSeen = true;
    const text = window.toString('latin1', 0, until);
    if (!/<udid[\s>]/.test(text)) {
      throw new AppError('part.not-this-format', 'no <udid> element: this is not a file of the UDI data set', {
        found: text.slice(0, 80),
      });
    }
    const found = HEADER.exec(text);
    headerCount = found ? Number(found[1]) : null;
  };

  for await (const chunk of stream) {
    window = window.length
      ? Buffer.concat([window, chunk])
      : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let at = 0;
    if (skipping) {
      const end = window.indexOf(CLOSE);
      if (end < 0) {
        const keep = Math.min(window.length, CLOSE.length);
        base += window.length - keep;
        window = window.subarray(window.length - keep);
        continue;
      }
      at = end + CLOSE.length;
      skipping = false;
    }
    // one check for the whole window; only when it fails is each record looked at
    const clean = isUtf8(window.subarray(0, lastComplete(window)));
    for (;;) {
      const start = openTag(window, at);
      if (start < 0) {
        // keep what may be the beginning of a tag
        at = Math.max(at, window.length - OPEN.length - 1);
        break;
      }
      header(start);
      const end = window.indexOf(CLOSE, start);
      if (end < 0) {
        at = start;
        break;
      }
      const stop = end + CLOSE.length;
      const absolute = base + start;
      if (absolute >= resumeAt) {
        recordNo++;
        const position = { at: absolute, length: stop - start, recordNo };
        const id = reading.nextId();
        const reopened = one(rows, window, start, end, position, id, clean);
        if (reopened > 0) {
          // the record was never closed: the one that begins inside it is read for itself
          at = start + reopened;
          resumeAt = base + at;
          lastAt = resumeAt;
          const wait = reading.afterRecord({ at: lastAt, recordNo });
          if (wait) await wait;
          continue;
        }
        lastAt = base + stop;
        const wait = reading.afterRecord({ at: lastAt, recordNo });
        if (wait) await wait;
      }
      at = stop;
    }
    base += at;
    window = window.subarray(at);
    if (window.length > LARGEST_RECORD && openTag(window, 0) === 0) {
      recordNo++;
      rows.scanner.fault = { reason: `a record longer than ${LARGEST_RECORD} bytes`, at: 0 };
      rows.write(window, { at: base, length: window.length, recordNo }, reading.nextId());
      skipping = true;
    } else if (window.length > LARGEST_RECORD) {
      throw new AppError('part.not-this-format', `no <device> within ${LARGEST_RECORD} bytes`, { at: base });
    }
  }
  return finish();

  function finish(): PartResult {
    if (base + window.length === 0) throw new AppError('part.empty', 'the file is empty');
    if (!headerSeen) header(window.length);
    const rest = window.toString('latin1');
    if (skipping || rest.includes('<device') || !/<\/udid\s*>\s*$/.test(rest)) {
      throw new AppError('part.cut-off', `the file ends at byte ${base + window.length} without </udid>`, {
        at: base + window.length,
      });
    }
    return { at: lastAt, recordNo, headerCount };
  }
}

/** End of the last complete record in the window, so that a character cut in two at the end is not taken for damage. */
function lastComplete(window: Buffer): number {
  const end = window.lastIndexOf(CLOSE);
  return end < 0 ? 0 : end + CLOSE.length;
}

/** Offset of `<device>` behind blanks at `from`, -1 when something else stands there. */
function nextOpen(window: Buffer, from: number): number {
  let at = from;
  while (at < window.length && (window[at] as number) <= 32) at++;
  if (at + 8 > window.length || window[at] !== 60 || window[at + 7] !== 62) return -1;
  for (let i = 1; i < 7; i++) if (window[at + i] !== OPEN[i]) return -1;
  return at;
}

/** The next `<device>` or `<device …>`, not `<devices>`. */
function openTag(window: Buffer, from: number): number {
  const near = nextOpen(window, from);
  if (near >= 0) return near;
  let at = from;
  for (;;) {
    at = window.indexOf(OPEN, at);
    if (at < 0) return -1;
    const next = window[at + OPEN.length];
    if (next === 62 || next === 32 || next === 9 || next === 10 || next === 13) return at;
    if (next === undefined) return -1;
    at += OPEN.length;
  }
}

function one(
  rows: RecordRows,
  window: Buffer,
  start: number,
  end: number,
  position: { at: number; length: number; recordNo: number },
  id: number,
  clean: boolean,
): number {
  let bytes: Buffer = window;
  let from = start;
  let to = end;
  let damaged = false;
  if (!clean && !isUtf8(window.subarray(start, end))) {
    // bytes that are no UTF-8 become U+FFFD in the register; the file keeps the originals
    bytes = Buffer.from(window.toString('utf8', start, end), 'utf8');
    from = 0;
    to = bytes.length;
    damaged = true;
  }
  const open = bytes[from + OPEN.length] === 62 ? from + OPEN.length + 1 : bytes.indexOf(62, from) + 1;
  rows.scanner.scan(bytes, open, to);
  const reopened = rows.scanner.reopenedAt;
  const taken = rows.write(bytes, reopened < 0 ? position : { ...position, length: reopened - from }, id);
  if (damaged && taken)
    rows.report({ severity: 'problem', code: 'encoding.invalid-utf8', field: null, value: null, reason: null });
  // in bytes mended for reading the offset is not that of the file; such a record is refused whole
  return reopened < 0 || damaged ? 0 : reopened - from;
}
