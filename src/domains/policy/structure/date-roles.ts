import { addDays, addMonths, daysInMonth, type LocalDate } from '../../../kernel/local-date.ts';
import type { DatedItem, DateKind, DocumentKind } from '../types.ts';
import { dayIn, type FoundDate, isoDay, scanDates } from './dates.ts';
import type { Draft } from './draft.ts';
import { headText, type Signed } from './signature.ts';

export interface FoundDates {
  readonly issueDate: string | null;
  readonly publishDate: string | null;
  readonly effectiveDate: string | null;
  readonly effectiveRule: string | null;
  readonly expiry: string | null;
  /** The last days, at each place where one is set. */
  readonly deadlines: readonly { readonly date: string; readonly start: number }[];
  readonly dates: readonly DatedItem[];
}

const IN_FORCE =
  /(?:自|从|于)?\s*(?:DATE)(?:0时|零时)?(?:之日)?(?:起|开始)?,?(?:正式|全面|同步|在全国范围内|在全国)*(?:施行|实施|执行|生效|启用)(?!的)/;
const FORCE_PATTERN = new RegExp(IN_FORCE.source.replace('DATE', '(?:19|20)\\d{2}年\\d{1,2}月\\d{1,2}日'), 'g');
/** In a report: 自8月15日起(停止)执行. */
const FORCE_OF_YEAR = /(?:自|从)(\d{1,2})月(\d{1,2})日起,?(?:正式|全面)?(?:施行|实施|执行|停止执行|生效)/;
const OWN_SUBJECT =
  /本(?:办法|规定|规范|规则|细则|通知|通告|公告|程序|指南|指导原则|措施|方案|意见|目录|条例|解释|决定|标准|法|制度|政策|文件)|现予(?:以)?(?:公布|发布)|现印发|现公布|决定/;

/** A text without stops is read no further around a date. */
const LONGEST_SENTENCE = 600;

function sentenceAround(text: string, start: number, end: number): { before: string; after: string } {
  let from = start;
  const least = Math.max(0, start - LONGEST_SENTENCE);
  while (from > least && !'。;!?\n'.includes(text[from - 1] ?? '')) from--;
  let to = end;
  const most = Math.min(text.length, end + LONGEST_SENTENCE);
  while (to < most && !'。;!?\n'.includes(text[to] ?? '')) to++;
  return { before: text.slice(from, start), after: text.slice(end, to) };
}

