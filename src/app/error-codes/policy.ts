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
    '文件不是可读的文本、DOCX 或 PDF',
    'the file is no text, DOCX or PDF that can be read',
    '另存为 DOCX、带文字层的 PDF 或 UTF-8 文本后再读',
    'save it as DOCX, as PDF with its text, or as UTF-8 text, and read that',
  ],
  'policy.scanned': [
    'PDF 的每一页都是图片，没有文字层，未读取',
    'every page of the PDF is a picture without text; it was not read',
    '先做文字识别并核对，再读识别后的文件',
    'recognise the text, check it, and read that file',
  ],
  'policy.locked': [
    'PDF 需要密码，未读取',
    'the PDF asks for a password and was not read',
    '解除密码后再读',
    'take the password off and read it again',
  ],
  'policy.unreadable': [
    '文件损坏或不能解析，未读取',
    'the file is damaged or cannot be taken apart; it was not read',
    '用原来的程序打开并重新保存后再读',
    'open it with the program it came from, save it anew and read that',
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
