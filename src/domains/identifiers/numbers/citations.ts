/** The sources of the number formats with their addresses and how firmly each is known. */
import { findNumberFormat } from './formats.ts';
import type { Firmness, NumberSource, SourceId } from './types.ts';

const source = (title: string, url: string, firmness: Firmness): NumberSource => ({ title, url, firmness });

const samr = 'https://www.samr.gov.cn/zw/zfxxgk/fdzdgknr/fgs/art/2023/';
const order47 = source(
  '医疗器械注册与备案管理办法（市场监管总局令第47号，2021-10-01施行）',
  `${samr}art_568880e3ee344c45b38d073bba1c53ad.html`,
  'primary-text',
);
const notice62 = source(
  '关于第一类医疗器械备案有关事项的公告（国家药监局2022年第62号）',
  'https://reguverse.com/documentation/nmpa-regulations-index/pre-market-submission/notice/nmpa-notice-2022-62/',
  'official-text-via-mirror',
);
const order16 = source(
  '医疗器械注册管理办法（国家食品药品监管局令第16号，2004，已废止）注册号编排',
  'http://wk.yl1001.com/classify.php?mode=classify&doaction=desc_item&page=2&purl=http%3A%2F%2Fupload104.job1001.com%2Fupload%2Fres%2Fhtml%2F1455418520-CJR5K3H%2F2016-02-14%2F1455418520-CJR5K3H.html',
  'secondary-quote',
);
const notice18 = source(
  '国家药监局2022年第18号通告附件5 有关填写说明（许可证、备案凭证编号方式）',
  'https://www.ciopharma.com/library/view/7162',
  'official-text-partial',
);
const observed = source(
  'observed values in public data and code (field examples, no official rule)',
  'https://github.com/search?type=code&q=%E8%8D%AF%E7%9B%91%E6%A2%B0%E7%BB%8F%E8%90%A5',
  'observed',
);
const recalled = source('not found in public pages read; from general knowledge', '', 'unverified');
const filingRule = source(
  '第二类医疗器械经营备案凭证 备案号编号规则（食药监时期）',
  'http://www.feiyi.yjxww.com/zt/2023/0529/12659.html',
  'secondary-quote',
);
const order38 = source(
  '医疗器械网络销售监督管理办法（食品药品监管总局令第38号，2018-03-01施行）第十五至十七条',
  'http://www.jianbiaoku.com/webarbs/book/164436/4713934.shtml',
  'secondary-quote',
);
const gb32100 = source(
  'GB 32100-2015 法人和其他组织统一社会信用代码编码规则（校验算例）',
  'https://renrendoc.com/p-47802332.html',
  'secondary-quote',
);
const gb9704 = source(
  'GB/T 9704-2012 党政机关公文格式 7.2.5 发文字号',
  'http://jiaodui.com/bbs/read.php?tid=20281',
  'secondary-quote',
);
const derived = source('worked out from numbers in the cited documents', '', 'derived');
const forum = source(
  'Forum note on the rules of the consumable code',
  'http://m.jiajiao0451.com/club/show.php?itemid=407',
  'trade-report',
);
const importReport = source('H-UDMP NHSA Full Import Validation Report (public code)', '', 'weak-copy');

const CITATIONS: Readonly<Record<SourceId, NumberSource>> = {
  order47,
  notice62,
  order16,
  notice18,
  observed,
  recalled,
  filingRule,
  order38,
  gb32100,
  gb9704,
  derived,
  forum,
  importReport,
};

/** The sources of one format, the firmest first as its rule names them; empty for an unknown kind. */
export function sourcesOfNumber(kind: string): readonly NumberSource[] {
  return (findNumberFormat(kind)?.sources ?? []).map((id) => CITATIONS[id]);
}