/** The date the document takes effect: its own, not that of an act it names. */
function effective(
  draft: Draft,
  kind: DocumentKind,
): { date: string | null; rule: string | null; inferred?: true; start: number; end: number } {
  const { text } = draft;
  const none = { date: null, rule: null, start: 0, end: 0 };
  // questions and answers have no force; the days they give are those of the act
  if (kind === 'interpretation') return none;
  // a draft sets nothing in force
  if (kind === 'consultation') return none;
  const relays = kind === 'news';
  const foreign = new Map<string, { start: number; end: number }>();
  let own: { date: string; start: number; end: number } | null = null;
  for (const match of text.matchAll(FORCE_PATTERN)) {
    const date = dayIn(match[0]);
    if (!date) continue;
    // a point inside the line begins anew: …如下: 一、我市自…起执行
    const before = sentenceAround(text, match.index, match.index).before.replace(
      /^.*[:。] ?[一二三四五六七八九十]+、/,
      '',
    );
    // a document says its own force with 本…, or with words of issue; else the sentence is about the act it names
    if (OWN_SUBJECT.test(before) || (!/[》]/.test(before) && before.length < 40)) {
      own = { date, start: match.index, end: match.index + match[0].length };
    } else foreign.set(date, { start: match.index, end: match.index + match[0].length });
  }
  if (own) return { ...own, rule: null };
  // a report has no force of its own; what it gives is that of the act it is about
  if (relays && foreign.size === 1) {
    const [day] = foreign;
    if (day) return { date: day[0], rule: null, start: day[1].start, end: day[1].end };
  }
  const later = relays && draft.year !== null ? FORCE_OF_YEAR.exec(text) : null;
  const day = later ? isoDay(draft.year ?? 0, Number(later[1]), Number(later[2])) : null;
  if (later && day && foreign.size === 0)
    return { date: day, rule: null, inferred: true, start: later.index, end: later.index + later[0].length };
  const rule =
    /自(?:本(?:公告|通知|通告|决定|办法|规定|措施|意见|方案))?(?:发布|公布|公告|印发|通告|下发|签发)之?日起(?:正式)?(?:施行|实施|执行|生效|废止|停止执行|失效)/.exec(
      text,
    );
  if (rule) return { date: null, rule: rule[0], start: rule.index, end: rule.index + rule[0].length };
  const head = /(?:^|\n)((?:19|20)\d{2}年\d{1,2}月\d{1,2}日) *(?:起)?(?:施行|实施)/.exec(text.slice(0, 800));
  if (head) return { date: dayIn(head[1] ?? ''), rule: null, start: head.index, end: head.index + head[0].length };
  // a notice whose first point begins with 自…起 starts on that day
  const first = /(?:^|[\s。:;])一、(自((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)起),/.exec(text);
  if (first) {
    const date = dayIn(first[2] ?? '');
    if (date && !foreign.has(date)) return { date, rule: null, start: first.index, end: first.index + first[0].length };
  }
  return none;
}

const BEFORE_WORDS = /^ ?(?:\([^()]{1,8}\))?(?:[上下]午)?(?:\d{1,2}[:时点]\d{0,2}分?)?(?:之前|以前|前|止|截止)/;
const UNTIL =
  /(?:截止(?:日期|时间)?(?:为|是|到|至|:)?|截至|截止至|时间(?:截止|截至)(?:到|至)?|反馈时间(?:为|至)?[^。]{0,20}至|(?:征求意见|公示)(?:时间|期限?)[^。]{0,30}至)[^\d。,;]{0,6}$/;
/** 申报时间: … 至 …: the last day of a span that a heading announces. */
const SPAN_END =
  /(?:申报|填报|报名|报送|征集|征求意见|公示|反馈|提交|受理)[^。;]{0,8}(?:时间|期限|日期|期)[。:]?[^。;]{0,40}(?:至|到|-|—|~)+ ?$/;
/** 应于 A 至 B 递交: the last day of a span in which something is to be done. */
const SPAN_ASKED = /(?:应|须|请|需|可)[^。;]{0,12}(?:于|在)[^。;,]{0,36}(?:至|到|-|—|~)+ ?$/;
/** 材料提交截止 … in a row of a table or behind a heading. */
const CLOSES =
  /(?:材料|申报|报名|澄清|提交|填报|递交|推荐|审核|受理|注册|上传|反馈|公示)[^。;,]{0,8}截止[^\d。,;]{0,6}$/;
const ASKED =
  /应当|应|必须|须|请|将(?=.{0,30}(?:报|送))|反馈|报送|提交|完成|申报|报名|递交|上传|补充|公示|征求|缴纳|缴费|送达|办理|登记|整改|备案|上报|出台|编制|落地|推荐|申请|退回|登录|确认|撤回|报(?=国家|省|市|我|本|至|送)/;
/** 2026年6月底前, 10月底前. */
const MONTH_END = /(每年|次年|每)?(?:((?:19|20)\d{2})年)?(?<!\d)(\d{1,2})$/;

/** The last days a document sets, by the words around its dates. */
function deadlineDates(draft: Draft): { date: string; start: number; end: number; inferred: boolean }[] {
  const found: { date: string; start: number; end: number; inferred: boolean }[] = [];
  const { text } = draft;
  draft.dates.forEach((date: FoundDate, index: number) => {
    const after = text.slice(date.end, date.end + 14);
    const before = text.slice(Math.max(0, date.start - 64), date.start);
    const spanEnd =
      SPAN_END.test(before) ||
      SPAN_ASKED.test(before) ||
      CLOSES.test(before) ||
      (/(?:至|到|-|—|~) ?$/.test(before) && /^[^。\n]{0,12}逾期/.test(after));
    if (!spanEnd && !BEFORE_WORDS.test(after) && !UNTIL.test(before)) return;
    const around = sentenceAround(text, date.start, date.end);
    const clause = around.after.slice(0, 60);
    if (
      /^(?:之前|以前|前)?,?[^,。]{0,24}(?:已|未)(?!完成)[^,。]{0,8}/.test(clause) &&
      !/应当|须|请/.test(clause.split(',')[0] ?? '')
    )
      return;
    if (/^(?:之前|以前|前)(?:的|生产|上市|获|取得|批准|发布|受理|申请|注册|提交的|参保)/.test(clause)) return;
    if (/每年$/.test(before.slice(-3)) || /《[^》]*$/.test(before)) return;
    if (!spanEnd && !ASKED.test(around.before.slice(-60) + clause)) return;
    let day = date.date;
    let inferred = false;
    if (!day && date.monthDay) {
      let before = index - 1;
      while (before >= 0 && draft.dates[before]?.year === null && (draft.dates[before]?.start ?? 0) > date.start - 40)
        before--;
      const near = draft.dates[before];
      const earlier = near && near.year !== null && near.start > date.start - 40 ? near : undefined;
      const year = earlier?.year ?? draft.year;
      if (year === null || year === undefined) return;
      day = `${year}-${date.monthDay}`;
      inferred = !earlier;
    }
    if (day) found.push({ date: day, start: date.start, end: date.end, inferred });
  });
  for (let at = text.indexOf('月底'); at >= 0; at = text.indexOf('月底', at + 2)) {
    const match = MONTH_END.exec(text.slice(Math.max(0, at - 12), at));
    if (!match || !/^之?前/.test(text.slice(at + 2, at + 4))) continue;
    const year = match[2] ? Number(match[2]) : draft.year;
    const month = Number(match[3]);
    if (match[1] || year === null || month < 1 || month > 12) continue;
    const start = at - match[0].length;
    const end = text.indexOf('前', at) + 1;
    const around = sentenceAround(text, start, end);
    // a month is a soft limit: what is asked stands close to it
    if (/《[^》]*$/.test(around.before) || !asksSoon(around.before.slice(-24), around.after.slice(0, 24))) continue;
    const day = isoDay(year, month, daysInMonth(year, month));
    if (day) found.push({ date: day, start, end, inferred: !match[2] });
  }
  for (let at = text.indexOf('年底前'); at >= 0; at = text.indexOf('年底前', at + 3)) {
    const written = /(?<!\d)(?:(20\d{2})|(每年?|去|明|次年?|近|同))?$/.exec(text.slice(Math.max(0, at - 5), at));
    const year = written?.[1] ? Number(written[1]) : draft.year;
    if (written?.[2] || year === null) continue;
    const start = at - (written?.[1]?.length ?? 0);
    const around = sentenceAround(text, start, at + 3);
    if (/摘要|《[^》]*$/.test(around.before) || !asksSoon(around.before.slice(-12), around.after.slice(0, 24)))
      continue;
    const day = isoDay(year, 12, 31);
    if (day) found.push({ date: day, start, end: at + 3, inferred: !written?.[1] });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** What is to be reached by the end of a month or year; what is only striven for is no last day. */
function asksSoon(before: string, after: string): boolean {
  if (/^[^,。;]{0,4}(?:力争|争取|有望|预计|已)/.test(after) || /(?:力争|争取)[^,。;]{0,6}$/.test(before)) return false;
  return ASKED.test(before + after) || /实现|达到|覆盖|不低于|要(?!求)/.test(after);
}

/** 9月16日,某局会同某委印发《…》: the day a report tells of; the year comes from the neighbourhood. */
function reportedIssue(
  lead: string,
  year: number | null,
): { day: string; issues: boolean; inferred: boolean; start: number; end: number } | null {
  let first: { day: string; issues: boolean; inferred: boolean; start: number; end: number } | null = null;
  for (const date of scanDates(lead)) {
    const day = date.date ?? (date.monthDay && year !== null ? `${year}-${date.monthDay}` : null);
    if (!day) continue;
    const after = lead.slice(date.end, date.end + 130).replace(/发布会/g, '※※※');
    const issues =
      /^,?[^。;《\n]{0,90}?(?:联合|共同)?(?:发文|(?:制定|发布|印发|出台|公布)(?!上线|启动|启用)(?:了|实施)?(?:《|第?[^,。;《]{0,24}?[《“]|[^,。;《]{0,30}?(?:通告|公告|通知|通报|案例|信息|消息|结果|名单|目录)))|^消息,/.test(
        after,
      ) && !/^,?[^《,]{0,60}?(?:获悉|介绍|表示|施行|实施|起)/.test(after);
    const found = { day, issues, inferred: date.date === null, start: date.start, end: date.end };
    if (issues) return found;
    first ??= found;
  }
  return first;
}

/** Every date with what it is: signed, published on the page, in force, last day, expiry, merely named. */
export function findDates(draft: Draft, signed: Signed | null, report: boolean, kind: DocumentKind): FoundDates {
  const { text, page } = draft;
  const dates: DatedItem[] = [];
  const note = (date: string, kind: DateKind, start: number, end: number, more: Partial<DatedItem> = {}): void => {
    dates.push({ date, kind, start, end, ...more });
  };
  const info = (label: 'published' | 'effective' | 'expiry' | 'issued'): string | null => {
    const value = page?.info.get(label)?.value;
    return value ? dayIn(value) : null;
  };
  let issueDate: string | null = signed?.date ?? null;
  if (signed) note(signed.date, 'issued', signed.start, signed.end);
  const head = headText(draft);
  const rewritten = /修订/.test(head);
  if (!issueDate && !rewritten) {
    const passed =
      /((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)[^\n。]{0,40}?(人民代表大会|国务院令|令 ?第|常务会议)[^\n。]{0,40}?(通过|公布)/g;
    let adopted: string | null = null;
    for (const match of head.matchAll(passed)) {
      const day = dayIn(match[1] ?? '');
      if (!day) continue;
      const kind = match[3] === '公布' ? 'promulgated' : 'adopted';
      note(day, kind, match.index, match.index + match[0].length);
      if (kind === 'promulgated') issueDate ??= day;
      else if (match[2] === '人民代表大会') adopted ??= day;
    }
    issueDate ??= adopted;
  }
  const decided = /作出[^\n]{0,16}决定的?日期[^\d\n]{0,6}((?:19|20)\d{2}[年-]\d{1,2}[月-]\d{1,2}日?)/.exec(text);
  if (!issueDate && decided) issueDate = dayIn(decided[1] ?? '');
  issueDate ??= info('issued');
  const summed = /(?:^|[\n,;(])((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)(?:印发|发布|公布)(?=[,;。)])/.exec(
    text.slice(0, 400),
  );
  if (!issueDate && !report && summed) {
    issueDate = dayIn(summed[1] ?? '');
    if (issueDate) note(issueDate, 'issued', summed.index, summed.index + summed[0].length);
  }
  if (!issueDate && report && kind !== 'interpretation') {
    const event = reportedIssue(text.slice(0, 500), draft.year);
    if (event) {
      if (event.issues) issueDate = event.day;
      const role = event.issues ? 'issued' : 'mentioned';
      note(event.day, role, event.start, event.end, event.inferred ? { yearInferred: true } : {});
    }
  }
  const publishDate = info('published');
  if (publishDate) note(publishDate, 'published', 0, 0);
  const force = effective(draft, kind);
  let effectiveDate = force.date ?? info('effective');
  if (!effectiveDate && force.rule && issueDate) effectiveDate = issueDate;
  if (effectiveDate && force.end > 0)
    note(effectiveDate, 'effective', force.start, force.end, {
      ...(force.date ? {} : { derived: true }),
      ...(force.inferred ? { yearInferred: true } : {}),
    });
  let expiry = info('expiry');
  const until = /有效期(?:至|到|截至)((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)/.exec(text);
  if (!expiry && until) expiry = dayIn(until[1] ?? '');
  // a licence has a term too: only the words that set the document in force, or name it, give its own
  const term =
    /(?:(?:施行|实施|执行|生效|之日起)[,;]?|本(?:通知|公告|通告|办法|规定|细则|措施|政策|意见|方案|决定|规范|标准|目录)(?:的)?)有效期(?:为|暂定)?([\d一二三四五六七八九十两]{1,2})年/.exec(
      text,
    );
  if (!expiry && term && effectiveDate) {
    const years =
      '一二三四五六七八九'.indexOf(term[1] ?? '') + 1 ||
      (term[1] === '两' ? 2 : term[1] === '十' ? 10 : Number(term[1]));
    if (years > 0 && years < 50) {
      expiry = addDays(addMonths(effectiveDate as LocalDate, years * 12), -1);
      note(expiry, 'expiry', term.index, term.index + term[0].length, { derived: true });
    }
  }
  const lastDays = deadlineDates(draft).filter(({ date }) => date !== effectiveDate);
  for (const { date, start, end, inferred } of lastDays)
    note(
      date,
      kind === 'consultation' ? 'consultation-end' : 'deadline',
      start,
      end,
      inferred ? { yearInferred: true } : {},
    );
  // a date is told once: with the words that say what it is (自…起施行), not again by itself
  const told = new Set(dates.map((date) => date.start));
  const wide = dates.filter(({ kind }) => kind === 'effective' || kind === 'adopted' || kind === 'promulgated');
  for (const date of draft.dates) {
    const day = date.date ?? date.month;
    if (day && !told.has(date.start) && !wide.some((item) => date.start >= item.start && date.end <= item.end))
      note(
        day,
        /截至|截止/.test(text.slice(Math.max(0, date.start - 3), date.start)) ? 'as-of' : 'mentioned',
        date.start,
        date.end,
      );
  }
  return {
    issueDate,
    publishDate,
    effectiveDate,
    effectiveRule: force.rule,
    expiry,
    deadlines: lastDays.map(({ date, start }) => ({ date, start })),
    dates: dates.sort((a, b) => a.start - b.start),
  };
}
