import { z } from 'zod';
import { type RecordKind, words } from '../kind.ts';

/** 备注：本机操作者写下的话。 */
export const note: RecordKind = {
  kind: 'note',
  label: { zh: '备注', en: 'Note' },
  subjects: ['device', 'certificate', 'party'],
  body: z.object({ text: words('内容', 10_000) }).strict(),
};
