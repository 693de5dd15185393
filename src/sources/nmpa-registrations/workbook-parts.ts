import { SaxesParser } from 'saxes';
import yauzl from 'yauzl';
import { AppError } from '../../kernel/app-error.ts';

/** A part of a workbook may unpack to this much at most; lists are far smaller, packed bombs are not. */
const LARGEST_PART = 1024 * 1024 * 1024;

/** The files inside a workbook, by name. */
export interface Parts {
  has(name: string): boolean;
  open(name: string): Promise<AsyncIterable<Uint8Array>>;
}

/** Opens the zip of a workbook. Throws `source.malformed` when it is none. */
export async function openParts(bytes: Buffer): Promise<Parts> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, decodeStrings: true }, (error, file) =>
      error ? reject(error) : resolve(file),
    );
  }).catch((error: unknown) => {
    throw new AppError(
      'source.malformed',
      `工作簿无法打开：${error instanceof Error ? error.message : String(error)}`,
      {},
      error,
    );
  });
  const entries = new Map<string, yauzl.Entry>();
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.set(entry.fileName.replace(/^\//, ''), entry);
      zip.readEntry();
    });
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.readEntry();
  });
  return {
    has: (name) => entries.has(name),
    open: async (name) => {
      const entry = entries.get(name);
      if (entry === undefined) throw new AppError('source.malformed', `工作簿缺少 ${name}`, { part: name });
      if (entry.uncompressedSize > LARGEST_PART)
        throw new AppError('source.malformed', `工作簿的 ${name} 过大`, { part: name });
      return await new Promise((resolve, reject) => {
        zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
      });
    },
  };
}

/** What a reader of XML wants to hear; tag names come without prefix. */
export interface Listener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Feeds XML to a listener and yields after each chunk, so that what was heard can be passed on. */
export async function* listen(xml: AsyncIterable<Uint8Array>, listener: Listener): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  parser.on('error', (error) => {
    throw new AppError('source.malformed', `工作簿的 XML 有误：${error.message}`, {}, error);
  });
  parser.on('opentag', (tag) => listener.open?.(local(tag.name), tag.attributes));
  parser.on('closetag', (tag) => listener.close?.(local(tag.name)));
  parser.on('text', (text) => listener.text?.(text));
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of xml) {
    parser.write(decoder.decode(chunk, { stream: true }));
    yield;
  }
  parser.write(decoder.decode()).close();
  yield;
}

/** Hears the whole of a part. */
export async function hear(xml: AsyncIterable<Uint8Array>, listener: Listener): Promise<void> {
  for await (const _ of listen(xml, listener));
}
