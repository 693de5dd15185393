import { chineseNumber } from './dates.ts';

/** A document number as it stands in the text, with its usual form. */
export interface FoundNumber {
  readonly start: number;
  readonly end: number;
  /** 国办发〔2024〕53号, 2023年第124号, 国务院令第739号. */
  readonly number: string;
  readonly style: 'code' | 'serial' | 'order';
}

/** Matched at the sign 号 that ends every number, on the few characters before it. */
const NUMBER =
  /(?:([\u4e00-\u9fff]{2,16})[〔[(【] ?((?:19|20)\d{2}|二[〇○零][一二三四五六七八九〇○零]{2}) ?[〕\])】] ?(第)? ?(\d{1,14})|((?:19|20)\d{2}) ?年 ?第 ?(\d{1,4})|([\u4e00-\u9fff]{0,30})令 ?\(? ?第 ?(\d{1,4})) ?号$/;
/** Words that may be glued before an agency code. */
const GLUED = /^.*(?:根据|依据|按照|依照|落实|执行|以及|决定书|摘要|文号|编号|及|和|与|按|据|为|的)/;
const NOT_A_CODE = /备案|注册|许可|公网安|电话|邮编|条|页|批准|受理|统一/;

/** Every document number in the text. Licence, registration and site numbers are none. */
export function scanNumbers(text: string): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (let at = text.indexOf('号'); at >= 0; at = text.indexOf('号', at + 1)) {
    if (!/[\d ]/.test(text[at - 1] ?? '')) continue;
    const from = Math.max(0, at - 44);
    const match = NUMBER.exec(text.slice(from, at + 1));
    if (!match) continue;
    let start = from + match.index;
    const end = at + 1;
    if (match[5] !== undefined) {
      found.push({ start, end, number: `${match[5]}年第${Number(match[6])}号`, style: 'serial' });
    } else if (match[8] !== undefined) {
      const body = orderBody(match[7] ?? '');
      start += (match[7] ?? '').length - body.length;
      found.push({ start, end, number: `${body}令第${Number(match[8])}号`, style: 'order' });
    } else {
      const words = match[1] ?? '';
      const code = words.replace(GLUED, '');
      if (code.length < 2 || NOT_A_CODE.test(code)) continue;
      start += words.length - code.length;
      const year = chineseNumber(match[2] ?? '');
      found.push({ start, end, number: `${code}〔${year}〕${match[3] ?? ''}${Number(match[4])}号`, style: 'code' });
    }
  }
  return found;
}

/** The body before 令: the last name, without the words before it. */
function orderBody(words: string): string {
  const at = Math.max(
    words.lastIndexOf('中华人民共和国'),
    words.lastIndexOf('中华人民共和国') < 0 ? Math.max(words.lastIndexOf('国务院'), words.lastIndexOf('国家')) : -1,
  );
  if (at >= 0) return words.slice(at);
  return words.replace(/^.*(?:根据|依据|按照|日|由|及|和|的)/, '');
}
