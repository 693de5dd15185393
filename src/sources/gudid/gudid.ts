import { isUtf8 } from 'node:buffer';
import { type DeviceSource, foldText, type SourceEvent, type SourceProblem } from '../../domains/devices/index.ts';
import { AppError } from '../../kernel/app-error.ts';
import { readManifest } from '../manifest.ts';
import { rejection, shown } from '../problem-list.ts';
import { deviceRecord } from './device-record.ts';
import { splitDevices } from './device-splitter.ts';
import { type Element, readElement } from './element.ts';
import { GUDID_FIELDS } from './fields.ts';

const manifest = readManifest('gudid');
const ROOT = /<(data|gudid)(?=[\s>/])/;
const NAMESPACE = 'http://www.fda.gov/cdrh/gudid';

/** Reads a GUDID XML file: one event a device, in file order. */
async function* read(
  stream: AsyncIterable<Uint8Array>,
  options: { readonly startAt: number },
): AsyncGenerator<SourceEvent> {
  let root: string | null = null;
  let closed = false;
  for await (const piece of splitDevices(stream, options.startAt)) {
    if (piece.kind === 'between') {
      const text = piece.bytes.toString('utf8');
      if (root === null) {
        root = rootOf(text);
        for (const problem of prologueProblems(text)) yield { type: 'part-problem', problem };
        closed = text.includes(`</${root}`) || /<(data|gudid)[^>]*\/>/.test(text);
      } else {
        closed ||= text.includes(`</${root}`);
        const stray = text.replace(/<!--[\s\S]*?-->|<\/(?:data|gudid)\s*>/g, '').trim();
        if (stray !== '') yield { type: 'part-problem', problem: strayProblem(stray, piece.at) };
      }
      continue;
    }
    if (root === null)
      throw new AppError('source.not-this-format', 'device 之前没有 data 或 gudid 根元素', { at: piece.at });
    yield deviceEvent(piece.bytes, piece.at, piece.recordNo);
  }
  if (root === null) throw new AppError('source.not-this-format', '不是 GUDID 文件：没有 data 或 gudid 根元素');
  if (!closed) throw new AppError('source.truncated', `文件没有 </${root}> 结尾，可能被截断`);
}

function deviceEvent(bytes: Buffer, at: number, recordNo: number): SourceEvent {
  const position = { at, length: bytes.length, recordNo };
  const refuse = (code: string, recordKey: string | null, field: string | null, reason: string): SourceEvent => ({
    type: 'rejected',
    record: { position, recordKey, rejected: rejection(code, field, null, reason) },
  });
  if (!isUtf8(bytes)) return refuse('text.not-utf8', keyIn(bytes), null, '不是有效的 UTF-8 文本');
  let element: Element;
  try {
    element = readElement(bytes.toString('utf8'));
  } catch (error) {
    return refuse(
      'source.malformed',
      keyIn(bytes),
      null,
      `XML 有误：${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const record = deviceRecord(element, position);
  if ('missing' in record)
    return refuse('source.missing-key', record.recordKey, record.missing, '没有记录号或产品标识');
  return { type: 'record', record };
}

/** The key of a record that could not be parsed, as far as its bytes show one. */
function keyIn(bytes: Buffer): string | null {
  const text = bytes.toString('latin1');
  const found = /<publicDeviceRecordKey>([^<]+)</.exec(text) ?? /^<device[^>]*\sdeviceid="([^"]+)"/.exec(text);
  return found?.[1]?.trim() ?? null;
}

function rootOf(prologue: string): string {
  const encoding = /<\?xml[^>]*encoding=["']([^"']+)["']/i.exec(prologue)?.[1];
  if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) {
    throw new AppError('source.encoding', `GUDID 文件应为 UTF-8，文件声明为 ${encoding}`, { encoding });
  }
  const root = ROOT.exec(prologue)?.[1];
  if (root === undefined) throw new AppError('source.not-this-format', '不是 GUDID 文件：没有 data 或 gudid 根元素');
  return root;
}

/** Everything between the root tag and the first device is unknown to the description of the source and reported. */
function* prologueProblems(prologue: string): Generator<SourceProblem> {
  const header = prologue.slice(ROOT.exec(prologue)?.index ?? 0).replace(/<!--[\s\S]*?-->/g, '');
  for (const m of header.matchAll(/<([A-Za-z][\w.-]*)(?:\s[^>]*)?>([^<]+)<\/\1\s*>/g)) {
    const value = m[2]?.trim() ?? '';
    if (value !== '') {
      yield {
        severity: 'problem',
        code: 'source.unknown-field',
        field: m[1] ?? null,
        value: shown(value),
        reason: '文件头中的未知字段',
      };
    }
  }
}

function strayProblem(text: string, at: number): SourceProblem {
  return {
    severity: 'problem',
    code: 'source.unknown-content',
    field: null,
    value: shown(text),
    reason: `第 ${at} 字节处，不属于任何 device 记录`,
  };
}

/** US GUDID in the XML form of its releases. */
export const gudid: DeviceSource = {
  id: manifest.id,
  shelf: manifest.shelf ?? 2,
  titleZh: manifest.title.zh,
  titleEn: manifest.title.en,
  publisher: manifest.publisher,
  url: manifest.url,
  licence: manifest.licence,
  fields: GUDID_FIELDS,
  columnTags: {
    name: 'gmdnTerms.gmdnPTName',
    brand: 'brandName',
    description: 'deviceDescription',
    holderName: 'companyName',
    holderCode: 'dunsNumber',
    certificateText: 'premarketSubmissions.submissionNumber',
    classCode: 'productCodes.productCode',
    di: 'deviceId',
    model: 'versionModelNumber',
    catalogNo: 'catalogNumber',
    publishedOn: 'devicePublishDate',
    withdrawnOn: 'deviceCommDistributionEndDate',
    versionNo: 'publicVersionNumber',
    versionAt: 'publicVersionDate',
  },
  derive(product) {
    const { holderCode, holderName, classCode, certificateText } = product;
    const byName = holderName === null ? null : `name:${foldText(holderName).replace(/\s+/g, '')}`;
    return {
      classKey: classCode?.split(',')[0] ?? null,
      // GUDID publishes neither the risk class of a product code nor the country of the labeler
      riskClass: null,
      origin: null,
      holderKey: holderCode === null ? byName : `duns:${holderCode}`,
      certificates: certificateText === null ? [] : [...new Set(certificateText.split(','))],
    };
  },
  recognises(fileName, firstBytes) {
    if (!/\.xml(\.gz)?$/i.test(fileName)) return false;
    const head = Buffer.from(firstBytes.buffer, firstBytes.byteOffset, Math.min(firstBytes.byteLength, 4096)).toString(
      'utf8',
    );
    return head.includes(NAMESPACE) && ROOT.test(head);
  },
  read,
};
