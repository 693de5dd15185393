import { z } from 'zod';
import { day, type RecordKind, words } from '../kind.ts';

/** 监督抽检：一批样品的检验结果。 */
export const samplingTest: RecordKind = {
  kind: 'sampling-test',
  label: { zh: '监督抽检', en: 'Sampling test' },
  subjects: ['device', 'certificate', 'party'],
  body: z
    .object({
      result: z.enum(['符合', '不符合']).meta({ title: '检验结果' }),
      items: words('不符合项目').optional(),
      lot: words('批号或序列号', 200).optional(),
      sampledFrom: words('被抽样单位', 300).optional(),
      testedBy: words('检验机构', 300).optional(),
      testedOn: day('检验日期').optional(),
      reference: words('通告名称或文号', 300).optional(),
      url: z
        .url({ protocol: /^https?$/ })
        .max(1000)
        .optional()
        .meta({ title: '通告网址' }),
    })
    .strict(),
};
