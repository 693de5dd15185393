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
  'subscription.not-found': [
    '没有这个订阅',
    'there is no such subscription',
    '从列表中选择',
    'choose one from the list',
  ],
  'subscription.conflict': [
    '这个订阅在此期间被改过，本次未保存',
    'the subscription was changed in the meantime; nothing was saved',
    '重新载入，再改一次',
    'load it again and repeat the change',
  ],
  'subscription.no-question': [
    '既没有检索词，也没有筛选条件',
    'there are neither words nor a filter',
    '写明检索词，或选定种类、机关、地区',
    'give words, or choose a kind, an issuer or a region',
  ],
  'subscription.bad-question': [
    'about 无法读取',
    'about cannot be read',
    '按接口说明写成 JSON',
    'write it as JSON, as the description of the interface says',
  ],
  'subscription.bad-webhook': [
    'webhook 地址不可用',
    'the address of the webhook cannot be used',
    '写 http 或 https 地址，不含账号密码',
    'give an http or https address without user and password',
  ],
  'subscription.no-webhook': [
    '这个订阅没有 webhook',
    'the subscription has no webhook',
    '先在订阅中填写 webhook 地址',
    'enter the address of a webhook in the subscription first',
  ],
  'subscription.feed.not-found': [
    '没有这个 Atom 订阅，或地址已经更换',
    'no such feed, or its address was replaced',
    '在订阅页生成新地址，并在阅读器里更换',
    'make a new address on the subscription page and enter it in the reader',
  ],
  'usage.smtp': [
    '邮件设置不完整',
    'the settings for mail are incomplete',
    '同时给出 XIEDANG_SMTP_URL（smtp:// 或 smtps://）与 XIEDANG_MAIL_FROM',
    'give both XIEDANG_SMTP_URL (smtp:// or smtps://) and XIEDANG_MAIL_FROM',
  ],
  'usage.public-url': [
    '对外地址写法有误',
    'the public address is badly written',
    'XIEDANG_PUBLIC_URL 写作 http(s)://主机，不含 ? 与 #',
    'write XIEDANG_PUBLIC_URL as http(s)://host, without ? and #',
  ],
};
