import { headActor, isAuthority } from './actors.ts';
import type { Modal } from './modals.ts';

/** When or how often something is done: what tells a task from a description. */
const TIMED =
  /每(?:两?年|季度|半年|个?月|[周日])|按(?:季度?|月|半?年)(?!度)|(?:\d{1,3}|[一二三四五六七八九十两])个?(?:工作日|自然日|小时|天|月|日)(?:之|以)?内|(?:\d日|[日月年]底)之?前|提前\d+个?(?:工作日|天|月)/;
/** What a body does to others by its office, also when no time is given. */
const BY_OFFICE = /^(?:将|负责)?(?:会同[^,。]{2,24}?)?(?:对[^,。]{3,60}?(?:进行|予以|开展|实行|实现|实施)|按照?不低于)/;
/** What tells of the past, of a state or of a choice. */
const TOLD =
  /已|了(?!解)|截至|同比|累计|目前|今年以来|共有|可(?!靠|行|追)|鼓励|支持|引导|建议|拟|预计|有效期|自(?:发布|印发|公布)|施行|以来|是指|不超过/;
const CASE = /的(?:情形|企业|单位|机构)?$/;
/** Words of duty in a clause: it is no silent task. */
const BINDS = /应|须|必|不得|严禁|禁止|要|不予|(?<!申)请/;
const LEAD =
  /^ *(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|第[一二三四五六七八九十百\d]+条|\d+[.、]|[一二三四五六七八九]是)? */;
/** A clause with a day of its own behind another: …,12月15日前报送…. */
const NEXT_DAY =
  /^(?:并)?(?:于|在)?(?:(?:20\d{2}年)?\d{1,2}月(?:\d{1,2}日|底)|每[月年季][^,。]{0,6}日)(?:之|以)?前(?=[\u4e00-\u9fff])/;

/** Whether a sentence has the look of one that sets a task with no word of duty. */
export function maySetTask(sentence: string): boolean {
  return sentence.length < 400 && /每|按|内|前|对/.test(sentence);
}

/**
 * The places where a sentence sets somebody to work without a word of duty: a body with a day, a term or a rhythm
 * (某中心每季度监测…), or what an authority does by its office (某局对…进行抽查). The place is right behind the body.
 */
export function silentTasks(bare: string): Modal[] {
  const found: Modal[] = [];
  let at = LEAD.exec(bare)?.[0].length ?? 0;
  for (const clause of bare.slice(at).split(',')) {
    const actor = clause.length < 160 && !/^ ?请/.test(clause) ? headActor(clause) : null;
    if (actor && !clause.includes('※※※※※※※※※※※※※※※※※※※※※※※※')) {
      const from = clause.indexOf(actor);
      const place = at + from + actor.length;
      const deed = clause.slice(from + actor.length);
      const near = deed.length < 14 ? bare.slice(place).split(',').slice(0, 2).join(',') : deed;
      const sign = TIMED.exec(near)?.[0] ?? (isAuthority(actor) ? BY_OFFICE.exec(near)?.[0].slice(0, 1) : undefined);
      if (
        from >= 0 &&
        sign &&
        !TOLD.test(near) &&
        !BINDS.test(deed) &&
        !CASE.test(deed) &&
        !/支持|鼓励|引导/.test(actor)
      )
        found.push({ start: place, end: place, text: sign });
    }
    at += clause.length + 1;
  }
  return found;
}

/** Clauses behind a duty that give another day for something else to be done by the same body. */
export function furtherDays(bare: string, after: number): Modal[] {
  const found: Modal[] = [];
  for (let at = bare.indexOf(',', after); at >= 0; at = bare.indexOf(',', at + 1)) {
    const day = NEXT_DAY.exec(bare.slice(at + 1, at + 40));
    const clause = /^[^,。;]*/.exec(bare.slice(at + 1))?.[0] ?? '';
    if (day && !BINDS.test(clause) && !TOLD.test(clause)) {
      const end = at + 1 + day[0].length;
      found.push({ start: end, end, text: '前' });
    }
  }
  return found;
}
