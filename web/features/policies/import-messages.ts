import type { Catalogue } from '../../i18n/text.ts';

export const importWords = {
  title: ['导入政策', 'Import policies'],
  close: ['关闭', 'Close'],
  kinds: [
    'txt、md、html、docx、pdf（有文字层）、jsonl，可压缩为 gz；每个不超过 64 MB，一次至多 200 个',
    'txt, md, html, docx, pdf (with a text layer), jsonl, also .gz; up to 64 MB each, 200 at a time',
  ],
  sending: ['正在上传', 'Sending'],
  reading: ['已上传，正在读取', 'Sent; being read'],
  taken: [
    '读到 {read} 件：新增 {inserted}，更新 {updated}，未变 {unchanged}。',
    '{read} read: {inserted} new, {updated} updated, {unchanged} unchanged.',
  ],
  refused: ['{n} 件未导入', '{n} not taken in'],
} as const satisfies Catalogue;
