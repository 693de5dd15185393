import type { ProblemList } from '../problem-list.ts';
import { isObject, type Json, type JsonObject, scalarText } from './json-text.ts';

/** A level of an item: its `TradeItem`, its identifier, and how many of the next lower level it holds. */
export interface Level {
  readonly item: JsonObject;
  readonly identifier: string | null;
  readonly holds: string | null;
}

const LINK = 'CatalogueItemChildItemLink';
const KNOWN_NODE = new Set(['TradeItem', 'Identifier', LINK]);
const KNOWN_LINK = new Set(['Quantity', 'CatalogueItem']);
/** EUDAMED knows at most nine levels; more means a loop made by hand. */
const DEEPEST = 20;

/**
 * Levels of an item from the outermost package to the base unit, which is the last. Null when a level has no
 * `TradeItem`. `unread` are further children of a level and unknown members, which no known item has: reported and kept as JSON.
 */
export function readChain(
  draft: JsonObject,
  problems: ProblemList,
): { readonly levels: readonly Level[]; readonly unread: ReadonlyMap<string, string> } | null {
  const levels: Level[] = [];
  const unread = new Map<string, string>();
  let node: JsonObject | null = draft;
  while (node !== null) {
    const item: Json | undefined = node.TradeItem;
    if (!isObject(item) || levels.length > DEEPEST) return null;
    keepUnknown(node, KNOWN_NODE, unread, problems);
    const links: readonly Json[] = listOf(node[LINK]);
    const link: Json | undefined = links[0];
    for (const other of links.slice(1)) {
      problems.unknownField(`${LINK}[1]`, null);
      unread.set(`${LINK}[${links.indexOf(other)}]`, JSON.stringify(other));
    }
    const child: Json | undefined = isObject(link) ? link.CatalogueItem : undefined;
    if (isObject(link)) keepUnknown(link, KNOWN_LINK, unread, problems);
    if (link !== undefined && !isObject(child)) return null;
    levels.push({
      item,
      identifier: text(node.Identifier),
      holds: isObject(link) ? text(link.Quantity) : null,
    });
    node = isObject(child) ? child : null;
  }
  return { levels, unread };
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

function keepUnknown(
  object: JsonObject,
  known: ReadonlySet<string>,
  unread: Map<string, string>,
  problems: ProblemList,
): void {
  for (const [key, value] of Object.entries(object)) {
    if (known.has(key)) continue;
    problems.unknownField(key, text(value));
    unread.set(key, text(value) ?? JSON.stringify(value));
  }
}

function text(value: Json | undefined): string | null {
  return value === undefined || value === null || typeof value === 'object' ? null : scalarText(value);
}
