import { isUtf8 } from 'node:buffer';
import { AppError } from '../../kernel/app-error.ts';
import type { RecordRows } from './record-rows.ts';
import { type DeviceScanner, UNCLOSED_MARKUP } from './scanner.ts';

/** Largest device record that is read; a longer one is refused and stepped over. */
const LARGEST_RECORD = 8 << 20;
const OPEN = Buffer.from('<device');
const CLOSE = Buffer.from('</device>');
const ROOT_CLOSE = Buffer.from('</udid');
const COMMENT = Buffer.from('<!--');
/** So many bytes at the end of a window may be the beginning of something longer. */
const TAIL = 8;
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
  /** True when `</udid` came behind the last record. */
  let closed = false;
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
  const tooLong = () => {
    // skipped in the run that is gone on with, too; only counted once
    if (base >= resumeAt) {
      recordNo++;
      rows.scanner.fault = { reason: `a record longer than ${LARGEST_RECORD} bytes`, at: 0 };
      rows.write(window, { at: base, length: window.length, recordNo }, reading.nextId(), 0);
    }
    skipping = true;
  };

  for await (const chunk of withEnd(stream)) {
    const last = chunk.length === 0;
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
        // ~start: what from here on may still belong to a tag or a comment
        const root = window.indexOf(ROOT_CLOSE, at);
        closed ||= root >= 0 && window.indexOf(62, root) > 0;
        at = !headerSeen ? 0 : closed || root < 0 ? ~start : Math.min(~start, root);
        break;
      }
      header(start);
      closed = false;
      const end = window.indexOf(CLOSE, start);
      if (end < 0) {
        at = start;
        break;
      }
      let stop = end + CLOSE.length;
      const absolute = base + start;
      if (absolute < resumeAt) {
        // a record that was never closed ends where the next one begins: there the run before has stopped
        at = Math.min(stop, resumeAt - base);
        continue;
      }
      const read = one(rows.scanner, window, { start, end, clean, last });
      if (read.more) {
        at = start;
        break;
      }
      stop = read.stop;
      recordNo++;
      const position = { at: absolute, length: stop - start, recordNo };
      const taken = rows.write(read.bytes, position, reading.nextId(), read.from);
      if (read.damaged && taken)
        rows.report({ severity: 'problem', code: 'encoding.invalid-utf8', field: null, value: null, reason: null });
      at = stop;
      lastAt = base + stop;
      resumeAt = lastAt;
      const wait = reading.afterRecord({ at: lastAt, recordNo });
      if (wait) await wait;
    }
    base += at;
    window = window.subarray(at);
    if (window.length > LARGEST_RECORD && openTag(window, 0) === 0) tooLong();
    else if (window.length > LARGEST_RECORD) {
      throw new AppError('part.not-this-format', `no <device> within ${LARGEST_RECORD} bytes`, { at: base });
    }
  }
  if (base + window.length === 0) throw new AppError('part.empty', 'the file is empty');
  if (!headerSeen) header(window.length);
  if (skipping || !closed) {
    throw new AppError('part.cut-off', `the file ends at byte ${base + window.length} without </udid>`, {
      at: base + window.length,
    });
  }
  return { at: lastAt, recordNo, headerCount };
}

/** The chunks of a stream that are not empty, then one that is. */
async function* withEnd(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) if (chunk.length) yield chunk;
  yield Buffer.alloc(0);
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

/**
 * The next `<device>` or `<device …>`, not `<devices>`, outside comments. When there is none, the complement (~) of the
 * offset from which the window must be kept: the beginning of a tag or an open comment may stand there.
 */
function openTag(window: Buffer, from: number): number {
  const near = nextOpen(window, from);
  if (near >= 0) return near;
  let at = from;
  let comment = window.indexOf(COMMENT, from);
  for (;;) {
    at = window.indexOf(OPEN, at);
    while (comment >= 0 && (at < 0 || comment < at)) {
      const end = window.indexOf('-->', comment + COMMENT.length);
      if (end < 0) return ~comment;
      if (at >= 0 && at < end) at = window.indexOf(OPEN, end);
      comment = window.indexOf(COMMENT, end);
    }
    if (at < 0) return ~Math.max(from, window.length - TAIL);
    const next = window[at + OPEN.length];
    if (next === 62 || next === 32 || next === 9 || next === 10 || next === 13) return at;
    if (next === undefined) return ~at;
    at += OPEN.length;
  }
}

interface ScannedRecord {
  readonly bytes: Buffer;
  /** Where the record begins in `bytes`. */
  readonly from: number;
  /** Where it ends in the window. */
  readonly stop: number;
  /** True when bytes were no UTF-8. */
  readonly damaged: boolean;
  /** True when its end cannot be told before more of the part is there. */
  readonly more: boolean;
}

/** Scans the record that begins at `start` and whose end tag seems to stand at `end`; `last` = nothing comes after. */
function one(
  scanner: DeviceScanner,
  window: Buffer,
  { start, end, clean, last }: { start: number; end: number; clean: boolean; last: boolean },
): ScannedRecord {
  let bytes: Buffer = window;
  let from = start;
  let to = end;
  let stop = end + CLOSE.length;
  const damaged = !clean && !isUtf8(window.subarray(start, end));
  if (damaged) {
    // bytes that are no UTF-8 become U+FFFD in the register; the file keeps the originals
    bytes = Buffer.from(window.toString('utf8', start, end), 'utf8');
    from = 0;
    to = bytes.length;
  }
  scanner.scan(bytes, behindOpen(bytes, from), to);
  if (!scanner.fault) return { bytes, from, stop, damaged, more: false };
  // never closed: another record begins inside; it is read for itself
  const inner = openTag(window.subarray(0, end), start + OPEN.length);
  if (inner >= 0) return { bytes, from, stop: inner, damaged, more: false };
  // an end tag in CDATA or in a comment is none: the true one stands behind it, before the next record
  while (scanner.fault?.reason === UNCLOSED_MARKUP && !damaged) {
    const { at } = scanner.fault;
    const behind = window.indexOf(closingOf(window, at), at);
    if (hasBorder(window, at, behind < 0 ? window.length : behind)) break;
    const next = behind < 0 ? -1 : window.indexOf(CLOSE, Math.max(behind, stop));
    if (next < 0 && !last) return { bytes, from, stop, damaged, more: true };
    if (next < 0) break;
    stop = next + CLOSE.length;
    scanner.scan(bytes, behindOpen(bytes, from), next);
  }
  return { bytes, from, stop: scanner.fault ? end + CLOSE.length : stop, damaged, more: false };
}

function behindOpen(bytes: Buffer, from: number): number {
  return bytes[from + OPEN.length] === 62 ? from + OPEN.length + 1 : bytes.indexOf(62, from) + 1;
}

/** What ends the comment, CDATA or instruction that begins at `at`. */
function closingOf(window: Buffer, at: number): string {
  if (window[at + 1] === 63) return '?>';
  return window[at + 2] === 91 ? ']]>' : '-->';
}

/** True when one record ends and another begins, or the list ends, between the two offsets. */
function hasBorder(window: Buffer, from: number, to: number): boolean {
  for (let end = window.indexOf(CLOSE, from); end >= 0 && end < to; end = window.indexOf(CLOSE, end + 1)) {
    const behind = window.toString('latin1', end + CLOSE.length, end + CLOSE.length + 400);
    if (/^\s*<(?:device[\s>]|\/devices)/.test(behind)) return true;
  }
  return false;
}
