import type { GraphNode, PolicyGraph } from './types.ts';

export interface PlacedNode extends GraphNode {
  /** 0 is the act itself; below what it cites, above what cites it. */
  readonly layer: number;
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly key: string;
  readonly from: PlacedNode;
  readonly to: PlacedNode;
  readonly relations: readonly string[];
  readonly path: string;
  /** Where its word stands. */
  readonly label: { readonly x: number; readonly y: number };
}

export interface GraphLayout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
  readonly layers: readonly { readonly layer: number; readonly x: number; readonly hidden: number }[];
}

export const NODE_WIDTH = 216;
export const NODE_HEIGHT = 44;
const GAP_X = 132;
const GAP_Y = 8;
const HEAD = 28;
/** Of a layer so many are drawn; the table behind the drawing holds all. */
const MOST = 12;

/** Steps of citing away from the act, by one direction: what is reached first keeps its layer. */
function reach(start: string, next: ReadonlyMap<string, readonly string[]>, sign: number, layers: Map<string, number>) {
  let front = [start];
  for (let step = 1; front.length > 0; step += 1) {
    const after: string[] = [];
    for (const key of front)
      for (const other of next.get(key) ?? [])
        if (!layers.has(other)) {
          layers.set(other, sign * step);
          after.push(other);
        }
    front = after;
  }
}

/**
 * Places the acts around one in layers from left to right: what it cites, itself, what cites it. Within a layer they
 * stand beside their neighbours, what changes or is changed first, then the newest. Pure; the same graph gives the same drawing.
 */
export function layoutGraph(graph: PolicyGraph, centre: string): GraphLayout {
  const byKey = new Map(graph.nodes.map((node) => [node.key, node]));
  const links = graph.edges.filter(({ from, to }) => byKey.has(from) && byKey.has(to) && from !== to);
  const grouped = (from: 'from' | 'to', to: 'from' | 'to') => {
    const found = new Map<string, string[]>();
    for (const link of links) found.set(link[from], [...(found.get(link[from]) ?? []), link[to]]);
    return found;
  };
  const cites = grouped('from', 'to');
  const citedBy = grouped('to', 'from');
  const layers = new Map([[centre, 0]]);
  reach(centre, cites, -1, layers);
  reach(centre, citedBy, 1, layers);

  const changes = new Set(
    links
      .filter(({ relation }) => relation === 'repeals' || relation === 'amends')
      .flatMap(({ from, to }) => [from, to]),
  );
  const columns = new Map<number, string[]>();
  for (const [key, layer] of layers) columns.set(layer, [...(columns.get(layer) ?? []), key]);
  const numbers = [...columns.keys()].sort((a, b) => a - b);
  const place = new Map<string, number>();
  const hidden = new Map<number, number>();
  const outward = [...numbers].sort((a, b) => Math.abs(a) - Math.abs(b));
  for (const layer of outward) {
    const keys = columns.get(layer) ?? [];
    const neighbours = (key: string) =>
      [...(cites.get(key) ?? []), ...(citedBy.get(key) ?? [])].flatMap((other) => place.get(other) ?? []);
    const weight = (key: string) => {
      const known = neighbours(key);
      return known.length === 0 ? 0 : known.reduce((sum, one) => sum + one, 0) / known.length;
    };
    const ordered = keys
      .map((key) => ({ key, weight: weight(key), node: byKey.get(key) }))
      .sort(
        (a, b) =>
          a.weight - b.weight ||
          Number(changes.has(b.key)) - Number(changes.has(a.key)) ||
          Number(b.node?.known ?? false) - Number(a.node?.known ?? false) ||
          (b.node?.year ?? 0) - (a.node?.year ?? 0) ||
          a.key.localeCompare(b.key),
      );
    ordered.slice(0, MOST).forEach(({ key }, index) => {
      place.set(key, index);
    });
    hidden.set(layer, Math.max(0, ordered.length - MOST));
    columns.set(
      layer,
      ordered.slice(0, MOST).map(({ key }) => key),
    );
  }

  const most = Math.max(1, ...[...columns.values()].map((keys) => keys.length));
  const height = HEAD + most * (NODE_HEIGHT + GAP_Y) + GAP_Y;
  const first = numbers[0] ?? 0;
  const nodes = new Map<string, PlacedNode>();
  for (const layer of numbers) {
    const keys = columns.get(layer) ?? [];
    const top = HEAD + (height - HEAD - keys.length * (NODE_HEIGHT + GAP_Y) + GAP_Y) / 2;
    keys.forEach((key, index) => {
      const node = byKey.get(key);
      if (!node) return;
      nodes.set(key, {
        ...node,
        layer,
        x: 8 + (layer - first) * (NODE_WIDTH + GAP_X),
        y: Math.round(top + index * (NODE_HEIGHT + GAP_Y)),
      });
    });
  }

  const relations = new Map<string, { from: PlacedNode; to: PlacedNode; words: string[] }>();
  for (const { from, to, relation } of links) {
    const start = nodes.get(from);
    const end = nodes.get(to);
    if (!start || !end) continue;
    const key = `${from}>${to}`;
    const found = relations.get(key);
    if (!found) relations.set(key, { from: start, to: end, words: [relation] });
    else if (!found.words.includes(relation)) found.words.push(relation);
  }
  const edges = [...relations].map(([key, { from, to, words }]) => ({
    key,
    from,
    to,
    relations: words,
    ...curve(from, to),
  }));
  return {
    nodes: [...nodes.values()],
    edges,
    width: 16 + numbers.length * NODE_WIDTH + (numbers.length - 1) * GAP_X,
    height,
    layers: numbers.map((layer) => ({
      layer,
      x: 8 + (layer - first) * (NODE_WIDTH + GAP_X),
      hidden: hidden.get(layer) ?? 0,
    })),
  };
}

