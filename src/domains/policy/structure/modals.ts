import { actorOfClause } from './actors.ts';

/** A word of duty in a sentence that binds somebody. */
export interface Modal {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A sentence with more signs than these is no sentence. */
const MOST_SIGNS = 120;
/** Every sign that can be a modal; what stands around it decides. Plain words keep the search fast. */
const SIGN = /不应该|不应当|不应|不得|不准|不能|严禁|禁止|务必|应当|应该|应|必须|须|需要|需|要求|要|负责/g;
/** 应 as the end of another word: 适应, 反应, 供应 but 影响应, 提供应, 有效应. */
const SHOULD_ENDS = /(?:[对适相反感回顺呼因照答]|(?<!影)响|(?<!提)供|(?<![有失时])效)$/;
/** 应 as the beginning of another word: 应用, 应急, 应力. */
const SHOULD_BEGINS =
  /^(?:[用急届激力链邀聘运诉税症性声允付]|有[的尽之]|征(?![求得])|收(?![集到取录])|变(?![更化])|答(?!复)|对)/;
/** 应对 + object + 进行: a duty about the object; 应对 alone is to cope with. */
const TOWARDS =
  /^对[^,。;:]{1,80}?(?:进行|作出|做出|作[^,。;]{0,4}(?:说明|描述|分析|评|规定)|给出|给予|予以|加以|开展|提出|实施|采取|承担|负责|(?:评价|评估|验证|确认|检查|检验|记录|审核|核实|控制|说明|描述|分析)(?=[,。;]|$))/;
const COPING = /[积效妥善学同及合力何以的]$/;
/** Who may stand right before 需, 要 and 不能: the last sign of the name of a person, enterprise or body. */
const NAMED = /(?:[人方者位业构门局委厅院心会员商厂府司]|各[^,。;]{0,4}[地省市县区州盟])(?:还|也|均|都|同时|则)?$/;

/** Whether the sign is a word of its own at this place. */
function isWord(bare: string, at: number, word: string): boolean {
  const before = bare.slice(Math.max(0, at - 6), at);
  const next = bare.slice(at + word.length, at + word.length + 2);
  switch (word) {
    case '应':
      if (next[0] === '对' && !COPING.test(before) && TOWARDS.test(bare.slice(at + 1, at + 90))) return true;
      // 应报尽报, 应保尽保
      if (next[1] === '尽') return false;
      return !SHOULD_BEGINS.test(next) && !SHOULD_ENDS.test(before);
    case '不应':
      return !/^[求期]/.test(next);
    case '须':
      return !/[无必不毋]$/.test(before) && !/^[知发臾]/.test(next);
    case '不准':
      return next !== '' && !/^[确,、;:。)或和及与时的等而导]/.test(next);
    case '不能':
      return NAMED.test(before) && next[0] !== '够';
    case '需':
    case '需要':
      return NAMED.test(before) && !/^[求的量]/.test(next);
    case '要':
      return NAMED.test(before) && !/^[求点素件约么闻领是塞害紧职旨义的想不]/.test(next);
    default:
      return true;
  }
}

const NOT_BINDING = /(?:可以|可|鼓励|支持|引导|原则上|有望|预计|将会|建议|是否|无需|不是|并非|不一定)[^,;:但]{0,12}$/;
/** 因而…就应: a reason, no duty. */
const REASONED = /(?:因而|所以)[^,;:]{0,20}就?$/;

/** Verb + 的 right behind the modal: 应当具备的技能 names a thing. */
const ATTRIBUTE =
  /^(?:(?:立即|及时|依法|共同|予以|主动|充分|重点|首先|分别|同时|尽量|特别|严格|加以)?[^为是由在以按与对从将把经向及或依※,。;:、() 的][\u4e00-\u9fff](?<!的))?的(?![,。;]|是否)/;
/** 负责…的部门 names a body. */
const BODY_IN_CHARGE =
  /^[^,。;]{2,36}?的(?:主管)?(?:部门|机构|人员|单位|企业|处室|组织)(?=[,。;:、)]|及|和|或|应|须|必|不|可|提|报|申|备|负|对|按|依|在|会|制|组|审|$)/;
const NOT_IN_CHARGE = /^(?:人|同志|部门|单位|处室|解释)/;
/** A clause that opens with a verb of drafting says what a text holds: 列出…应当满足的…清单. */
const DRAFTING = /^(?:\S{0,6}[.、)])?(?:列出|列明|规范|明确|说明|提供|描述|阐明|包括|确定|约定|对)[^,。;]*$/;
const HELD = /^[^,。;:]*?的(?:情形|职责|责任|义务|清单|事项|主体|原则|要求|内容)(?=以及|及|和|与|或|、|,|。|;|进行|$)/;

