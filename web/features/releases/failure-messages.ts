import type { Catalogue } from '../../i18n/text.ts';

/** The failures of whole files that people meet, by code; all codes stand in docs/reference/codes.md. */
export const failureText = {
  'part.cut-off': [
    '文件没有写完，多半是下载中断。库中没有变化；请重新下载后再导入。',
    'The file ends before its end; most likely the download broke off. Nothing changed; download it again.',
  ],
  'part.count-mismatch': [
    '文件头所写条数与文件中的记录数不符。库中没有变化；请重新下载后再导入。',
    'The header states another number of records than the file holds. Nothing changed; download it again.',
  ],
  'part.empty': ['文件是空的，请重新下载。', 'The file is empty; download it again.'],
  'part.not-this-format': [
    '不是该来源的格式。请核对文件与来源。',
    'Not of the format of this source. Check the file and its source.',
  ],
  'source.not-this-format': [
    '不是已知来源的格式：国家药监局 UDID、GUDID、EUDAMED 或注册证名单。请核对文件。',
    'Not of the format of a known source: NMPA UDID, GUDID, EUDAMED or a list of certificates. Check the file.',
  ],
  'source.not-recognised': [
    '认不出文件属于哪个来源。请核对文件，或在终端用 xiedang import --source 指明。',
    'The source of the file cannot be told. Check the file, or name it with xiedang import --source.',
  ],
  'source.encoding': [
    '文件声明的编码与来源不符。请重新下载。',
    'The file states another encoding than its source has. Download it again.',
  ],
  'import.busy': [
    '同一来源正在导入。请等它结束，或先停止它。',
    'Another import of the same source is running. Wait for it or stop it.',
  ],
  'import.crashed': [
    '导入中途异常结束。再次导入同一文件会接着做。',
    'The import ended in the middle. Import the same file again: it goes on where it was.',
  ],
} as const satisfies Catalogue;