/** A line from the act that cites to the one that is cited; its word stands beside the outer of the two. */
function curve(from: PlacedNode, to: PlacedNode): Pick<PlacedEdge, 'path' | 'label'> {
  const middle = NODE_HEIGHT / 2;
  if (from.layer === to.layer) {
    const x = from.x + NODE_WIDTH;
    const [a, b] = [from.y + middle, to.y + middle];
    return { path: `M${x} ${a}C${x + 40} ${a} ${x + 40} ${b} ${x} ${b}`, label: { x: x + 30, y: (a + b) / 2 } };
  }
  const right = from.layer > to.layer;
  const x1 = right ? from.x : from.x + NODE_WIDTH;
  const x2 = right ? to.x + NODE_WIDTH : to.x;
  const y1 = from.y + middle;
  const y2 = to.y + middle;
  const half = (x1 + x2) / 2;
  const outer = Math.abs(from.layer) > Math.abs(to.layer) ? { x: x1, y: y1 } : { x: x2, y: y2 };
  const inner = outer.x === x1 ? x2 : x1;
  return {
    path: `M${x1} ${y1}C${half} ${y1} ${half} ${y2} ${x2} ${y2}`,
    label: { x: outer.x + (inner > outer.x ? 34 : -34), y: outer.y },
  };
}

/** The node an arrow key leads to: beside it in its layer, or the nearest of the next layer. */
export function stepNode(layout: GraphLayout, from: PlacedNode, key: string): PlacedNode | undefined {
  const near = (nodes: readonly PlacedNode[]) =>
    [...nodes].sort((a, b) => Math.abs(a.y - from.y) - Math.abs(b.y - from.y))[0];
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const layer = layout.nodes.filter((node) => node.layer === from.layer).sort((a, b) => a.y - b.y);
    return layer[layer.indexOf(from) + (key === 'ArrowDown' ? 1 : -1)];
  }
  const next = from.layer + (key === 'ArrowRight' ? 1 : -1);
  return near(layout.nodes.filter((node) => node.layer === next));
}

const WIDE = /[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]/;

/** A text cut to so many half widths, with a dot at its end when something is left out. */
export function clipText(text: string, halves: number): string {
  let used = 0;
  for (let at = 0; at < text.length; at += 1) {
    used += WIDE.test(text[at] ?? '') ? 2 : 1.1;
    if (used > halves) return `${text.slice(0, Math.max(0, at - 1))}…`;
  }
  return text;
}
