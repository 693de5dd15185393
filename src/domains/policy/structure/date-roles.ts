import { addDays, addMonths, type LocalDate } from '../../../kernel/local-date.ts';
import type { DatedItem, DateKind, DocumentKind } from '../types.ts';
import { dayIn, type FoundDate, scanDates } from './dates.ts';
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
  relays: boolean,
): { date: string | null; rule: string | null; start: number; end: number } {
  const { text } = draft;
  const foreign = new Map<string, { start: number; end: number }>();
  let own: { date: string; start: number; end: number } | null = null;
  for (const match of text.matchAll(FORCE_PATTERN)) {
    const date = dayIn(match[0]);
    if (!date) continue;
    const { before } = sentenceAround(text, match.index, match.index);
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
  const rule = /自(?:发布|公布|公告|印发|通告|下发|签发)之?日起(?:正式)?(?:施行|实施|执行|生效)/.exec(text);
  if (rule) return { date: null, rule: rule[0], start: rule.index, end: rule.index + rule[0].length };
  const head = /(?:^|\n)((?:19|20)\d{2}年\d{1,2}月\d{1,2}日) *(?:起)?(?:施行|实施)/.exec(text.slice(0, 800));
  if (head) return { date: dayIn(head[1] ?? ''), rule: null, start: head.index, end: head.index + head[0].length };
  // a notice whose first point begins with 自…起 starts on that day
  const first = /(?:^|[\s。:;])一、(自((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)起),/.exec(text);
  if (first) {
    const date = dayIn(first[2] ?? '');
    if (date && !foreign.has(date)) return { date, rule: null, start: first.index, end: first.index + first[0].length };
  }
  return { date: null, rule: null, start: 0, end: 0 };
}

const BEFORE_WORDS = /^ ?(?:\([^()]{1,8}\))?(?:[上下]午)?(?:\d{1,2}[:时点]\d{0,2}分?)?(?:之前|以前|前|止|截止)/;
const UNTIL =
  /(?:截止(?:日期|时间)?(?:为|是|到|至|:)?|截至|截止至|时间(?:截止|截至)(?:到|至)?|反馈时间(?:为|至)?[^。]{0,20}至|(?:征求意见|公示)(?:时间|期限?)[^。]{0,30}至)[^\d。,;]{0,6}$/;
/** 申报时间: … 至 …: the last day of a span that a heading announces. */
const SPAN_END =
  /(?:申报|填报|报名|报送|征集|征求意见|公示|反馈|提交|受理)[^。;]{0,8}(?:时间|期限|日期|期)[^。;]{0,40}(?:至|到|-|—|~)+ ?$/;
const ASKED =
  /应当|应|必须|须|请|反馈|报送|提交|完成|申报|报名|递交|上传|补充|公示|征求|缴纳|缴费|送达|办理|登记|整改|备案|上报/;

/** The last days a document sets, by the words around its dates. */
function deadlineDates(draft: Draft): { date: string; start: number; end: number; inferred: boolean }[] {
  const found: { date: string; start: number; end: number; inferred: boolean }[] = [];
  const { text } = draft;
  draft.dates.forEach((date: FoundDate, index: number) => {
    const after = text.slice(date.end, date.end + 14);
    const before = text.slice(Math.max(0, date.start - 64), date.start);
    const spanEnd = SPAN_END.test(before);
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
  return found;
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
  if (!issueDate && report) {
    const lead = text.slice(0, 400);
    const event = scanDates(lead).find((date) => date.date !== null || date.monthDay !== null);
    if (event) {
      const day = event.date ?? (draft.year === null ? null : `${draft.year}-${event.monthDay}`);
      const after = lead.slice(event.end, event.end + 60);
      if (day) {
        const issues = /^,?[^。,《]{2,30}?(?:制定|联合)?(?:发布|印发|出台|公布)(?:了|实施)?《/.test(after);
        if (issues) issueDate = day;
        note(day, issues ? 'issued' : 'mentioned', event.start, event.end, event.date ? {} : { yearInferred: true });
      }
    }
  }
  const publishDate = info('published');
  if (publishDate) note(publishDate, 'published', 0, 0);
  const force = effective(draft, kind === 'news');
  let effectiveDate = force.date ?? info('effective');
  if (!effectiveDate && force.rule && issueDate) effectiveDate = issueDate;
  if (effectiveDate && force.end > 0)
    note(effectiveDate, 'effective', force.start, force.end, force.date ? {} : { derived: true });
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
