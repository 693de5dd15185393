import type { Rulebook } from '../../rules/rulebook.ts';

/** The researched facts that the rulebook carries, each a file of leaves (numbers, texts, truths). */
export const FACT_FILES = [
  'time-limits',
  'obligations',
  'inspections',
  'classification',
  'tiered-supervision',
  'archives-datasets',
  'negative-list',
] as const;

/** Parts of a file that tell of the file itself; sources become instruments. */
const NO_FACTS = new Set(['meta', 'schema', 'collected', 'how_to_read', 'sources']);

export interface FactFileCoverage {
  readonly file: string;
  readonly leaves: number;
  readonly covered: number;
  /** Left out on purpose, with the reason in coverage.yaml. */
  readonly leftOut: number;
  /** Leaves that nothing carries: must be none. */
  readonly uncovered: readonly string[];
}

export interface FactCoverage {
  readonly files: readonly FactFileCoverage[];
  /** Pointers of the rulebook to facts that do not exist. */
  readonly dangling: readonly { readonly pointer: string; readonly by: string }[];
}

/**
 * Which leaves of the fact files the rulebook carries. A pointer covers everything under it; of two that cover a leaf
 * the longer one speaks. An element of a list is named by its `id`, else its `code`, else its `no`, else its position.
 */
export function factCoverage(rulebook: Rulebook, facts: ReadonlyMap<string, unknown>): FactCoverage {
  const pointers = pointersOf(rulebook);
  const existing = new Set<string>();
  const files = [...facts].map(([file, content]) => {
    const uncovered: string[] = [];
    let leaves = 0;
    let leftOut = 0;
    walk(content, file, existing, (path) => {
      leaves++;
      const by = coverOf(path, pointers);
      if (by === undefined) uncovered.push(path);
      else if (by === LEFT_OUT) leftOut++;
    });
    return { file, leaves, covered: leaves - leftOut - uncovered.length, leftOut, uncovered };
  });
  const dangling = [...pointers]
    .filter(([pointer]) => facts.has(pointer.split('/')[0] ?? '') && !existing.has(pointer))
    .map(([pointer, by]) => ({ pointer, by }));
  return { files, dangling };
}

const LEFT_OUT = 'coverage.yaml';

function pointersOf(rulebook: Rulebook): ReadonlyMap<string, string> {
  const pointers = new Map<string, string>();
  for (const { pointer } of rulebook.coverage) pointers.set(pointer, LEFT_OUT);
  for (const { id, facts } of rulebook.parameters.values()) for (const fact of facts) pointers.set(fact, id);
  for (const { id, facts, rows } of rulebook.tables.values()) {
    for (const fact of facts) pointers.set(fact, id);
    for (const row of rows) for (const fact of row.facts ?? []) pointers.set(fact, `${id}/${row.id}`);
  }
  for (const { year, facts } of rulebook.calendars) for (const fact of facts) pointers.set(fact, `calendar ${year}`);
  return pointers;
}

function coverOf(path: string, pointers: ReadonlyMap<string, string>): string | undefined {
  for (let at = path; at.includes('/'); at = at.slice(0, at.lastIndexOf('/'))) {
    const by = pointers.get(at);
    if (by !== undefined) return by;
  }
  return undefined;
}

function nameOf(element: unknown, position: number): string {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return String(position);
  const { id, code, no } = element as { id?: unknown; code?: unknown; no?: unknown };
  return String(id ?? code ?? no ?? position);
}

function walk(value: unknown, path: string, existing: Set<string>, leaf: (path: string) => void): void {
  existing.add(path);
  const children: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((element, position) => [nameOf(element, position), element] as const)
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
      : [];
  const top = !path.includes('/');
  for (const [name, child] of children)
    if (!(top && NO_FACTS.has(name))) walk(child, `${path}/${name}`, existing, leaf);
  if (children.length === 0) leaf(path);
}
