import type { LocalDate } from '../../../kernel/local-date.ts';
import type { Obligation } from '../types.ts';
import { actorOfClause, agentAfter, headActor, isAuthority } from './actors.ts';
import { conditionOf, consequenceOf, exceptionOf, withinOf } from './conditions.ts';
import { lineLevel, listBelow } from './lists.ts';
import { ASKED_WHOM, bracketAround, findModals, type Modal } from './modals.ts';
import { secondDuties } from './second-duties.ts';
import { furtherDays, maySetTask, silentTasks } from './set-tasks.ts';

/** Softer words at a boundary that still bind those addressed. */
const ASKED =
  /请(?=(?:各|有关|相关)[^,。;]{2,24}(?:立即|及时|尽快|抓紧|按时))|请(?:立即|及时|尽快)(?=报告|上报|报送|整改|停止)|请(?=各|你们|结合实际|认真|遵照|相关|有关|组织|贯彻|落实|执行|督促)[^,。;]{0,30}?(?:贯彻|落实|执行|督促|组织)/;
/** A request with a last day binds those it is addressed to; an invitation to comment does not and is not asked here. */
const REQUEST = /请(?=各|有关|相关|你们?)|[请需](?=[^。;]{0,40}(?:报|提交|完成|上传|整改|填报|反馈|报送|组织|做好))/;
const SENTENCE_END = /[。;!?\n]/g;
/** Without one of these no pattern below can fit. */
const HINT = /[应须需请]|不得|严禁|禁止|不准|不能|务必|要求|负责|[者人位业构门局委厅会员]要/;
/** 应注意以下内容: says nothing that is to be done. */
const EMPTY_LEAD = /^(?:注意|参考|关注|说明)?(?:以下|如下|下列)(?:内容|几点|几个方面|方面|事项|问题|要求|原则)?:$/;
/** Orders of a notice say 要; elsewhere 要 only tells what is wanted. */
const WANTED = /^要$/;

/** Level of 第…条 among the numberings of lines. */
const ARTICLE = 3;

/** How many lists are followed into one another. */
const DEEPEST = 3;

/** Who the items of a list bind, and where it ends. */
interface Carried {
  readonly actor: string | null;
  readonly end: number;
}

const TITLE = /《[^《》]{0,160}》/g;
const QUOTATION = /“[^“”]*(?:”|$)/g;
const masked = (words: string): string => '※'.repeat(words.length);

/** Names and quotations blanked out, character by character: what they say binds nobody here. */
function blank(sentence: string, quoteOpen: boolean): string {
  let bare = sentence;
  if (quoteOpen) {
    const close = bare.indexOf('”');
    bare = '※'.repeat(close < 0 ? bare.length : close + 1) + (close < 0 ? '' : bare.slice(close + 1));
  }
  // a title may hold another one
  for (let depth = 0; depth < 2 && bare.includes('《'); depth++) bare = bare.replace(TITLE, masked);
  return bare.includes('“') ? bare.replace(QUOTATION, masked) : bare;
}

/** A stretch before a modal without its brackets, in blanked and in full words; both have the same length. */
function withoutBrackets(bare: string, full: string): { bare: string; full: string } {
  if (!bare.includes('(')) return { bare, full };
  let a = '';
  let b = '';
  let from = 0;
  for (const match of bare.matchAll(/\([^()]*\)/g)) {
    // the number of an item stays
    if (match.index === 0) continue;
    a += bare.slice(from, match.index);
    b += full.slice(from, match.index);
    from = match.index + match[0].length;
  }
  return { bare: a + bare.slice(from), full: b + full.slice(from) };
}

/** The full words of something found in the blanked ones. */
function inFull(words: { bare: string; full: string }, found: string | null): string | null {
  if (!found?.includes('※')) return found;
  const at = words.bare.indexOf(found);
  return at < 0 ? null : words.full.slice(at, at + found.length);
}

const NO_SUBJECT =
  /^(?:(?:并|还|也|均|都|则|且|但|同时|一般|通常|至少|首先|必要时|因此|另外|此外|其中|原则上|如)*$|(?:在|按照?|根据|依据|对于?|为|当|如|若|通过|自|除|针对|使用)(?![人方]).*|.*(?:时|的|中|内|前|后|下|外)$)/;

/**
 * What someone must do or must not do: sentence by sentence, at its binding modal, with the sign of a ban kept (不得, 不应).
 * 可以, 鼓励 and 支持 bind nobody and are left out, as are the conditions of applicants, which are eligibility. The actor is
 * a person, an enterprise or a body; when the sentence names none, the one of the sentence or the list before it holds.
 */
