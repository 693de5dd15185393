import type { SourceProblem } from '../../domains/devices/index.ts';
import { fieldIndex } from './fields.ts';
import type { DeviceScanner } from './scanner.ts';

/** What the checks see of a record. */
export interface RecordView {
  readonly bytes: Uint8Array;
  readonly scanner: DeviceScanner;
  has(field: number): boolean;
  text(field: number): string | null;
  itemText(list: number, item: number, field: number): string | null;
  report(problem: SourceProblem): void;
}

/** Days as YYYYMMDD, 0 = empty, -1 = unreadable. */
export interface RecordDays {
  readonly versionDay: number;
  readonly correctionDay: number;
  readonly published: number;
  readonly withdrawn: number;
  readonly releaseDay: number;
}

const F = {
  di: fieldIndex('zxxsdycpbs'),
  useUnits: fieldIndex('zxxsdyzsydydsl'),
  useUnit: fieldIndex('sydycpbs'),
  agrees: fieldIndex('sfyzcbayz'),
  registered: fieldIndex('zcbacpbs'),
  marked: fieldIndex('sfybtzjbs'),
  markAgrees: fieldIndex('btcpbsyzxxsdycpbssfyz'),
  mark: fieldIndex('btcpbs'),
  classCode: fieldIndex('flbm'),
  published: fieldIndex('cpbsfbrq'),
  withdrawn: fieldIndex('tsrq'),
  version: fieldIndex('versionTime'),
  correction: fieldIndex('correctionTime'),
};
const PACKING = 0;
/** 是 and 否 in UTF-8, as one number. */
const YES = 0xe698af;
const NO = 0xe590a6;

function word(view: RecordView, field: number): number {
  const { spans } = view.scanner;
  const start = spans[field * 3] as number;
  if (start < 0 || (spans[field * 3 + 1] as number) - start !== 3) return 0;
  const b = view.bytes;
  return ((b[start] as number) << 16) | ((b[start + 1] as number) << 8) | (b[start + 2] as number);
}

const problem = (code: string, field: string, value: string | null, reason: string | null = null): SourceProblem => ({
  severity: 'problem',
  code,
  field,
  value,
  reason,
});

/** Faults that one record shows by itself: dates out of order, conditional fields that are missing, package chains. */
export function checkRecord(view: RecordView, days: RecordDays): void {
  if (days.versionDay > days.releaseDay)
    view.report(problem('date.after-release', 'versionTime', view.text(F.version)));
  if (days.published > days.releaseDay) view.report(problem('date.after-release', 'cpbsfbrq', view.text(F.published)));
  if (days.withdrawn > 0 && days.published > 0 && days.withdrawn < days.published) {
    view.report(problem('date.reversed', 'tsrq', view.text(F.withdrawn), `cpbsfbrq ${view.text(F.published)}`));
  }
  if (days.correctionDay > 0 && days.versionDay > 0 && days.correctionDay < days.versionDay) {
    view.report(
      problem('date.reversed', 'correctionTime', view.text(F.correction), `versionTime ${view.text(F.version)}`),
    );
  }
  if (word(view, F.agrees) === NO && !view.has(F.registered))
    view.report(problem('field.missing-conditional', 'zcbacpbs', null, 'sfyzcbayz = 否'));
  if (word(view, F.marked) === YES && word(view, F.markAgrees) === NO && !view.has(F.mark)) {
    view.report(problem('field.missing-conditional', 'btcpbs', null, 'btcpbsyzxxsdycpbssfyz = 否'));
  }
  if (!view.has(F.useUnit) && moreThanOne(view))
    view.report(problem('field.missing-conditional', 'sydycpbs', null, `zxxsdyzsydydsl = ${view.text(F.useUnits)}`));
  if (paddedClass(view))
    view.report({ ...problem('class.padded', 'flbm', view.text(F.classCode)), severity: 'notice' });
  if (view.scanner.itemCount[PACKING]) checkPackages(view);
}

