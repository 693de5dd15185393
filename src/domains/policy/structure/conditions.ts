/** What qualifies a duty: when it applies, what is excepted, what follows from breaking it, how long it gives. */

const NUMBER =
  /^\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|第[一二三四五六七八九十百零〇\d]+[章节条款项]|\d+(?:\.\d+)+[.、]?|\d+[.、)]|[①-⑳])\s*/;
const CONNECTIVE = /^(?:但是|但|其中|同时|此外|另外|因此|并且|而|且|故|则|例如)/;
const OPENS =
  /^(?:如果|如(?!下|图|何|实|上|表|附|前|期|同|此)|若|倘若|假如|当(?![地前日年月时事场今代量])|对于|对(?=[^,]{1,60}的$)|凡|涉及|除非|必要时|适用时)/;
/** Opens a condition even when no comma closes it: 如有多层包装应分别提供. */
const OPENS_UNCLOSED =
  /^(?:如果|若|如(?:有|不|未|无|需|涉及|为|采用|属|存在|含|使用|发生|包含|产品|适用)|当(?![地前日年月时事场今代量])|对于)/;
const CLOSES = /(?:的|(?<!同|及|随|实|按|临|小|平|准)时|情况下|情形下|条件下|前提下|的情况|的情形)$/;
const CLOSES_HERE = /(?:(?<!同|及|随|实|按|临|小|平|准)时|情况下|情形下)(?:还|均|也|则|都|需)?$/;
/** A clause that binds by itself is no case of the next. */
const BINDS = /应|不得|必须|原则上/;
const GOES_ON = /^(?:或者?|以及|并且?|且|和|及|但)/;

/** 发现…的, 如…, 若…, 当…时, 对于…: the clauses before the modal that say when the duty applies. */
export function conditionOf(before: string): string | null {
  // a heading before a colon is no case, but the case itself may end with one
  const colon = before.lastIndexOf(':');
  const tail = before.slice(colon + 1);
  const words = (
    tail.trim() === '' ? before.slice(before.lastIndexOf(':', colon - 1) + 1, Math.max(colon, 0)) : tail
  ).slice(-400);
  const clauses = words.split(',');
  const last = clauses.length - 1;
  const isCondition = clauses.map((clause, index) => {
    const bare = (index === 0 ? clause.replace(NUMBER, '') : clause).trim().replace(CONNECTIVE, '');
    if (bare.length < 3 || /^(?:无论|不论|不管)/.test(bare)) return false;
    if (index === last) return OPENS_UNCLOSED.test(bare) || CLOSES_HERE.test(bare);
    return OPENS.test(bare) || (CLOSES.test(bare) && bare.length >= 4);
  });
  let to = isCondition.lastIndexOf(true);
  if (to < 0) return null;
  let from = to;
  while (from > 0 && isCondition[from - 1] && !BINDS.test(clauses[from - 1] ?? '')) from--;
  // 申请人通过…,或者…的: the case began a clause earlier
  while (from > 0 && GOES_ON.test((clauses[from] ?? '').trim()) && (clauses[from] ?? '').endsWith('的')) from--;
  // 如A,B,应…: what stands between the opening and the duty belongs to the case, up to a new subject
  if (to < last - 1 && OPENS.test((clauses[from] ?? '').trim().replace(CONNECTIVE, '')) && last - 1 - to <= 2)
    for (let k = to + 1; k < last; k++) if (GOES_ON.test((clauses[k] ?? '').trim())) to = k;
  let found = clauses
    .slice(from, to + 1)
    .join(',')
    .replace(NUMBER, '')
    .trim()
    .replace(CONNECTIVE, '');
  if (to === last) found = found.replace(/(?:还|均|也|则|都|需)$/, '');
  return found.length >= 3 && found.length <= 200 ? found : null;
}

/** 除…外 before the modal, or behind it when it speaks of other provisions. */
export function exceptionOf(sentence: string, modalAt: number): string | null {
  const found = /除[^,。;]{2,60}?(?:以外|之外|外)/.exec(sentence);
  if (!found) return null;
  return found.index < modalAt || /规定|要求|情形|另有/.test(found[0]) ? found[0] : null;
}

const CONSEQUENCE =
  /(?:^|[,;])((?:逾期|拒不|否则|违反)[^。]{2,120}|未[^,。;]{2,40}的,(?=[^。]{0,30}?(?:按照?|依|处|给予|责令|撤销|取消|暂停|不予|不得|视为|移送|追究|予以|终止|退回|注销|由[^,。;]{2,24}(?:责令|处|给予)))[^。]{2,120})/;

/** What follows when the duty is not kept; it stands behind the duty and opens its clause. */
export function consequenceOf(after: string): string | null {
  return CONSEQUENCE.exec(after)?.[1] ?? null;
}

const WITHIN = /[一二三四五六七八九十两\d]{1,3}个?(?:工作日|自然日|日|天|月|年|小时)(?:内|之内|以内|前)/g;

/** Limits counted from an event, with the words that name the event; a ban for years is none. */
export function withinOf(sentence: string, modalAt: number, modalEnd: number): string | null {
  const found: string[] = [];
  for (const match of sentence.matchAll(WITHIN)) {
    if ('月年'.includes(sentence[match.index - 1] ?? '。')) continue;
    const end = match.index + match[0].length;
    if (
      /^,?(?:[^,。;]{0,12})?(?:不再|不得|禁止|不予|不受理|未)/.test(sentence.slice(end, end + 16)) &&
      /[年月]/.test(match[0])
    )
      continue;
    let start = match.index;
    while (start > 0 && start > match.index - 28 && !',。;:('.includes(sentence[start - 1] ?? '')) start--;
    if (start < modalEnd && match.index >= modalEnd) start = Math.max(start, modalEnd);
    else if (start <= modalAt && match.index > modalAt) start = modalEnd;
    const words = sentence
      .slice(start, end)
      .replace(/^(?:\d+(?:\.\d+)*[.、]|于|在)/, '')
      .trim();
    if (words && !found.includes(words)) found.push(words);
    if (found.length === 3) break;
  }
  return found.length > 0 ? found.join(';') : null;
}
