import {
  type Domain,
  domainArrows,
  domainOrder,
  doors,
  foreignBans,
  partArrows,
  platformHands,
  usualDoors,
  webSees,
} from '../import-law.ts';
import type { Import } from './import-graph.ts';

/** Part of the program a file belongs to: `kernel`, `domains`, `web` …; null for folders that may see anything. */
export function partOf(file: string): string | null {
  const [top, part] = file.split('/');
  if (top === 'src') return part ?? null;
  return top === 'web' ? 'web' : null;
}

function domainOf(file: string): string {
  return file.split('/')[2] ?? '';
}

function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || file.includes('/fixtures/');
}

/** Why one import breaks the law, in words; null when it is lawful. Tests may import anything. */
export function judge({ from, spelled, to }: Import): string | null {
  const here = partOf(from);
  if (here === null || isTest(from)) return null;
  if (to === null) return foreignBans.find((rule) => rule.in.test(from) && rule.ban.test(spelled))?.why ?? null;
  const there = partOf(to);
  if (there === null) return `product code imports ${to.split('/')[0]}/`;
  if (isTest(to)) return 'product code imports a test or a fixture';
  const seen = partArrows[here];
  if (seen === undefined) return `src/${here}/ is not in the import law`;
  if (here === 'web' && there !== 'web')
    return webSees.includes(to) ? null : 'web speaks with the server through its API client only';
  if (here !== there && !seen.includes(there)) return `${here} must not see ${there}`;
  if (here === 'domains' && there === 'platform' && !platformHands.test(from))
    return 'only store, routes and tasks of a domain touch platform';
  if (there === 'domains') return judgeDomain(here, from, to);
  if (here === 'sources' && there === 'sources') return judgeSource(from, to);
  return null;
}

function judgeDomain(here: string, from: string, to: string): string | null {
  const target = domainOf(to);
  const order: readonly string[] = domainOrder;
  if (!order.includes(target)) return `domain ${target} is not in the order`;
  if (here === 'app') return null;
  const inner = to.split('/').slice(3).join('/');
  if (here === 'domains') {
    const own = domainOf(from);
    if (own === target) return null;
    if (!order.includes(own)) return `domain ${own} is not in the order`;
    if (order.indexOf(target) > order.indexOf(own)) return `${target} stands right of ${own}`;
    if (domainArrows[own as Domain]?.[target as Domain] === undefined)
      return `the arrow ${own} → ${target} is not written`;
  }
  const open = doors[target as Domain] ?? usualDoors;
  return open.includes(inner) ? null : `${inner} is no door of ${target} (${open.join(', ')})`;
}

/** One source does not know another; the files directly in `sources/` are shared, and `registry.ts` names them all. */
function judgeSource(from: string, to: string): string | null {
  const own = from.split('/').length > 3 ? from.split('/')[2] : null;
  const target = to.split('/').length > 3 ? to.split('/')[2] : null;
  if (target === null || own === target) return null;
  if (own === null) return from === 'src/sources/registry.ts' ? null : 'only registry.ts names the sources';
  return `source ${own} imports source ${target}`;
}
