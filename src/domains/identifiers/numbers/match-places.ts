/**
 * Where a named group of a match begins, from the lengths of what stands before it. `order` lists the groups of the
 * pattern from left to right, a number standing for that many fixed characters. Computed only when something is wrong
 * there, where the `d` flag of regular expressions would note every place of every number.
 */
export function groupStart(
  groups: Readonly<Record<string, string | undefined>>,
  order: readonly (string | number)[],
  name: string,
): number {
  let at = 0;
  for (const item of order) {
    if (item === name) return at;
    at += typeof item === 'number' ? item : (groups[item]?.length ?? 0);
  }
  return at;
}
