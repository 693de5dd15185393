import { parseLocalDate } from '../../../src/kernel/local-date.ts';
import type { CaseEvent, DeskCase, EventInfo, ProcedureInfo } from './types.ts';

/** A line that was not understood, and why. */
export interface TextFault {
  readonly line: number;
  readonly text: string;
  readonly reason: 'no-day' | 'bad-day' | 'no-event' | 'not-json' | 'no-case';
}

export interface ReadText {
  readonly events: readonly CaseEvent[];
  readonly faults: readonly TextFault[];
  /** What a case in JSON says about itself beside its events. */
  readonly about: Partial<Omit<DeskCase, 'events'>>;
}

/** Words people write beside the names of the events; the longest that stands in a line is taken. */
const ALIASES: readonly (readonly [word: string, type: string])[] = [
  ['递交', 'received'],
  ['提交申请', 'received'],
  ['签收', 'received'],
  ['接收资料', 'received'],
  ['收到申请资料', 'received'],
  ['补正告知', 'defect-notified'],
  ['补齐补正通知', 'defect-notified'],
  ['受理通知', 'accepted'],
  ['转审评', 'transferred'],
  ['转交', 'transferred'],
  ['核查通知', 'qms-notified'],
  ['启动体系核查', 'qms-notified'],
  ['开始体系核查', 'qms-started'],
  ['体系核查结论', 'qms-finished'],
  ['完成体系核查', 'qms-finished'],
  ['发补', 'deficiency-notified'],
  ['补正通知', 'deficiency-notified'],
  ['补充资料通知', 'deficiency-notified'],
  ['补回', 'supplement-received'],
  ['补正资料', 'supplement-received'],
  ['补充资料', 'supplement-received'],
  ['专家会', 'expert-started'],
  ['延长', 'extended'],
  ['审评结论', 'opinion-issued'],
  ['审评意见', 'opinion-issued'],
  ['审评完成', 'opinion-issued'],
  ['异议', 'objected'],
  ['批准', 'decided'],
  ['决定', 'decided'],
  ['审批决定', 'decided'],
  ['发证', 'delivered'],
  ['领证', 'delivered'],
  ['公告', 'published'],
  ['届满', 'expires'],
  ['到期', 'expires'],
  ['生效', 'effective'],
  ['整改通知', 'rectification-asked'],
  ['复查', 'recheck-asked'],
  ['submitted', 'received'],
  ['application received', 'received'],
  ['acceptance', 'accepted'],
  ['supplement', 'supplement-received'],
  ['deficiency', 'deficiency-notified'],
  ['opinion', 'opinion-issued'],
  ['decision', 'decided'],
  ['expiry', 'expires'],
];

const DAY = /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?/;
const DIGITS = /(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)/;
const LENGTH = /(\d{1,5})\s*(?:个)?(?:工作日|日|天|working days?|workdays?|days?)/i;
const RESULTS = ['不予', '不通过', '未通过', '不批准', '不合格', '整改', '准予', '通过', '批准', '合格'] as const;
const ENGLISH_RESULTS = /\b(approved|refused|rejected|rectify|passed|failed)\b/i;

/** Events that end with a result. */
export const WITH_RESULT: ReadonlySet<string> = new Set([
  'qms-finished',
  'opinion-issued',
  'objection-decided',
  'decided',
]);

function pad(text: string): string {
  return text.padStart(2, '0');
}

/**
 * Reads events from text: one a line, a day and the name of an event in any order (`2026-03-02 受理`,
 * `审评补正通知 2026年7月10日`), or a case in JSON. Lines that are empty or begin with `#` are passed over; what is not
 * understood is named by its line.
 */
export function readEvents(text: string, names: readonly EventInfo[]): ReadText {
  const trimmed = text.trim();
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) return readJson(trimmed, names);
  const words = wordsOf(names);
  const events: CaseEvent[] = [];
  const faults: TextFault[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const read = readLine(line, words);
    if (typeof read === 'string') faults.push({ line: index + 1, text: line, reason: read });
    else events.push(read);
  }
  return { events, faults, about: {} };
}

function wordsOf(names: readonly EventInfo[]): readonly (readonly [word: string, type: string])[] {
  const known = new Set(names.map((one) => one.id));
  return [
    ...names.flatMap(({ id, name }) => [id, name.zh, name.en].map((word) => [word.toLowerCase(), id] as const)),
    ...ALIASES.filter(([, type]) => known.has(type)),
  ].sort(([a], [b]) => b.length - a.length);
}

