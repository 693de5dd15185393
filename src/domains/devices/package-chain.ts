/** One package level of a device version. */
export interface PackageLink {
  readonly diKey: string;
  /** Key of the next lower level: a package, the main identifier or the unit of use. */
  readonly containsKey: string | null;
  /** Pieces of the next lower level. */
  readonly quantity: number | null;
}

export type UnitsResult =
  | { readonly units: number; readonly problem: null }
  | {
      readonly units: null;
      readonly problem:
        | 'package-chain-loop'
        | 'package-chain-broken'
        | 'package-quantity-missing'
        | 'base-units-missing';
    };

/**
 * Units of use in one piece of the package `diKey`: quantity × the pieces of each lower level … × units in the main
 * identifier. A chain that loops, leads to an identifier the record does not know or lacks a quantity has no answer.
 * Several rows may carry the same identifier; the first that leads down to the main identifier counts.
 */
export function unitsOfPackage(
  diKey: string,
  packages: readonly PackageLink[],
  base: { readonly key: string; readonly units: number | null; readonly unitOfUseKeys: readonly string[] },
): UnitsResult {
  const known = new Map<string, UnitsResult>();
  const walk = (key: string): UnitsResult => {
    if (key === base.key) {
      return base.units === null
        ? { units: null, problem: 'base-units-missing' }
        : { units: base.units, problem: null };
    }
    const before = known.get(key);
    if (before) return before;
    const rows = packages.filter((link) => link.diKey === key);
    if (rows.length === 0) {
      if (base.unitOfUseKeys.includes(key)) return { units: 1, problem: null };
      return { units: null, problem: 'package-chain-broken' };
    }
    // met again further down, it is its own content
    known.set(key, { units: null, problem: 'package-chain-loop' });
    let answer: UnitsResult = { units: null, problem: 'package-chain-broken' };
    for (const row of rows) {
      if (row.quantity === null || row.quantity <= 0) {
        answer = { units: null, problem: 'package-quantity-missing' };
        continue;
      }
      if (row.containsKey === null) continue;
      const lower = walk(row.containsKey);
      answer = lower;
      if (lower.units === null) continue;
      const units = row.quantity * lower.units;
      answer = Number.isSafeInteger(units)
        ? { units, problem: null }
        : { units: null, problem: 'package-chain-broken' };
      break;
    }
    known.set(key, answer);
    return answer;
  };
  return walk(diKey);
}
