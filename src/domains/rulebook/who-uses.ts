import type { Rulebook } from '../../rules/rulebook.ts';
import type { Parameter } from '../../rules/shapes.ts';
import { LIMITS_BESIDE, limitUsers, PROCEDURE_NAMES, PROCEDURES, type Procedure } from '../clocks/index.ts';
import type { Pair } from './words.ts';

/** One thing that reads a value, or stands beside it. */
export interface User {
  readonly type: 'procedure' | 'duty' | 'promise' | 'limit' | 'calendar';
  /** Id of the procedure, the parameter, or `cn` for the calendar. */
  readonly id: string;
  readonly title: Pair;
}

const CALENDAR: User = { type: 'calendar', id: 'cn', title: { zh: '工作日历', en: 'working-day calendar' } };

function procedureUser(id: Procedure): User {
  return { type: 'procedure', id, title: PROCEDURE_NAMES[id] };
}

/** Values that a duty reads beside its own, with the duty: the years over which reports are owed, and the like. */
export const VALUES_OF_DUTIES: Readonly<Record<string, string>> = { 'prer-class1-years': 'prer-class1' };

/**
 * Who uses a parameter: the procedures whose clocks read it, the duty it is, the promises made beside it and the limit
 * a promise stands beside, and the calendar for what is counted in working days.
 */
export function usersOf(rulebook: Rulebook, parameter: Parameter): readonly User[] {
  const limits = limitUsers();
  const users: User[] = [];
  if (parameter.promise) {
    const { of, procedures } = parameter.promise;
    for (const name of procedures ?? (of === null ? [] : (limits.get(of) ?? [])))
      if ((PROCEDURES as readonly string[]).includes(name)) users.push(procedureUser(name as Procedure));
    const limit = of === null ? undefined : rulebook.parameters.get(of);
    if (limit) users.push({ type: 'limit', id: limit.id, title: limit.title });
  } else {
    const readers = LIMITS_BESIDE.includes(parameter.id) ? extendedProcedures(limits) : limits.get(parameter.id);
    users.push(...(readers ?? []).map(procedureUser));
  }
  if (parameter.kind === 'obligation') users.push({ type: 'duty', id: parameter.id, title: parameter.title });
  const duty = rulebook.parameters.get(VALUES_OF_DUTIES[parameter.id] ?? '');
  if (duty) users.push({ type: 'duty', id: duty.id, title: duty.title });
  for (const other of rulebook.parameters.values())
    if (other.promise?.of === parameter.id) users.push({ type: 'promise', id: other.id, title: other.title });
  if (parameter.unit.startsWith('workday') && users.length > 0) users.push(CALENDAR);
  return users;
}

/** A review may be extended (注册与备案管理办法第九十二条): the procedures that have one. */
function extendedProcedures(limits: ReadonlyMap<string, readonly Procedure[]>): readonly Procedure[] {
  const found = new Set<Procedure>();
  for (const [limit, procedures] of limits)
    if (limit.startsWith('review-')) for (const one of procedures) found.add(one);
  return [...found];
}

/** Users that count: the calendar and the limit beside a promise only explain it. */
export function countUsers(users: readonly User[]): number {
  return users.filter((user) => user.type !== 'calendar' && user.type !== 'limit').length;
}