function readLine(
  line: string,
  words: readonly (readonly [word: string, type: string])[],
): CaseEvent | TextFault['reason'] {
  const found = DAY.exec(line) ?? DIGITS.exec(line);
  if (!found) return 'no-day';
  const [whole, year = '', month = '', day = ''] = found;
  const date = parseLocalDate(`${year}-${pad(month)}-${pad(day)}`);
  if (!date) return 'bad-day';
  const rest = `${line.slice(0, found.index)} ${line.slice(found.index + whole.length)}`.trim();
  const lower = rest.toLowerCase();
  const hit = words.find(([word]) => lower.includes(word));
  if (!hit) return 'no-event';
  const [word, type] = hit;
  const at = lower.indexOf(word);
  let left = `${rest.slice(0, at)} ${rest.slice(at + word.length)}`;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const match = pattern.exec(left);
    if (match) left = left.replace(match[0], ' ');
    return match;
  };
  const length = type === 'extended' ? take(LENGTH) : null;
  let result: string | null = null;
  if (WITH_RESULT.has(type)) result = take(new RegExp(RESULTS.join('|')))?.[0] ?? take(ENGLISH_RESULTS)?.[0] ?? null;
  const note = left.replaceAll(/[\s,，;；:：、|()（）]+/g, ' ').trim();
  return {
    type,
    date,
    ...(result === null ? {} : { result }),
    ...(length === null ? {} : { length: Number(length[1]) }),
    ...(note === '' ? {} : { note }),
  };
}

