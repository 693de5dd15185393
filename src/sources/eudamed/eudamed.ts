import { isUtf8 } from 'node:buffer';
import { type DeviceSource, foldText, type SourceEvent } from '../../domains/devices/index.ts';
import { AppError } from '../../kernel/app-error.ts';
import { readManifest } from '../manifest.ts';
import { rejection, shown } from '../problem-list.ts';
import { EUDAMED_FIELDS } from './fields.ts';
import { itemRecord } from './item-record.ts';
import { splitItems } from './json-splitter.ts';
import { isObject, type Json, parseJson } from './json-text.ts';

const manifest = readManifest('eudamed');
const TRADE_ITEM = /"DraftItem"\s*:|"TradeItem"\s*:/;

/** Reads GS1 items of EUDAMED devices: one event an item, in file order. */
async function* read(
  stream: AsyncIterable<Uint8Array>,
  options: { readonly startAt: number },
): AsyncGenerator<SourceEvent> {
  let seen = false;
  for await (const piece of splitItems(stream, options.startAt)) {
    if (piece.kind === 'stray') {
      if (!seen) throw new AppError('source.not-this-format', '不是 EUDAMED 的 GS1 JSON 文件', { at: piece.at });
      const problem = rejection(
        'source.unknown-content',
        null,
        piece.bytes.toString('utf8'),
        `第 ${piece.at} 字节处，不属于任何条目`,
      );
      yield { type: 'part-problem', problem: { ...problem, severity: 'problem' } };
      continue;
    }
    if (!seen && piece.recordNo === 1 && !TRADE_ITEM.test(piece.bytes.toString('latin1'))) {
      throw new AppError('source.not-this-format', '不是 EUDAMED 的 GS1 JSON 文件：第一条没有 DraftItem', {
        at: piece.at,
      });
    }
    seen = true;
    yield itemEvent(piece.bytes, piece.at, piece.recordNo);
  }
}

function itemEvent(bytes: Buffer, at: number, recordNo: number): SourceEvent {
  const position = { at, length: bytes.length, recordNo };
  const refuse = (code: string, recordKey: string | null, field: string | null, reason: string): SourceEvent => ({
    type: 'rejected',
    record: { position, recordKey, rejected: rejection(code, field, null, reason) },
  });
  const text = bytes.toString('utf8');
  if (!isUtf8(bytes)) return refuse('text.not-utf8', keyIn(text), null, '不是有效的 UTF-8 文本');
  let document: Json;
  try {
    document = parseJson(text);
  } catch (error) {
    return refuse(
      'source.malformed',
      keyIn(text),
      null,
      `JSON 有误：${error instanceof Error ? shown(error.message) : ''}`,
    );
  }
  if (!isObject(document)) return refuse('source.malformed', null, null, '不是 JSON 对象');
  const record = itemRecord(document, position);
  if ('code' in record) {
    const reason = record.code === 'source.missing-key' ? '没有记录编号或产品标识' : '缺少必需的部分';
    return refuse(record.code, record.recordKey, record.field, reason);
  }
  return { type: 'record', record };
}

/** The key of an item that could not be parsed, as far as its text shows one. */
function keyIn(text: string): string | null {
  return /"_file"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? /"Identifier"\s*:\s*"Draft_([^"]+)"/.exec(text)?.[1] ?? null;
}

/** Risk class as the regulations write it, told apart from the Chinese classes: `EU_CLASS_IIA` → `EU IIa`; other codes stay. */
function riskClass(category: string | null): string | null {
  const code = category?.split(',')[0] ?? null;
  return code === null
    ? null
    : code.replace(/^EU_CLASS_/, 'EU ').replace(/^EU II([AB])$/, (_, letter: string) => `EU II${letter.toLowerCase()}`);
}

/** EUDAMED devices as GS1 GDSN items in JSON. */
export const eudamed: DeviceSource = {
  id: manifest.id,
  shelf: manifest.shelf ?? 3,
  titleZh: manifest.title.zh,
  titleEn: manifest.title.en,
  publisher: manifest.publisher,
  url: manifest.url,
  licence: manifest.licence,
  fields: EUDAMED_FIELDS,
  columnTags: {
    name: 'GlobalModelInformation.GlobalModelDescription',
    brand: 'TradeItemDescriptionModule.TradeItemDescriptionInformation.TradeItemDescription',
    description: 'TradeItemDescriptionModule.TradeItemDescriptionInformation.AdditionalTradeItemDescription',
    holderName: 'TradeItemContactInformation.ContactName',
    holderCode: 'TradeItemContactInformation.AdditionalPartyIdentification.Value',
    certificateText: 'CertificationInformationModule.CertificationInformation.Certification.CertificationValue',
    classCode: 'GdsnTradeItemClassification.AdditionalTradeItemClassification',
    category: 'GdsnTradeItemClassification.AdditionalTradeItemClassification',
    kind: 'RegulatedTradeItemModule.RegulatoryInformation.RegulatoryAct',
    di: 'Gtin',
    model: 'AdditionalTradeItemIdentification',
    catalogNo: 'AdditionalTradeItemIdentification',
    publishedOn: 'TradeItemSynchronisationDates.EffectiveDateTime',
    withdrawnOn: 'TradeItemSynchronisationDates.DiscontinuedDateTime',
    versionAt: 'TradeItemSynchronisationDates.LastChangeDateTime',
  },
  derive(product) {
    const { holderCode, holderName, classCode, category, certificateText } = product;
    const byName = holderName === null ? null : `name:${foldText(holderName).replace(/\s+/g, '')}`;
    return {
      classKey: classCode?.split(',')[0] ?? null,
      riskClass: riskClass(category),
      origin: null,
      holderKey: holderCode === null ? byName : `srn:${holderCode}`,
      certificates: certificateText === null ? [] : certificateText.split('; '),
    };
  },
  recognises(fileName, firstBytes) {
    if (!/\.jsonl?(\.gz)?$/i.test(fileName)) return false;
    const head = Buffer.from(firstBytes.buffer, firstBytes.byteOffset, Math.min(firstBytes.byteLength, 65_536));
    return /"DraftItem"\s*:/.test(head.toString('latin1'));
  },
  read,
};
