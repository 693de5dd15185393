import type { Benefit, Contact, Eligibility, Span } from '../types.ts';
import type { Draft } from './draft.ts';
import type { Numbered } from './sections.ts';

/** Mailboxes, telephones and postcodes of the issuing office; private mobile numbers and names are not kept. */
export function findContacts(text: string): Contact[] {
  const found: Contact[] = [];
  for (const match of text.matchAll(/[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,20}){1,3}/g))
    if (!ofMedium(text, match.index))
      found.push({ email: match[0], start: match.index, end: match.index + match[0].length });
  const phones =
    /(?:电话|热线|传真|咨询|联系方式|联系人)[^\d\n。]{0,24}((?:\(?0\d{2,3}\)?[- ]?)?\d{7,8}(?:[-转]\d{1,5})?(?:[、,/和](?:\(?0\d{2,3}\)?[- ]?)?\d{7,8}(?:[-转]\d{1,5})?){0,4}|400[- ]?\d{3}[- ]?\d{4}|1[23]\d{3}(?!\d))/g;
  for (const match of text.matchAll(phones)) {
    const list = match[1] ?? '';
    let at = match.index + match[0].length - list.length;
    for (const phone of list.split(/[、,/和]/)) {
      if (!/^1[3-9]\d{9}$/.test(phone) && !ofMedium(text, at))
        found.push({ phone: phone.trim(), start: at, end: at + phone.length });
      at += phone.length + 1;
    }
  }
  // an area code with its number needs no word before it
  const listed = found.toSorted((a, b) => a.start - b.start);
  let next = 0;
  for (const match of text.matchAll(/(?<![\d-])0\d{2,3}-\d{7,8}(?:-\d{1,5})?(?!\d)/g)) {
    const end = match.index + match[0].length;
    while (next < listed.length && (listed[next]?.end ?? 0) <= match.index) next++;
    const known = (listed[next]?.start ?? end) < end;
    if (!known && !ofMedium(text, match.index)) found.push({ phone: match[0], start: match.index, end });
  }
  for (const match of text.matchAll(/邮(?:政)?编(?:码)?[::] ?(\d{6})(?!\d)/g))
    found.push({ postcode: match[1] ?? '', start: match.index, end: match.index + match[0].length });
  return joinContacts(found.sort((a, b) => a.start - b.start));
}

/** Contacts of the magazine or channel that carries the text, not of an office. */
function ofMedium(text: string, at: number): boolean {
  const near = text.slice(Math.max(0, at - 80), at);
  const line = near.slice(near.lastIndexOf('\n') + 1);
  return /投稿|商务合作|订阅|编后语|编辑部|本刊|本号|版权|侵权|广告|扫码|微信|课程|展位|联系小编/.test(line);
}

/** Mailbox, telephone and postcode that stand together are one office's. */
function joinContacts(found: readonly Contact[]): Contact[] {
  const joined: Contact[] = [];
  for (const contact of found) {
    const last = joined.at(-1);
    const fits =
      last && contact.start - last.end < 150 && !(last.email && contact.email) && !(last.phone && contact.phone);
    if (fits) joined[joined.length - 1] = { ...last, ...contact, start: last.start };
    else joined.push(contact);
  }
  // a postcode alone reaches nobody
  return joined.filter((contact) => contact.email || contact.phone);
}

const OF_APPLICANTS = /申报|申请|报名|填报|遴选|推荐|参评|入库|认定|享受|企业|单位|机构/;
const OF_THINGS = /说明书|标签|放行|资料|文件|检验|性能|标准|证书|试验|方法|报告|还应当?$/;

type Clause = Span & { readonly text: string };

/** Who may apply: any of, all of, exclusions. Open calls have no last day and none is made up. */
export function findEligibility(text: string, items: readonly Numbered[]): Eligibility {
  const anyOf: Clause[] = [];
  const allOf: Clause[] = [];
  const exclusions: Clause[] = [];
  const applicants: Clause[] = [];
  const clause = (start: number, words: string): Clause => ({ start, end: start + words.length, text: words });
  for (const match of text.matchAll(
    /(?:满足|符合|具备)(?:以下|下列)(?:任一)?条件之一|(?:同时)?(?:满足|符合|具备)(?:以下|下列)(?:全部)?(?:条件|要求)/g,
  )) {
    const list = /之一|任一/.test(match[0]) ? anyOf : allOf;
    const sentence = /[^。;\n]*$/.exec(text.slice(Math.max(0, match.index - 80), match.index))?.[0] ?? '';
    // what a label, a file or a batch must hold is no condition of applicants
    if (OF_THINGS.test(sentence) || (/要求$/.test(match[0]) && !OF_APPLICANTS.test(sentence))) continue;
    const from = match.index + match[0].length;
    const first = items.find((item) => item.start >= from);
    if (!first || first.start - from > 30) continue;
    for (const item of items) {
      if (item.start < first.start || item.level > first.level) continue;
      if (item.level < first.level) break;
      if (item.start > first.start && item.no === first.no) break;
      const words = text.slice(item.textStart, item.itemEnd).split(/[;。\n]/)[0] ?? '';
      list.push(clause(item.textStart, words.trim()));
    }
  }
  for (const match of text.matchAll(
    /(?:不再|不得)(?:重复)(?:申报|填报|享受|支持|奖励)|(?:已|曾)[^,。;]{2,30}不再[^,。;]{0,12}/g,
  ))
    exclusions.push(clause(match.index, match[0]));
  const who = /(?:申报|填报|申请)(?:主体|对象|单位|人)(?:为|是|应为|须为)([^。;]{4,100})/.exec(text);
  if (who) {
    let at = who.index + who[0].length - (who[1] ?? '').length;
    for (const part of (who[1] ?? '').split(/[、]|以及|和/)) {
      if (part.trim().length >= 2) applicants.push(clause(at, part.replace(/等$/, '').trim()));
      at += part.length + 1;
    }
  }
  return { applicants, anyOf, allOf, exclusions };
}

/** What an enterprise can gain: grants and prizes with their amount, and support that is promised. */
export function findBenefits(text: string): Benefit[] {
  const found: Benefit[] = [];
  for (const match of text.matchAll(
    /(?:给予|补助|奖励|资助|补贴|最高|一次性)[^,。;\n]{0,24}?(\d[\d,.]*) ?(万元|亿元|元|%)[^,。;\n]{0,16}/g,
  )) {
    let start = match.index;
    while (start > 0 && match.index - start < 40 && !',。;\n'.includes(text[start - 1] ?? '')) start--;
    const end = match.index + match[0].length;
    if (start < (found.at(-1)?.end ?? 0)) continue;
    const words = text.slice(start, end);
    found.push({
      start,
      end,
      text: words.trim(),
      amount: Number((match[1] ?? '').replace(/,/g, '')),
      unit: match[2] ?? null,
      cap: /最高|不超过|上限/.test(words),
    });
  }
  return found;
}

/** To whom it is addressed: the line under the title that ends with a colon. */
export function findAddressees(draft: Draft): string[] {
  for (const line of draft.lines.slice(0, 10)) {
    if (
      line.text.length > 200 ||
      !/[::]$/.test(line.text) ||
      !/^(?:各|市|省|有关|相关|国务院|[\u4e00-\u9fff]{2,20}(?:局|委|厅|部|公司|单位|院|企业))/.test(line.text)
    )
      continue;
    return line.text
      .replace(/[::]$/, '')
      .split(/(?<=[局委厅部院构位业)])[,;]/)
      .map((part) => part.trim())
      .filter(Boolean);
  }
  return [];
}