function readJson(text: string, names: readonly EventInfo[]): ReadText {
  const fail = (reason: TextFault['reason'], line = 1, said = text.slice(0, 60)): ReadText => ({
    events: [],
    faults: [{ line, text: said, reason }],
    about: {},
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail('not-json');
  }
  const outer = Array.isArray(value) ? { events: value } : (value as Record<string, unknown>);
  const inner = outer.input;
  const given = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : outer;
  if (!Array.isArray(given.events)) return fail('no-case');
  const known = new Set(names.map((one) => one.id));
  const events: CaseEvent[] = [];
  const faults: TextFault[] = [];
  for (const [index, one] of (given.events as unknown[]).entries()) {
    const event = (one ?? {}) as Record<string, unknown>;
    const said = JSON.stringify(one) ?? '';
    const date = typeof event.date === 'string' ? parseLocalDate(event.date) : undefined;
    if (!date) faults.push({ line: index + 1, text: said, reason: event.date === undefined ? 'no-day' : 'bad-day' });
    else if (typeof event.type !== 'string' || !known.has(event.type))
      faults.push({ line: index + 1, text: said, reason: 'no-event' });
    else
      events.push({
        type: event.type,
        date,
        ...(typeof event.result === 'string' ? { result: event.result } : {}),
        ...(typeof event.length === 'number' ? { length: event.length } : {}),
        ...(typeof event.of === 'string' ? { of: event.of } : {}),
        ...(typeof event.note === 'string' ? { note: event.note } : {}),
      });
  }
  const word = (key: string): Record<string, string> =>
    typeof given[key] === 'string' ? { [key]: given[key] as string } : {};
  return {
    events,
    faults,
    about: { ...word('procedure'), ...word('class'), ...word('origin'), ...word('province'), ...word('route') },
  };
}

const FIELDS = ['procedure', 'class', 'origin', 'province', 'route'] as const;

/** The case of an address: fields by their names, an `e` for each event (`received@2026-03-02`, further facts as JSON). */
export function caseOfAddress(search: URLSearchParams): DeskCase | undefined {
  if (!search.has('procedure')) return undefined;
  const of = (name: string) => search.get(name) ?? '';
  const events = search.getAll('e').flatMap((written): CaseEvent[] => {
    const cut = written.indexOf('{');
    const [type = '', date = ''] = (cut < 0 ? written : written.slice(0, cut)).split('@');
    if (type === '') return [];
    let more: Partial<CaseEvent> = {};
    try {
      if (cut >= 0) more = JSON.parse(written.slice(cut)) as Partial<CaseEvent>;
    } catch {
      // an address cut short keeps at least the event
    }
    return [{ ...more, type, date }];
  });
  return {
    procedure: of('procedure'),
    class: of('class'),
    origin: of('origin'),
    province: of('province'),
    route: of('route'),
    events,
  };
}

/** Writes a case into an address; everything else in it stays. */
export function writeAddress(search: URLSearchParams, desk: DeskCase): URLSearchParams {
  const after = new URLSearchParams(search);
  for (const name of FIELDS) {
    if (desk[name] === '') after.delete(name);
    else after.set(name, desk[name]);
  }
  after.delete('e');
  for (const event of desk.events) {
    const { type, date, ...more } = cleanEvent(event);
    if (type === '') continue;
    after.append('e', `${type}@${date}${Object.keys(more).length === 0 ? '' : JSON.stringify(more)}`);
  }
  return after;
}

/** The question the server is asked: empty fields and events without a day are left out. */
export function questionOf(desk: DeskCase): Record<string, unknown> {
  return {
    procedure: desk.procedure,
    class: desk.class || null,
    origin: desk.origin || null,
    province: desk.province || null,
    route: desk.route || null,
    events: desk.events
      .filter((event) => event.date !== '' && event.type !== '')
      // what is noted beside an event moves no day
      .map((event) => cleanEvent({ ...event, note: null })),
  };
}

/** An event without empty facts. */
export function cleanEvent(event: CaseEvent): CaseEvent {
  return {
    type: event.type,
    date: event.date,
    ...(event.result ? { result: event.result } : {}),
    ...(event.length ? { length: event.length } : {}),
    ...(event.of ? { of: event.of } : {}),
    ...(event.note ? { note: event.note } : {}),
  };
}

const REGISTRATION = [
  'received',
  'defect-notified',
  'accepted',
  'rejected',
  'transferred',
  'qms-notified',
  'check-delayed',
  'qms-started',
  'check-delay-ended',
  'qms-finished',
  'rectification-asked',
  'recheck-asked',
  'deficiency-notified',
  'supplement-received',
  'expert-started',
  'expert-finished',
  'suspended',
  'resumed',
  'extended',
  'opinion-issued',
  'objected',
  'objection-decided',
  'decided',
  'delivered',
  'published',
  'effective',
  'withdrawn',
];
const LICENCE = [
  'received',
  'defect-notified',
  'accepted',
  'rejected',
  'rectification-asked',
  'recheck-asked',
  'expert-started',
  'expert-finished',
  'decided',
  'delivered',
  'published',
  'effective',
  'withdrawn',
];

/** The events that usually happen in each procedure; every other one may be chosen behind them. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  'registration-first': REGISTRATION,
  'registration-change': REGISTRATION,
  'registration-renewal': ['expires', ...REGISTRATION],
  'clinical-trial': [...REGISTRATION.filter((type) => !/^(qms|check|recheck|effective)/.test(type)), 'trial-started'],
  'filing-class-1': ['received', 'published'],
  'change-filing': ['changed', 'received', 'published'],
  'production-licence': LICENCE,
  'production-licence-renewal': ['expires', 'received', 'accepted', 'decided', 'delivered'],
  'production-change': ['changed', 'received', 'accepted', 'decided', 'delivered'],
  'production-filing': ['received', 'qms-started', 'qms-finished', 'published', 'changed'],
  'distribution-licence': LICENCE,
  'distribution-licence-renewal': ['expires', 'received', 'accepted', 'decided', 'delivered'],
  'distribution-change': ['received', 'defect-notified', 'accepted', 'decided', 'delivered'],
  'distribution-filing': ['received', 'qms-started', 'qms-finished', 'published', 'changed'],
  'innovation-review': ['patent-granted', 'received', 'accepted', 'rejected', 'opinion-issued', 'decided', 'published'],
  'priority-review': [
    'received',
    'accepted',
    'rejected',
    'opinion-issued',
    'published',
    'objected',
    'objection-decided',
    'decided',
  ],
  'emergency-review': ['received', 'accepted', 'decided'],
  reissue: ['received', 'accepted', 'decided', 'delivered'],
  retest: ['delivered', 'received', 'objected', 'recheck-asked'],
  objection: ['opinion-issued', 'delivered', 'objected', 'objection-decided'],
  'qms-check': [
    'accepted',
    'qms-notified',
    'check-delayed',
    'qms-started',
    'check-delay-ended',
    'qms-finished',
    'rectification-asked',
    'recheck-asked',
    'extended',
  ],
  classification: ['received', 'accepted', 'opinion-issued', 'decided'],
  'class-change': ['class-changed', 'expires', 'received'],
  'flight-inspection': ['qms-finished', 'opinion-issued', 'reported'],
};

/** The events of a procedure, usual ones first. */
export function eventsFor(
  procedure: ProcedureInfo['id'],
  events: readonly EventInfo[],
): { readonly usual: readonly EventInfo[]; readonly other: readonly EventInfo[] } {
  const wanted = USUAL[procedure];
  if (!wanted) return { usual: events, other: [] };
  const byId = new Map(events.map((event) => [event.id, event]));
  const usual = wanted.flatMap((id) => byId.get(id) ?? []);
  return { usual, other: events.filter((event) => !wanted.includes(event.id)) };
}

/** Events by day, those without a day last; the order of one day stays. */
export function inOrder(events: readonly CaseEvent[]): CaseEvent[] {
  return [...events].sort((a, b) => (a.date || '9999').localeCompare(b.date || '9999'));
}
