import type { LocalDate } from '../../../kernel/local-date.ts';
import type { Obligation } from '../types.ts';

const MODAL =
  /应当|必须|不得|严禁|禁止|不准|务必|(?<![无必])须(?!知)|(?<![对适相反响供感回照顺一理答效呼])应(?![用急对答有付收届激力链邀聘])|要求(?=[\u4e00-\u9fff]{2,24}?(?:建立|落实|提交|报送|积极|强化|做好|开展|严格|加强|对|在|于|按|将|及时))|负责/g;
/** Softer words at a boundary that still bind those addressed. */
const ASKED =
  /请(?:各[^,。]{0,20}|你们|结合实际|认真|遵照|相关[^,。]{0,20}|有关[^,。]{0,20}|组织)*(?:认真)?(?:贯彻|落实|执行|遵照执行|贯彻执行|贯彻落实|督促|组织)/g;
/** A request with a last day binds those it is addressed to; an invitation to comment does not and is not asked here. */
const REQUEST = /[请需](?=[^。;]{0,40}(?:报|提交|完成|上传|整改|填报|反馈|报送|组织|做好))/;
/** Without one of these no pattern below can fit. */
const HINT = /需|应|须|不得|严禁|禁止|不准|务必|要求|负责|请|予以/;
const NOT_BINDING = /不应当|可以|鼓励|支持|引导|原则上|有望|预计|将会/;
const WITHIN = /[一二三四五六七八九十两\d]{1,3}个?(?:工作日|自然日|日|天|月|年)(?:内|之内|以内|前)/;

/** A limit counted from an event, with the words that name the event. */
function withinOf(sentence: string): string | null {
  const found = WITHIN.exec(sentence);
  if (!found || /[月年]$/.test(sentence.slice(0, found.index))) return null;
  let start = found.index;
  while (start > 0 && found.index - start < 20 && !',。;'.includes(sentence[start - 1] ?? '')) start--;
  return sentence.slice(start, found.index + found[0].length);
}

const ENDS = new Set([...'。;!?\n']);

/** Words that are an actor: the last noun before the modal. */
function actorOf(clause: string): string | null {
  const words = clause
    .replace(/《[^》]*》/g, '')
    .replace(/^.*?(?:,|:|、(?=\S{12}))(?=[^,:]*$)/, '')
    .replace(
      /^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|第[一二三四五六七八九十百零\d]+条|\d+[.、])\s*/,
      '',
    )
    .replace(/(?:均|都|还|也|并|且|同时|则|及时|依法|严格)+$/, '')
    .trim();
  return words.length >= 2 && words.length <= 40 && !/[。;]/.test(words) ? words : null;
}

/**
 * What someone must do or must not do: sentence by sentence, at its binding modal. 可以, 鼓励 and 支持 bind nobody and are
 * left out, as are the conditions of applicants, which are eligibility.
 */
export function findObligations(
  text: string,
  skip: readonly { readonly start: number; readonly end: number }[],
  flow: {
    readonly deadlines: readonly { readonly start: number; readonly date: string }[];
    readonly requests: boolean;
  },
): Obligation[] {
  const found: Obligation[] = [];
  let sentenceStart = 0;
  const take = (from: number, to: number): void => {
    let start = from;
    while (start < to && (text[start] === ' ' || text[start] === '\n')) start++;
    if (to - start < 6) return;
    if (skip.some((span) => start >= span.start && start < span.end)) return;
    const sentence = text.slice(start, to);
    if (!HINT.test(sentence)) return;
    // book and quotation marks hold names and other people's words
    const bare = /[《“]/.test(sentence)
      ? sentence.replace(/《[^》]*》|“[^”]*”/g, (quote) => '※'.repeat(quote.length))
      : sentence;
    MODAL.lastIndex = 0;
    ASKED.lastIndex = 0;
    const deadline = flow.deadlines.find((day) => day.start >= start && day.start < to)?.date ?? null;
    let modal = MODAL.exec(bare);
    let asked: RegExpExecArray | null = null;
    if (!modal) asked = ASKED.exec(bare) ?? (deadline && flow.requests ? REQUEST.exec(bare) : null);
    const hit = modal ?? asked;
    if (!hit) return;
    if (modal?.[0] === '负责' && !isDutyOfCare(bare, modal.index)) {
      modal = MODAL.exec(bare);
      if (!modal) return;
    }
    const sign = modal ?? asked;
    if (!sign) return;
    if (NOT_BINDING.test(bare.slice(Math.max(0, sign.index - 6), sign.index))) return;
    const clauseStart = Math.max(bare.lastIndexOf(',', sign.index), bare.lastIndexOf(':', sign.index), -1) + 1;
    // a request stands in its own clause; a binding sentence begins with its conditions
    const at = asked || sign[0] === '要求' || (sign[0] === '负责' && clauseStart > 30) ? start + clauseStart : start;
    const before = bare.slice(0, sign.index);
    const actor =
      sign[0] === '要求'
        ? (/^([\u4e00-\u9fff、]{2,24}?)(?=建立|落实|提交|报送|积极|强化|做好|开展|严格|加强|对|在|于|按|将|及时)/.exec(
            bare.slice(sign.index + 2),
          )?.[1] ?? null)
        : actorOf(before);
    found.push({
      start: at,
      end: to,
      actor,
      modal: asked ? '请' : sign[0],
      action: sentence
        .slice(sign.index + (asked ? 0 : sign[0].length))
        .trim()
        .slice(0, 200),
      deadline: deadline as LocalDate | null,
      within: withinOf(sentence),
      condition: /(?:^|[,。、])([^,。;]{4,80}?的),/.exec(before)?.[1] ?? null,
      exception: /除[^,。;]{2,60}?(?:外|以外)/.exec(sentence)?.[0] ?? null,
      consequence: /(?:逾期|未[^,。;]{2,40}的|拒不[^,。;]{2,30}的)[^。]{2,120}/.exec(sentence)?.[0] ?? null,
    });
  };
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && !ENDS.has(text[i] ?? '')) continue;
    if (text[i] === '\n' && isCutLine(text, sentenceStart, i)) continue;
    if (i - sentenceStart < 4000) take(sentenceStart, i);
    sentenceStart = i + 1;
  }
  return found;
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

/** 对…的真实性负责, 安排专人负责, 由…负责: a duty; 相关负责人, 负责同志 are people. */
function isDutyOfCare(sentence: string, at: number): boolean {
  return !/^负责(?:人|同志|部门|单位|处室|解释)/.test(sentence.slice(at, at + 4));
}
