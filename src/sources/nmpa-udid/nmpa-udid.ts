import type { DeviceSource } from '../../domains/devices/index.ts';
import { readManifest } from '../manifest.ts';
import { deriveProduct } from './derive.ts';
import { FIELDS, LISTS } from './fields.ts';
import { unpackPayload } from './payload.ts';

const manifest = readManifest('nmpa-udid');

/**
 * The national base. It has a reader of its own (part-reader, record-rows) that goes from bytes to rows; what every
 * source shares stands here.
 */
export const nmpaUdid: Omit<DeviceSource, 'read'> = {
  id: manifest.id,
  shelf: 1,
  titleZh: manifest.title.zh,
  titleEn: manifest.title.en,
  publisher: manifest.publisher,
  url: manifest.url,
  licence: manifest.licence,
  fields: [
    ...FIELDS,
    ...LISTS.flatMap((list) => [
      { tag: list.tag, zh: list.zh, en: list.en, section: list.section },
      ...list.fields.map(([tag, zh, en]) => ({ tag, zh, en, section: list.section })),
    ]),
  ],
  columnTags: {
    name: 'cpmctymc',
    brand: 'spmc',
    description: 'cpms',
    holderName: 'ylqxzcrbarmc',
    holderNameAlt: 'ylqxzcrbarywmc',
    holderCode: 'tyshxydm',
    certificateText: 'zczbhhzbapzbh',
    classCode: 'flbm',
    classCodeOld: 'yflbm',
    category: 'qxlb',
    kind: 'cplb',
    di: 'zxxsdycpbs',
    model: 'ggxh',
    catalogNo: 'cphhhbh',
    versionNo: 'versionNumber',
    correctionNo: 'correctionNumber',
  },
  derive: deriveProduct,
  recognises(fileName, firstBytes) {
    const head = Buffer.from(firstBytes.buffer, firstBytes.byteOffset, Math.min(firstBytes.length, 4096)).toString(
      'latin1',
    );
    return /<udid[\s>]/.test(head) || /^UDID[_-]/i.test(fileName);
  },
};

export { unpackPayload };
