import type { Line } from '../reading/lines.ts';
import { isBodyName } from '../structure/bodies.ts';
import { scanNumbers } from '../structure/numbers.ts';

/** What a line of a collection is, apart from the text of its articles. */

export const SOURCE =
  /^\(?(?:来源|信息来源|文章来源|稿件来源|转自|原文(?:链接|标题)?|作者|编辑|整理|发布时间|发布日期|时间|日期) ?[::|丨]|^(?:19|20)\d{2}[-年./]\d{1,2}[-月./]\d{1,2}日?(?: ?\d{1,2}:\d{2}(?::\d{2})?)?$/;
/** A number alone on its line opens an article. */
export const COUNT = /^(?:NO\.? ?)?\d{1,2}[.、]?$|^[一二三四五六七八九十]{1,3}$/i;
export const BACK = /^\[?[【(]?返回(?:目录|顶部|首页)[】)\]]?$/;
export const RULE = /^[-—=*_~·]{3,}$/;
export const ADVERT =
  /(?:扫码(?:关注|报名|加|进|入群|购|咨询|预|下载|领|立减|添加|识别)|二维码|公众号|加微信|微信号|欢迎(?:订阅|关注|投稿|加入)|广告|课程|培训班|限时|优惠|报名热线|长按|点击(?:上方|下方|阅读|关注)|商务合作|转发分享|早鸟价|预售|展位|微信同号)/;
const LONGEST_ADVERT = 160;
/** Pictures and what is said of them. */
const CAPTION =
  /^(?:[[【〔(]图[^\]】〕)]{0,30}[\]】〕)]$|\[图片?\]|图片(?:来源)?[::]|图 ?\d{0,2}[::]|图为|题图|封面图|▲ ?图|\(图片?)/;
/** Who answers for the page, and other small print. */
const SMALL_PRINT =
  /^(?:声明|免责声明|版权|转载|本(?:公众号|文|期|网站)[^。]{0,30}(?:版权|转载|不构成|来自网络)|\(本文|END$|-+ ?END|—+ ?END|\(完\)$|↑|→)/i;
/** (主动公开), (此件公开发布): the end of an official document. */
const REMARK = /^\((?:此件|主动公开|依申请公开|信息公开|公开属性|不予公开)[^()]{0,16}\)$/;
const DATE = /^(?:(?:19|20)\d{2}|二[〇○零]\S{2})年\S{1,3}月\S{1,3}日$/;
const QUESTION = /^(?:问题?[一二三四五六七八九十\d]{0,3} ?[::.、]|[QA]\d{0,2} ?[::.、]|答 ?[::.])/i;
/** Opening words of a report, which stand under a headline and seldom elsewhere. */
const REPORT =
  /^(?:近日|日前|今日|昨日|本报讯|记者|据|(?:(?:19|20)\d{2}年)?\d{1,2}月\d{1,2}日)|^[^。]{2,40}?(?:近日|日前|\d{1,2}月\d{1,2}日)/;

export const isQuestion = (text: string): boolean => QUESTION.test(text);
export const isReport = (text: string): boolean => REPORT.test(text);

/** What the collection says of an article before it. */
export const isAbstract = (text: string): boolean => /^_?(?:摘要|内容提要|提要|导语|编者按) ?[::]/.test(text);

/** Nothing of an article: rules, marks of the site, adverts, pictures, small print. */
export function isNoise(text: string): boolean {
  return (
    BACK.test(text) ||
    RULE.test(text) ||
    CAPTION.test(text) ||
    SMALL_PRINT.test(text) ||
    (text.length < LONGEST_ADVERT && ADVERT.test(text))
  );
}

/** The date or the remark below an official document: a report has neither. */
export function isSigned(text: string): boolean {
  return DATE.test(text) || REMARK.test(text);
}

/** A line that ends a document: its date, the remark below it, a source line. */
export function isFoot(text: string): boolean {
  return DATE.test(text) || REMARK.test(text) || SOURCE.test(text);
}

/** Stands between a headline of the collection and the title or the text below: a source, a number, a mark. */
export function isBetween(text: string): boolean {
  return SOURCE.test(text) || isNumberLine(text) || isNoise(text) || isAbstract(text);
}

/** Nothing but names of bodies: a signature in one line. */
export function isSignature(text: string): boolean {
  return text.split(/[ 、]+/).every((part) => isBodyName(part));
}

export function isNumberLine(text: string): boolean {
  const first = scanNumbers(text)[0];
  return first !== undefined && first.start <= 1 && first.end >= text.length - 1;
}

/** Whether an article may end with this line. */
export function mayEnd(text: string): boolean {
  return /[。!?”)》;]$/.test(text) || isFoot(text) || isNoise(text) || isSignature(text) || /^附件/.test(text);
}

/** Lines that come again and again: heads of pages and names of the collection. */
export function repeatedLines(lines: readonly Line[]): ReadonlySet<string> {
  const times = new Map<string, number>();
  for (const { text } of lines) if (text.length <= 60) times.set(text, (times.get(text) ?? 0) + 1);
  return new Set([...times].filter(([, count]) => count >= 3).map(([text]) => text));
}
