import type { ErrorLines } from './error-code.ts';

/** Codes of policies that are taken in, kept and read. */
export const POLICY_LIBRARY_ERRORS: ErrorLines = {
  'policy.bad-correction': [
    '更正的内容不合要求，未保存',
    'the correction is not of the shape its element has; it was not kept',
    '按指出的位置改正后再提交',
    'mend it at the place named and send it again',
  ],
  'policy.conflict': [
    '原文已有新版本，本次提交未保存',
    'the text has a newer version; nothing was kept',
    '重新载入后核对再提交',
    'load it again, look, and send it again',
  ],
  'policy.correction.not-found': [
    '没有这条更正',
    'there is no such correction',
    '重新载入文件页',
    'load the page of the document again',
  ],
  'policy.already-withdrawn': [
    '这条更正已经撤回',
    'the correction is withdrawn already',
    '重新载入文件页',
    'load the page of the document again',
  ],
  'policy.no-rule': [
    '只有已发布的政策文件才能设定规则值',
    'only an act that is issued can set a value',
    '征求意见稿、新闻不能作依据；等待正式文件',
    'drafts and news are no source; wait for the act',
  ],
  'policy.bad-draft': [
    '规则草案不合要求，未保存',
    'the draft cannot be a value of the rulebook; it was not kept',
    '核对参数编号、单位、日期和原文位置',
    'check the id of the parameter, the unit, the days and the place in the text',
  ],
  'policy.draft.not-found': ['没有这份规则草案', 'there is no such draft', '重新载入列表', 'load the list again'],
  'policy.already-decided': [
    '这份草案已经有结论',
    'the draft is decided already',
    '重新载入列表',
    'load the list again',
  ],
  'rules.bad-value': [
    '该值不能写入自有规则库，文件未改动',
    'the value cannot go into the overlay; the files are as they were',
    '按提示改正后再采纳',
    'mend what is named and accept again',
  ],
  'policy.bad-line': [
    '该行不是 JSON 对象，未导入',
    'the line is not a JSON object and was not taken',
    '更正该行后再次导入，其余各行不变',
    'mend the line and import again; the other lines stay as they are',
  ],
  'policy.no-key': [
    '该行没有 path、key 或 id，未导入',
    'the line has none of path, key, id and was not taken',
    '为文件写明唯一的 path',
    'give the document a path of its own',
  ],
  'policy.not-found': ['没有这份政策文件', 'there is no such policy', '重新检索', 'search again'],
  'policy.no-standard': [
    '该行不是标准清单的一行，未导入',
    'the line is no line of a list of standards and was not taken',
    '写明标准号与状态（现行、即将实施、废止）',
    'give the number of the standard and its state',
  ],
  'policy.same-name': [
    '一次上传中有两个同名文件',
    'two files of one upload have the same name',
    '改名后再上传：文件名是文件在库中的键',
    'rename one: the name is the key of the document in the library',
  ],
  'policy.too-large': [
    '上传的文件过大',
    'the uploaded file is too large',
    '用命令行 policy import 导入',
    'take it in with policy import on the command line',
  ],
  'policy.too-many': [
    '结果过多，不能写成一个 Word 文件',
    'the result is too long for a Word file',
    '缩小检索范围，或导出 xlsx、csv、ndjson',
    'narrow the question, or take xlsx, csv or ndjson',
  ],
  'query.bad-cites': [
    'cites 不是文件的 id，也不是 id:序号',
    'cites is neither the id of a document nor id:ordinal',
    '从文件页面复制 id',
    'copy the id from the page of the document',
  ],
};