/** These bind only somebody who is named right before them. */
const WEAK = /^(?:不能|需要?|要)$/;

/** Words that tell what an instruction leaflet says; a ban behind them is its wording. */
const TOLD = /(?:明确|标明|注明|写明|提示|标识|声明|告知|标注|警示|属于|涉及|包括)[^,;:]{0,12}$/;

/** 公告要求企业建立…: what somebody is asked to do; 技术要求, 按…的要求 are things. */
const ASKING = /(?:^|[,。;:※]|公告|通知|通告|方案|办法|规定|文件|明确|提出|强调|指出|并|还|也)$/;
export const ASKED_WHOM =
  /^([\u4e00-\u9fff、]{2,24}?)(?=建立|落实|提交|报送|积极|强化|做好|开展|严格|加强|对|在|于|按|将|及时)/;

/** Where the round bracket opens that a place stands in, or -1. */
export function bracketAround(sentence: string, at: number): number {
  const open = sentence.lastIndexOf('(', at);
  return open >= 0 && sentence.lastIndexOf(')', at) < open ? open : -1;
}

function clauseStart(sentence: string, at: number): number {
  const least = Math.max(0, at - 160);
  for (let i = at - 1; i >= least; i--) if (',;:'.includes(sentence[i] ?? '')) return i + 1;
  return least;
}

/** Whether the modal at this place belongs to the description of a thing, a condition or a report and binds nobody. */
function describes(sentence: string, at: number, end: number, word: string): boolean {
  const from = clauseStart(sentence, at);
  const before = sentence.slice(Math.max(from, at - 40), at);
  const after = sentence.slice(end, end + 80);
  if (NOT_BINDING.test(before) || REASONED.test(before)) return true;
  if (word === '要求') {
    const whom = ASKED_WHOM.exec(after)?.[1];
    return whom === undefined || /^(?:包括|是|不|和|及|与|进行|予以)/.test(whom) || !ASKING.test(before);
  }
  if (word === '负责') {
    if (NOT_IN_CHARGE.test(after) || BODY_IN_CHARGE.test(after)) return true;
  } else if (ATTRIBUTE.test(after)) return true;
  if (word === '禁止' && (TOLD.test(before) || /^[^,。;]{2,16}的(?:提示|警示|标识|说明|情形|目录)/.test(after)))
    return true;
  if (WEAK.test(word) && (/^(?:但|则)?(?:如|若|当|因)/.test(before) || actorOfClause(before) === null)) return true;
  // …应当报告而未报告的, 认为应当变更的: a case, not a duty
  const rest = /^[^,。;:]*/.exec(after)?.[0] ?? '';
  if (/[^是为]的$/.test(rest) && rest.length < 79 && !/^(?:是|为)/.test(rest)) return true;
  return DRAFTING.test(before) && from + before.length === at && HELD.test(after) && isDrafted(before, after);
}

/** 对 opens many duties: only …的情形 is a thing there. */
function isDrafted(before: string, after: string): boolean {
  return !/^\S{0,8}对/.test(before) || /^[^,。;:]*?的情形/.test(after);
}

/**
 * The words of duty of a sentence, in order. `bare` is the sentence with names and quotations blanked out. Left out are
 * those that describe a thing (应当具备的技能), a case (应当报告而未报告的) or that are softened (可以, 鼓励, 原则上).
 */
export function findModals(bare: string): Modal[] {
  const found: Modal[] = [];
  const inner: Modal[] = [];
  let looked = 0;
  for (const match of bare.matchAll(SIGN)) {
    if (++looked > MOST_SIGNS) break;
    const start = match.index;
    const text = match[0];
    const end = start + text.length;
    if (!isWord(bare, start, text) || describes(bare, start, end, text)) continue;
    const modal = { start, end, text };
    if (bracketAround(bare, start) >= 0) {
      inner.push(modal);
      continue;
    }
    const last = found.at(-1);
    if (last) {
      // 必须告知用户的信息应当完整: the first only describes what the second is about
      const between = bare.slice(last.end, start);
      if (/的/.test(between) && !/[,;:]/.test(between) && between.length < 30 && !/[并且和或也都还]$/.test(between))
        found.pop();
    }
    found.push(modal);
  }
  // a duty in brackets counts when the sentence around them has none
  return found.length > 0 ? found : inner.slice(0, 1);
}
