/**
 * The published list of what the quality ledger counts (docs/reference/codes.md). A code is never renamed or given
 * another meaning; a code that is no longer found stays in the list. Codes of identifiers and numbers (`gs1.…`,
 * `number.…` of the parsers) are published by the identifiers library with their own texts.
 *
 * severity: `rejected` = the row was not taken; `problem` = taken, and something is wrong; `notice` = taken, and worth
 * knowing.
 */
export interface ProblemCode {
  readonly severity: 'rejected' | 'problem' | 'notice';
  readonly zh: string;
  readonly en: string;
  /** What the reader of the ledger may do about it. */
  readonly doZh: string;
  readonly doEn: string;
}

type Line = readonly [severity: ProblemCode['severity'], zh: string, en: string, doZh: string, doEn: string];

const LINES = {
  'certificate.not-a-device': [
    'rejected',
    '药品批准文号，不是医疗器械编号，该行未导入',
    'a medicine approval number, not a device number; the row was not taken',
    '从清单中去掉药品行',
    'take the medicine rows out of the list',
  ],
  'certificate.several-rows': [
    'notice',
    '清单中同一编号有多行',
    'several rows of the list carry the same number',
    '核对各行是否为同一证书的不同状态',
    'see whether the rows are states of one certificate',
  ],
  'certificate.unknown-form': [
    'problem',
    '编号不符合任何已知的注册证或备案格式，原样保留',
    'the number has no known form of a certificate or filing; kept as written',
    '对照证书原件核对编号',
    'compare the number with the certificate',
  ],
  'class.padded': [
    'notice',
    '分类编码以 -00 或 -000 补齐',
    'the class code is filled up with -00 or -000',
    '检索与统计按去掉补齐的编码；原样保留',
    'facets and filters use the code without the padding; the text is kept',
  ],
  'date.after-release': [
    'problem',
    '日期晚于发布之日',
    'the date lies after the day of the release',
    '与来源核对；日期原样保留',
    'ask the source; the date is kept as published',
  ],
  'date.impossible': [
    'problem',
    '不是存在的日期，原样保留',
    'no such day exists; the text is kept',
    '与来源核对',
    'ask the source',
  ],
  'date.reversed': [
    'problem',
    '较晚的事写在了较早的日期',
    'what comes later is dated earlier',
    '核对两个日期；两者原样保留',
    'compare the two dates; both are kept',
  ],
  'date.serial': [
    'notice',
    '表格软件的日期序号，已换算为日期',
    'a serial number of a spreadsheet, read as a date',
    '核对换算结果',
    'see whether the day is right',
  ],
  'encoding.transcoded': [
    'notice',
    '文件不是 UTF-8 编码，已转换读取；位置按转换后的字节计',
    'the file is not in UTF-8; positions count the bytes of its UTF-8 form',
    '无须处理',
    'nothing to do',
  ],
  'encoding.invalid-utf8': [
    'problem',
    '字节不是有效的 UTF-8，无法读出的字符以替代符显示',
    'bytes that are not UTF-8; what cannot be read shows as a replacement character',
    '对照原文件的字节（“查看原文”）',
    'look at the bytes of the file (source mark)',
  ],
  'field.missing': [
    'problem',
    '规定必填的字段为空',
    'a field that must be filled is empty',
    '由填报单位补报',
    'to be completed by whoever filed it',
  ],
  'field.missing-conditional': [
    'problem',
    '按另一字段的取值应当填写，却为空',
    'another field says this one must be filled, and it is empty',
    '由填报单位补报或更正另一字段',
    'to be completed, or the other field corrected',
  ],
  'fill-rate.drift': [
    'notice',
    '字段填写率与上次发布相比明显变化',
    'the share of filled values moved clearly against the last release',
    '查看来源是否改了格式或漏了数据',
    'see whether the source changed its format or left data out',
  ],
  'identifier.shared': [
    'problem',
    '同一标识用于多个器械',
    'one identifier is used by more than one device',
    '逐一打开所列器械核对；查码时全部列出',
    'open the devices named; a look-up shows all of them',
  ],
  'number.impossible': [
    'problem',
    '应为非负整数，原样保留',
    'not a count (a whole number from 0); kept as published',
    '与来源核对',
    'ask the source',
  ],
  'package.broken-chain': [
    'problem',
    '包装没有写明所含的下一级标识',
    'a package does not say which identifier it contains',
    '由填报单位补全包装关系',
    'to be completed by whoever filed it',
  ],
  'package.dangling': [
    'problem',
    '包装所含的标识在本记录中不存在',
    'a package contains an identifier that the record does not have',
    '核对包装层级',
    'check the package levels',
  ],
  'package.loop': [
    'problem',
    '包装关系成环',
    'packages contain each other in a circle',
    '核对包装层级；数量不予推算',
    'check the package levels; no quantity is computed',
  ],
  'package.missing-di': [
    'problem',
    '包装没有标识',
    'a package without an identifier',
    '由填报单位补报',
    'to be completed by whoever filed it',
  ],
  'package.quantity': [
    'problem',
    '包装内的数量不是正整数',
    'the quantity in a package is not a positive whole number',
    '核对数量；数量不予推算',
    'check the quantity; nothing is computed from it',
  ],
  'record.conflict': [
    'problem',
    '同一记录号、同一版本号与纠错次数，内容却不同',
    'the same record, version and correction number with another content',
    '两份内容都保留，较晚发布的在前；与来源核对',
    'both are kept, the later release comes first; ask the source',
  ],
  'source.contradiction': [
    'problem',
    '同一记录的两处互相矛盾，均原样保留',
    'two places of one record contradict each other; both are kept',
    '与来源核对',
    'ask the source',
  ],
  'source.malformed': [
    'rejected',
    '记录残缺或格式错误，未导入',
    'the record is broken and was not taken',
    '按所列位置查看原文件，向来源索取更正',
    'look at the place named in the file; ask the source',
  ],
  'source.missing-di': [
    'rejected',
    '记录没有产品标识，未导入',
    'the record has no device identifier and was not taken',
    '由填报单位补报',
    'to be completed by whoever filed it',
  ],
  'source.missing-field': [
    'problem',
    '缺少应有的部分',
    'a part that belongs here is missing',
    '与来源核对',
    'ask the source',
  ],
  'source.missing-key': [
    'rejected',
    '记录没有记录号，未导入',
    'the record has no key and was not taken',
    '按所列位置查看原文件，向来源索取更正',
    'look at the place named in the file; ask the source',
  ],
  'source.no-headings': [
    'problem',
    '工作表没有可识别的表头，未读取',
    'a sheet without known headings was not read',
    '确认该表是否应为数据；是则补上表头',
    'if the sheet holds data, give it headings',
  ],
  'source.placeholder': [
    'notice',
    '占位文字（如“/”“无”），不作为取值',
    'a placeholder (such as a slash) and not a value',
    '无需处理',
    'nothing to do',
  ],
  'source.repeated-field': [
    'problem',
    '应出现一次的字段出现多次，均原样保留',
    'a field that occurs once occurs several times; all are kept',
    '与来源核对',
    'ask the source',
  ],
  'source.unknown-content': [
    'problem',
    '记录之间有不属于任何记录的内容',
    'content between the records that belongs to none',
    '按所列位置查看原文件',
    'look at the place named in the file',
  ],
  'source.unknown-field': [
    'problem',
    '来源说明中没有的字段，已原样保留',
    'a field the source does not describe; kept as published',
    '来源可能改了格式：查看说明并报告',
    'the source may have changed its format: read its notes and report',
  ],
  'source.unknown-value': [
    'problem',
    '不在该字段已知取值之内，已原样保留',
    'not among the known values of the field; kept as published',
    '来源可能增加了取值：查看说明并报告',
    'the source may have added a value: read its notes and report',
  ],
  'value.not-a-number': [
    'problem',
    '应为数字，原样保留',
    'not a number; kept as published',
    '与来源核对',
    'ask the source',
  ],
  'xml.bare-ampersand': [
    'problem',
    '未转义的 &，按字面读取',
    'an & that was not escaped, read as it stands',
    '值无损失；可告知来源',
    'nothing is lost; the source may be told',
  ],
  'xml.illegal-character': [
    'problem',
    'XML 不允许的字符，已保留并标明',
    'a character XML forbids, kept and named',
    '对照原文件的字节（“查看原文”）',
    'look at the bytes of the file (source mark)',
  ],
  'xml.stray-text': [
    'problem',
    '标签之间有多余的文字',
    'text between the tags',
    '对照原文件的字节（“查看原文”）',
    'look at the bytes of the file (source mark)',
  ],
  'xml.unexpected-attribute': [
    'notice',
    '标签带有未说明的属性',
    'a tag with an attribute nobody described',
    '来源可能改了格式：查看说明',
    'the source may have changed its format: read its notes',
  ],
} as const satisfies Readonly<Record<string, Line>>;

/** Every code the ledger may hold that is not one of the identifiers library. */
export const PROBLEM_CODES: ReadonlyMap<string, ProblemCode> = new Map(
  Object.entries(LINES).map(([code, [severity, zh, en, doZh, doEn]]) => [code, { severity, zh, en, doZh, doEn }]),
);

/** The published text of a code of the ledger; undefined for codes of the identifiers library and unknown ones. */
export function findProblemCode(code: string): ProblemCode | undefined {
  return PROBLEM_CODES.get(code);
}
