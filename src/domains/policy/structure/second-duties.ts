import { actorOfClause, headActor } from './actors.ts';
import { conditionOf } from './conditions.ts';
import type { Modal } from './modals.ts';

/** A further duty of a sentence. */
export interface Second {
  readonly from: number;
  readonly actor: string | null;
  readonly modal: Modal;
  readonly condition: string | null;
}

const BAN = /^(?:不得|严禁|禁止|不准)$/;
/** A count of days, months or years, or a day: what carries one is a duty by itself. */
const LIMIT =
  /\d{1,3}个?(?:工作日|自然日|小时|天|月|年|日)(?:之|以)?[内前]|\d日前|[月年]底前|(?<![一二三四五六七八九十])[一二三四五六七八九十两]个?(?:工作日|月|年)内|每(?:两?年|季度|半年|月|[周日])/;
/** So much of a sentence before a ban stands by itself. */
const WHOLE_DUTY = 45;

/** Whether a further word of duty that binds the same actor sets another duty: by its own limit, or a ban behind one. */
function standsAlone(bare: string, first: Modal, from: number, modal: Modal): boolean {
  const own = /^[^,。;]*/.exec(bare.slice(modal.end))?.[0] ?? '';
  if (LIMIT.test(bare.slice(from, modal.start) + own)) return true;
  if (!BAN.test(modal.text) || BAN.test(first.text) || modal.start - from > 4) return false;
  return from - first.start >= WHOLE_DUTY || LIMIT.test(bare.slice(first.end, from));
}

/**
 * Further duties of a sentence: clauses in which somebody else is bound (…,使用单位应当…), and those that bind the same
 * actor anew (…应当于某日前…,不得…).
 */
export function secondDuties(bare: string, modals: readonly Modal[], first: Modal, actor: string | null): Second[] {
  const found: Second[] = [];
  let who = actor;
  let last = first;
  for (const modal of modals) {
    if (modal.start <= first.start || modal.text === '要求') continue;
    let from = bare.lastIndexOf(',', modal.start) + 1;
    if (from <= last.end) continue;
    const clause = bare.slice(from, modal.start);
    const other = clause.includes('※') || clause.length > 40 ? null : actorOfClause(clause);
    if (other === null || other === who) {
      if (!standsAlone(bare, last, from, modal)) continue;
      // …,申请人提供虚假材料的,三年内不得…: the case names who is bound
      const caseAt = bare.lastIndexOf(',', from - 2) + 1;
      const ofCase = caseAt > last.end && bare[from - 2] === '的' ? headActor(bare.slice(caseAt, from)) : null;
      who = ofCase ?? who;
      found.push({
        from: ofCase ? caseAt : from,
        actor: who,
        modal,
        condition: ofCase ? bare.slice(caseAt, from - 1) : null,
      });
      last = modal;
      continue;
    }
    // the case before it belongs to it
    const condition = conditionOf(bare.slice(Math.max(first.end, found.at(-1)?.modal.end ?? 0), modal.start));
    const at = condition === null ? -1 : bare.lastIndexOf(condition, from);
    if (at > first.end) from = at;
    found.push({ from, actor: other, modal, condition: at > first.end ? condition : null });
    who = other;
    last = modal;
  }
  return found;
}