export function findObligations(
  text: string,
  skip: readonly { readonly start: number; readonly end: number }[],
  flow: {
    readonly deadlines: readonly { readonly start: number; readonly date: string }[];
    readonly requests: boolean;
    /** A notice or plan orders with 要 as well, and by saying what a body does when. */
    readonly orders?: boolean;
    /** A report tells with 要 what bodies have been told to do. */
    readonly wants?: boolean;
  },
): Obligation[] {
  const found: Obligation[] = [];
  /** Who acts in this line, and in the list or article around it. */
  let line: string | null = null;
  let lists: readonly Carried[] = [];
  let article: { actor: string | null } | null = lineLevel(text.slice(0, 16)) === ARTICLE ? { actor: null } : null;
  let before = -1;

  const deadlineIn = inOrder(flow.deadlines);
  const isSkipped = coveredBy(skip);

  const inherited = (sentenceStart: number, subject: string): string | null => {
    const known =
      line ??
      (before >= 0 ? headActor(text.slice(before, Math.min(sentenceStart, before + 120))) : null) ??
      lists.findLast((list) => sentenceStart < list.end && list.actor !== null)?.actor ??
      article?.actor ??
      null;
    if (known === null) return null;
    // what a thing must be is no duty of the body that supervises
    return NO_SUBJECT.test(subject) || !isAuthority(known) ? known : null;
  };

  const take = (from: number, to: number, quoteOpen: boolean): void => {
    let start = from;
    while (start < to && (text[start] === ' ' || text[start] === '\n')) start++;
    if (to - start < 6) return;
    const sentence = text.slice(start, to);
    const tells = flow.orders === true && maySetTask(sentence);
    if (!tells && !HINT.test(sentence)) return;
    if (isSkipped(start)) return;
    const bare = blank(sentence, quoteOpen);
    const modals = findModals(bare).filter((modal) => flow.orders || flow.wants || !WANTED.test(modal.text));
    if (tells) modals.push(...silentTasks(bare));
    modals.sort((a, b) => a.start - b.start);
    const days = deadlineIn(start, to);
    if (days.length > 1 && modals[0]) modals.push(...furtherDays(bare, modals[0].end));
    modals.sort((a, b) => a.start - b.start);
    const deadline = days[0] ?? null;
    const first = modals[0];
    if (!first) {
      const asked = ASKED.exec(bare) ?? (deadline && flow.requests ? REQUEST.exec(bare) : null);
      if (asked) request(start, to, sentence, bare, asked.index, deadline?.date ?? null);
      return;
    }
    const open = bracketAround(bare, first.start) + 1;
    const words = withoutBrackets(bare.slice(open, first.start), sentence.slice(open, first.start));
    const clauses = words.bare.split(/[,:]/);
    const last = clauses.at(-1) ?? '';
    const after = bare.slice(first.end);
    let actor: string | null;
    if (first.text === '要求') actor = ASKED_WHOM.exec(after)?.[1] ?? null;
    else {
      actor = actorOfClause(last) ?? agentAfter(after);
      for (const clause of clauses.slice(0, -1)) actor ??= headActor(clause);
      for (const clause of clauses.slice(0, -1)) actor ??= actorOfClause(clause);
      actor = inFull(words, actor);
    }
    const named = actor !== null;
    actor ??= inherited(start, last.trim());
    if (actor !== null && (named || line === null)) line = actor;
    if (named && article) article.actor = actor;
    const clauseAt = Math.max(bare.lastIndexOf(',', first.start), bare.lastIndexOf(':', first.start), -1) + 1;
    // a binding sentence begins with its conditions
    const at = first.text === '要求' || (first.text === '负责' && clauseAt > 30) ? start + clauseAt : start;
    const condition = inFull(words, conditionOf(words.bare));
    // a lead-in to a list: the duty is that of its items
    let end = to;
    if (sentence.endsWith(':') && (to >= text.length || text[to] === '\n')) {
      lists = lists.filter((list) => list.end > to);
      // lists within lists within lists are read no deeper
      const below = lists.length < DEEPEST ? listBelow(text, to) : to;
      if (below > to) lists = [...lists, { actor, end: below }];
      if (below <= to || EMPTY_LEAD.test(sentence.slice(first.end))) return;
      if (below - to > 1500 || findModals(text.slice(to, below)).length > 0) return;
      end = below;
    }
    // 由某局负责。: who is in charge of a measure
    if (first.text === '负责' && !last.includes('对') && /^[。;,)]?$/.test(after.trim())) return;
    const others = secondDuties(bare, modals, first, actor);
    const stop = others[0]?.from ?? bare.length;
    // a day behind the beginning of another duty is that one's
    const due = others.length > 0 ? days.find((day) => day.start < start + stop) : deadline;
    found.push({
      start: at,
      end: others.length > 0 ? start + stop : end,
      actor,
      modal: first.text,
      action: actionOf(
        others.length > 0 ? sentence.slice(0, stop) : end > to ? text.slice(start, end) : sentence,
        bare,
        first,
      ),
      deadline: (due?.date ?? null) as LocalDate | null,
      within: withinOf(sentence.slice(0, stop), first.start, first.end),
      condition,
      exception: exceptionOf(sentence.slice(0, stop), first.start),
      consequence: consequenceOf(sentence.slice(first.end)),
    });
    others.forEach((other, index) => {
      const until = others[index + 1]?.from ?? bare.length;
      const own = days.find((day) => day.start >= start + other.from && day.start < start + until);
      found.push({
        start: start + other.from,
        end: start + until,
        actor: other.actor,
        modal: other.modal.text,
        action: actionOf(sentence.slice(0, until), bare, other.modal),
        deadline: (own?.date ?? null) as LocalDate | null,
        within: withinOf(
          sentence.slice(other.from, until),
          other.modal.start - other.from,
          other.modal.end - other.from,
        ),
        condition: other.condition?.includes('※')
          ? sentence.slice(other.from, other.from + other.condition.length)
          : other.condition,
        exception: null,
        consequence: consequenceOf(sentence.slice(other.modal.end)),
      });
      line = other.actor ?? line;
    });
  };

  /** 请…于某日前…: asked of those addressed. */
  const request = (
    start: number,
    to: number,
    sentence: string,
    bare: string,
    index: number,
    deadline: string | null,
  ): void => {
    const clauseAt = Math.max(bare.lastIndexOf(',', index), bare.lastIndexOf(':', index), -1) + 1;
    const whom = /^(?:各|有关|相关)[\u4e00-\u9fff、]{1,20}?(?:单位|企业|部门|机构|局|人员|人)/.exec(
      bare.slice(index + 1),
    );
    found.push({
      start: start + clauseAt,
      end: to,
      actor: whom?.[0] ?? actorOfClause(bare.slice(clauseAt, index)),
      modal: '请',
      action: sentence.slice(index).trim().slice(0, 200),
      deadline: deadline as LocalDate | null,
      within: withinOf(sentence, index, index),
      condition: conditionOf(bare.slice(0, index)),
      exception: exceptionOf(sentence, index),
      consequence: consequenceOf(sentence.slice(index)),
    });
  };

  let sentenceStart = 0;
  let quoteOpen = false;
  SENTENCE_END.lastIndex = 0;
  for (let i = 0; i < text.length; ) {
    const stop = SENTENCE_END.exec(text);
    i = stop?.index ?? text.length;
    const sign = stop?.[0] ?? '\n';
    if (stop && sign === '\n' && isCutLine(text, sentenceStart, i)) continue;
    if (i - sentenceStart < 4000) {
      take(sentenceStart, i, quoteOpen);
      quoteOpen = sign !== '\n' && opensQuote(text.slice(sentenceStart, i), quoteOpen);
    } else quoteOpen = false;
    before = sentenceStart;
    sentenceStart = i + 1;
    if (sign === '\n') {
      line = null;
      before = -1;
      const level = lineLevel(text.slice(sentenceStart, sentenceStart + 16));
      // an article goes on over its paragraphs; a list ends with the first line that is no item of it
      if (level === ARTICLE) article = { actor: null };
      else if (level !== null && level < ARTICLE) article = null;
    }
  }
  return found;
}

