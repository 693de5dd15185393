import { z } from 'zod';
import { day, type RecordKind, words } from '../kind.ts';

/** 召回：医疗器械召回管理办法（原国家食品药品监督管理总局令第29号）分三级，责任人为注册人、备案人或代理人。 */
export const recall: RecordKind = {
  kind: 'recall',
  label: { zh: '召回', en: 'Recall' },
  subjects: ['device', 'certificate', 'party'],
  body: z
    .object({
      level: z.enum(['一级', '二级', '三级']).meta({ title: '召回级别' }),
      initiative: z.enum(['主动', '责令']).optional().meta({ title: '主动或责令' }),
      reason: words('召回原因'),
      scope: words('涉及范围（型号、批号）').optional(),
      measures: words('处理措施').optional(),
      announcedOn: day('公布日期').optional(),
      reference: words('公告名称或文号', 300).optional(),
      url: z
        .url({ protocol: /^https?$/ })
        .max(1000)
        .optional()
        .meta({ title: '公告网址' }),
    })
    .strict(),
};
