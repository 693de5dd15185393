import { foldText } from '../../devices/index.ts';
import { type ActNumber, actNumbersIn } from '../search/act-numbers.ts';

/** A number with the exact name of the body that gave an order: three administrations counted their orders from one. */
export interface NamedNumber extends ActNumber {
  readonly body: string | null;
}

const ORDER_BODY = /(国家(?:食品)?药品监督管理(?:总)?局|国家市场监督管理总局|国务院|(?:国家)?卫生部)\s*令/;
/** Bodies that give an order together, one after another before 令. */
const JOINT = /(?:局|委员会|委|部|院)[\s、]+[^\s、,。《]{2,16}(?:局|委员会|委|部|院)\s*令\s*$/;

/** Numbers in words that are known to speak of one act. */
export function numbersOf(words: string | null): NamedNumber[] {
  if (!words) return [];
  const folded = foldText(words);
  return actNumbersIn(folded).map(({ start, end, ...number }) => {
    if (number.year !== null) return { ...number, body: null };
    const at = folded.lastIndexOf('令', end);
    if (JOINT.test(folded.slice(0, at + 1))) return { ...number, issuer: null, body: null };
    return { ...number, body: ORDER_BODY.exec(folded.slice(start, end))?.[1] ?? null };
  });
}

/** The key under which numbers meet: mark, year and serial, or year and serial alone; `令/739` for an order. */
export function numberKey(number: ActNumber): string {
  const series = number.mark === null ? '' : `${plainMark(number.mark)}/`;
  return `${series}${number.year ?? '令'}/${number.no}`;
}

function plainMark(mark: string): string {
  return mark.replaceAll('字', '').replace(/^原/, '');
}

/**
 * Whether two numbers can be of one act: `same`, `different`, or `unknown` when one of them leaves out what would tell.
 * The notices (通告) and announcements (公告) of one body are two series; orders have no year, so their bodies must agree.
 */
function compareNumbers(a: NamedNumber, b: NamedNumber): 'same' | 'different' | 'unknown' {
  if (a.no !== b.no) return 'different';
  if (a.mark !== null || b.mark !== null) {
    if (a.mark === null || b.mark === null) return a.year === b.year ? 'unknown' : 'different';
    return a.year === b.year && plainMark(a.mark) === plainMark(b.mark) ? 'same' : 'different';
  }
  if (a.year !== b.year) return 'different';
  if (a.kind !== null && b.kind !== null && a.kind !== b.kind) return 'different';
  if (a.body !== null && b.body !== null && a.body !== b.body) return 'different';
  if (a.issuer !== null && b.issuer !== null && a.issuer !== b.issuer) return 'different';
  return 'same';
}

/** The verdict of all numbers of one act against all of another: one that agrees is enough. */
export function compareAllNumbers(
  a: readonly NamedNumber[],
  b: readonly NamedNumber[],
): 'same' | 'different' | 'unknown' {
  let verdict: 'different' | 'unknown' | null = null;
  for (const one of a)
    for (const other of b) {
      const found = compareNumbers(one, other);
      if (found === 'same') return 'same';
      if (found === 'unknown') verdict = 'unknown';
      else verdict ??= 'different';
    }
  return verdict ?? 'unknown';
}
