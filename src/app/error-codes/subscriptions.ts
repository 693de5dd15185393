import type { ErrorLines } from './error-code.ts';

/** Codes of matching acts to enterprises and of subscriptions. */
export const SUBSCRIPTIONS_ERRORS: ErrorLines = {
  'subscription.bad-profile': [
    '企业画像中有无法识别的地区或角色',
    'the profile names a place or role that is not known',
    '用省、市全名和义务日历的角色名（GET /subscriptions/words）',
    'use full names of provinces and cities, and roles of the duty calendar (GET /subscriptions/words)',
  ],
  'subscription.no-act': [
    '没有给出要匹配的正文或文件',
    'neither a text nor a policy to match is given',
    '给出 text（全文）或 id（库内文件），二者取一',
    'give text (the words) or id (of a policy that is kept), one of them',
  ],
};
