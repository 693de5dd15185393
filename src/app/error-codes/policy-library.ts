import type { ErrorLines } from './error-code.ts';

/** Codes of policies that are taken in, kept and read. */
export const POLICY_LIBRARY_ERRORS: ErrorLines = {
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
};