/** What is to be done: the words behind the modal, up to the bracket that closes around them. */
function actionOf(sentence: string, bare: string, modal: Modal): string {
  let end = sentence.length;
  let depth = 0;
  for (let i = modal.end; i < Math.min(bare.length, modal.end + 220); i++) {
    if (bare[i] === '(') depth++;
    else if (bare[i] === ')' && --depth < 0) {
      end = i;
      break;
    }
  }
  return sentence.slice(modal.end, end).trim().replace(/[,;]$/, '').slice(0, 200);
}

/** Whether a quotation is still open where a sentence ends. */
function opensQuote(sentence: string, open: boolean): boolean {
  const opened = sentence.lastIndexOf('“');
  const closed = sentence.lastIndexOf('”');
  return opened === closed ? open : opened > closed;
}

/** The items of a list in order that begin in a stretch; the stretches must be asked for in order. */
function inOrder<T extends { readonly start: number }>(
  items: readonly T[],
): (from: number, to: number) => readonly T[] {
  let next = 0;
  return (from, to) => {
    while (next < items.length && (items[next]?.start ?? 0) < from) next++;
    let end = next;
    while (end < items.length && (items[end]?.start ?? 0) < to) end++;
    return items.slice(next, end);
  };
}

/** Whether a place lies in one of the spans; the places must be asked for in order. */
function coveredBy(spans: readonly { readonly start: number; readonly end: number }[]): (at: number) => boolean {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  let next = 0;
  let reach = -1;
  return (at) => {
    for (; next < sorted.length && (sorted[next]?.start ?? 0) <= at; next++)
      reach = Math.max(reach, sorted[next]?.end ?? 0);
    return at < reach;
  };
}

/** A line that a page break or a narrow column cut in the middle of a sentence. */
function isCutLine(text: string, start: number, end: number): boolean {
  const lineStart = Math.max(start, text.lastIndexOf('\n', end - 1) + 1);
  if (end - lineStart < 28 || !/[\u4e00-\u9fff、,]/.test(text[end - 1] ?? '')) return false;
  let next = end;
  while (next < text.length && next < end + 8 && (text[next] === '\n' || text[next] === ' ')) next++;
  return (
    /^[\u4e00-\u9fff]/.test(text[next] ?? '') &&
    !/^(?:第[一二三四五六七八九十百]+|[一二三四五六七八九十]+、|附件|特此)/.test(text.slice(next, next + 6))
  );
}
