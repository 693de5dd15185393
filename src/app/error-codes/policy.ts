import type { ErrorLines } from './error-code.ts';

/** Reading notices: `xiedang policy parse`. */
export const POLICY_ERRORS: ErrorLines = {
  'policy.no-text': [
    '该行没有 text 也没有 file',
    'the line has neither text nor file',
    '给出 text（全文）或 file（文本文件名）',
    'give text (the words) or file (the name of a text file)',
  ],
  'policy.bad-format': [
    'format 不是所列的写法',
    'format is none of those listed',
    '写 auto、text、markdown 或 html',
    'write auto, text, markdown or html',
  ],
  'policy.file-unreadable': [
    '文件打不开',
    'the file cannot be read',
    '核对文件名和读取权限',
    'check the name of the file and the right to read it',
  ],
  'policy.not-text': [
    '文件不是 UTF-8 文本',
    'the file is not UTF-8 text',
    '先转换编码（如 iconv -f GB18030 -t UTF-8），DOCX 与 PDF 用 policy import',
    'convert it first (such as iconv -f GB18030 -t UTF-8); take DOCX and PDF in with policy import',
  ],
  'policy.too-long': [
    '文本过长',
    'the text is too long',
    '把汇编拆成若干文件再读',
    'part the collection into several files first',
  ],
  'usage.policy-file': [
    '没有给出文件',
    'no file is named',
    '写出文件名，或用 --json 从标准输入读',
    'name a file, or use --json to read lines from standard input',
  ],
};