/** True when the class code ends in `-00` or `-000`: filled up, not classified so far. */
function paddedClass(view: RecordView): boolean {
  const { spans } = view.scanner;
  const start = spans[F.classCode * 3] as number;
  let at = (spans[F.classCode * 3 + 1] as number) - 1;
  let zeros = 0;
  for (; at > start && view.bytes[at] === 48; at--) zeros++;
  return start >= 0 && (zeros === 2 || zeros === 3) && view.bytes[at] === 45;
}

function moreThanOne(view: RecordView): boolean {
  const { spans } = view.scanner;
  const start = spans[F.useUnits * 3] as number;
  const end = spans[F.useUnits * 3 + 1] as number;
  if (start < 0 || start === end) return false;
  if (end - start === 1) return (view.bytes[start] as number) > 49 && (view.bytes[start] as number) <= 57;
  const value = Number(view.text(F.useUnits));
  return Number.isInteger(value) && value > 1;
}

/** Packages of a record: each holds a positive number of a lower one of the same record, and the way ends at the main DI. */
function checkPackages(view: RecordView): void {
  const { scanner } = view;
  const count = scanner.itemCount[PACKING] as number;
  if (count === 1 && onePlainPackage(view)) return;
  const main = view.text(F.di);
  const lower = new Map<string, string | null>();
  for (let i = 0; i < count; i++) {
    const di = view.itemText(PACKING, i, 0);
    const quantity = view.itemText(PACKING, i, 2);
    const contains = view.itemText(PACKING, i, 3);
    if (di === null) {
      view.report(problem('package.missing-di', 'packingList.bzcpbs', null));
      continue;
    }
    if (quantity === null || !/^0*[1-9]\d{0,8}$/.test(quantity))
      view.report(problem('package.quantity', 'packingList.bznhxyjcpbssl', quantity, di));
    if (contains === null) view.report(problem('package.broken-chain', 'packingList.bznhxyjbzcpbs', null, di));
    lower.set(di, contains);
  }
  // packages whose way is known to run in a circle: a circle is one fault, however many packages lead into it
  const circling = new Set<string>();
  for (const [di, first] of lower) {
    let at = first;
    const passed = new Set([di]);
    while (at !== null && at !== main) {
      if (circling.has(at)) break;
      if (passed.has(at)) {
        for (const each of passed) circling.add(each);
        view.report(problem('package.loop', 'packingList', di, [...passed].join(' → ')));
        break;
      }
      passed.add(at);
      const next = lower.get(at);
      if (next === undefined) {
        // reported at the package that names it, not at every one above
        if (at === first) view.report(problem('package.dangling', 'packingList.bznhxyjbzcpbs', at, di));
        break;
      }
      at = next;
    }
  }
}

/** The common case on bytes: one package that holds a positive number of the main DI. */
function onePlainPackage(view: RecordView): boolean {
  const { spans } = view.scanner;
  const items = view.scanner.items[PACKING] as Int32Array;
  const s = spans[F.di * 3] as number;
  const n = (spans[F.di * 3 + 1] as number) - s;
  const c = items[9] as number;
  if (c < 0 || (items[10] as number) - c !== n || (items[1] as number) - (items[0] as number) <= 0) return false;
  for (let i = 0; i < n; i++) if (view.bytes[s + i] !== view.bytes[c + i]) return false;
  const q = items[6] as number;
  const e = items[7] as number;
  if (q < 0 || e === q || e - q > 9) return false;
  let positive = false;
  for (let i = q; i < e; i++) {
    const d = (view.bytes[i] as number) - 48;
    if (d < 0 || d > 9) return false;
    if (d > 0) positive = true;
  }
  // a package that carries the DI of what it holds is a loop
  const p = items[0] as number;
  if ((items[1] as number) - p === n) {
    let same = true;
    for (let i = 0; i < n && same; i++) same = view.bytes[p + i] === view.bytes[s + i];
    if (same) return false;
  }
  return positive;
}
