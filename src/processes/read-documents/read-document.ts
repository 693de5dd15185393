import { isUtf8 } from 'node:buffer';
import { Worker } from 'node:worker_threads';
import yauzl from 'yauzl';
import { AppError } from '../../kernel/app-error.ts';
import { detectEncoding, type TextEncoding, transcode } from '../../platform/files/encoding.ts';
import type { DocumentWord } from './document-worker.ts';
import type { DocumentText } from './types.ts';

/** Bytes of one file at most. */
export const MOST_BYTES = 64 * 2 ** 20;
/** Unpacked bytes of a Word file at most: its parts are read into memory. */
const MOST_UNPACKED = 256 * 2 ** 20;
/** Milliseconds for one file: the libraries that read it may be led astray by what it says. */
const TIME_LIMIT = 90_000;
const HEAP_MB = 1_024;

export type FileKind = 'text' | 'docx' | 'pdf' | 'ofd' | 'old-office' | 'rtf' | 'workbook' | 'zip' | 'picture';

const REFUSED: Readonly<Record<Exclude<FileKind, 'text' | 'docx' | 'pdf'>, string>> = {
  ofd: 'OFD files are not read yet: save the document as PDF with its text, or as DOCX',
  'old-office': 'the old binary format of Word or WPS is not read: save the document as DOCX',
  rtf: 'RTF is not read: save the document as DOCX',
  workbook: 'a workbook or presentation is no policy text: save the text as DOCX or PDF',
  zip: 'an archive is not read here: unpack it and give the files',
  picture: 'a picture is not read: recognise its text first and give that',
};

/** What a file is by its first bytes; the names of entries of a ZIP stand in it unpacked. */
export function kindOfFile(head: Buffer): FileKind {
  const signs = head.toString('latin1', 0, Math.min(head.length, 65_536));
  if (/^\s*%PDF-/.test(signs.slice(0, 1024))) return 'pdf';
  if (signs.startsWith('PK\x03\x04')) {
    if (/word\/(?:document|styles|_rels)/.test(signs)) return 'docx';
    if (signs.includes('OFD.xml')) return 'ofd';
    if (/(?:xl|ppt)\//.test(signs)) return 'workbook';
    return signs.includes('[Content_Types].xml') ? 'docx' : 'zip';
  }
  if (signs.startsWith('\xd0\xcf\x11\xe0')) return 'old-office';
  if (signs.startsWith('{\\rtf')) return 'rtf';
  if (/^(?:\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|BM.{4}\0{4})/s.test(signs)) return 'picture';
  return 'text';
}

/**
 * The text of a Word or PDF file, read in a thread of its own that has so much memory and time and no more.
 * @throws AppError `policy.not-text` (a format that is not read), `policy.scanned`, `policy.locked`,
 * `policy.unreadable`, `policy.too-long`
 */
export async function readDocument(bytes: Buffer): Promise<DocumentText> {
  const kind = kindOfFile(bytes);
  if (kind === 'text') throw new AppError('policy.not-text', 'the file is neither DOCX nor PDF');
  if (kind !== 'docx' && kind !== 'pdf') throw new AppError('policy.not-text', REFUSED[kind], { kind });
  if (bytes.length > MOST_BYTES)
    throw new AppError('policy.too-long', `the file has ${bytes.length} bytes; at most ${MOST_BYTES}`);
  if (kind === 'docx') await checkUnpacked(bytes);
  const found = await inThread(kind, bytes);
  if (found.text.trim() === '') throw new AppError('policy.no-text', 'the file has no text');
  return found;
}

/** The text of any file that is read: Word, PDF, or text in any of the known encodings. */
export async function readAnyDocument(bytes: Buffer): Promise<DocumentText> {
  if (bytes.length === 0) throw new AppError('file.empty', 'the file is empty');
  if (kindOfFile(bytes) !== 'text') return readDocument(bytes);
  const encoding = encodingOf(bytes);
  if (encoding === 'utf-8' && bytes.includes(0)) throw new AppError('policy.not-text', 'the file is not text');
  const parts: Buffer[] = [];
  for await (const part of transcode(only(bytes), encoding)) parts.push(part);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw new AppError('policy.not-text', 'the file is neither UTF-8 nor GB18030 text');
  }
  if (text.trim() === '') throw new AppError('policy.no-text', 'the file has no text');
  return { text, from: 'text', pages: null, notices: [] };
}

/** A notice of a few lines is too short for the usual guess; read whole, it is GB18030 or it is not. */
function encodingOf(bytes: Buffer): TextEncoding {
  const { encoding, by } = detectEncoding(bytes);
  if (by !== 'default' || isUtf8(bytes)) return encoding;
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    return 'gb18030';
  } catch {
    return encoding;
  }
}

async function* only(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

function inThread(kind: 'docx' | 'pdf', bytes: Buffer): Promise<DocumentText> {
  const worker = startWorker({ kind, bytes: Uint8Array.from(bytes) });
  return new Promise<DocumentText>((resolve, reject) => {
    const refuse = (code: string, message: string) => reject(new AppError(code, message));
    const timer = setTimeout(
      () => refuse('policy.unreadable', `the file was not read within ${TIME_LIMIT / 1000} seconds`),
      TIME_LIMIT,
    );
    worker.on('message', (word: DocumentWord) =>
      'done' in word ? resolve(word.done) : refuse(word.failed.code, word.failed.message),
    );
    worker.on('error', (error) => refuse('policy.unreadable', `the file cannot be read: ${error.message}`));
    worker.on('exit', () => refuse('policy.unreadable', 'the file cannot be read'));
    worker.on('exit', () => clearTimeout(timer));
  }).finally(() => worker.terminate());
}

function startWorker(workerData: { kind: string; bytes: Uint8Array }): Worker {
  const options = { workerData, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB }, stdout: true, stderr: true };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./document-worker.js', import.meta.url), options);
  // from the sources (tests, benchmarks) the thread has to learn TypeScript first, as this process did
  const learn = `import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))}).then(({ register }) => {
    register();
    return import(${JSON.stringify(new URL('./document-worker.ts', import.meta.url).href)});
  });`;
  return new Worker(learn, { ...options, eval: true });
}

/** Refuses a Word file that would unpack to more than memory holds, by its directory, before anything is unpacked. */
function checkUnpacked(bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: false, validateEntrySizes: true }, (error, zip) => {
      if (error || !zip) {
        reject(new AppError('policy.unreadable', `the Word file cannot be read: ${error?.message ?? 'no directory'}`));
        return;
      }
      let total = 0;
      zip.on('entry', (entry) => {
        total += entry.uncompressedSize;
      });
      zip.on('error', (fault: Error) => reject(new AppError('policy.unreadable', `the Word file: ${fault.message}`)));
      zip.on('end', () =>
        total > MOST_UNPACKED
          ? reject(new AppError('policy.too-long', `the Word file unpacks to ${total} bytes; at most ${MOST_UNPACKED}`))
          : resolve(),
      );
    });
  });
}
