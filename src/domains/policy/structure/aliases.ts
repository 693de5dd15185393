import type { Span } from '../types.ts';
import { scanBookMarks } from './book-marks.ts';

export interface AliasOf extends Span {
  readonly alias: string;
  /** The words it stands for. */
  readonly means: string;
  /** The titles among them: several with 以下统称. */
  readonly targets: readonly string[];
}

/** (以下简称《办法》), (2021年第3号,以下简称“目录”), (简称“电池”), (下称甲方). */
const ALIAS =
  /\((?:[^()《》“”\n]{0,60}[,;:])?(?:(?:以下|下文?)?(?:统|简)称|(?:以下|下)称)(?:为)?:?[“《"]?([^()《》“”"\n]{1,30}?)[”》"]?(?:[,;][^()\n]{0,12})?\)/g;
const CONNECTS = /^(?:\([^()]{0,60}\))?(?:[、和与及或]|以及)*$/;
/** Verbs and prepositions glued before what is named. */
const GLUED =
  /^(?:的|了|针对|对于|委托(?![方人生书])|采用|使用(?!单位|者|人|说明)|选用|对(?!照)|将|由|经(?![营销济])|为|在|与|向|把|根据|按照|用(?![户途品])|以(?![上下])|和|及|或者?|是指|包括|通过|规定)/;

/** 本指南中委托是指…, 7.针对…: what leads up to the thing named. */
const OPENING = /^(?:\d{1,2}[.、])?(?:本[^,]*?(?:是指|明确了|对(?!照)|将)|[^,]*是指)?(?=..)/;

/** Short names a text gives, each with what it stands for; 以下统称 stands for all that are named in a row. */
export function scanAliases(text: string): AliasOf[] {
  const found: AliasOf[] = [];
  if (!text.includes('称')) return found;
  for (const match of text.matchAll(ALIAS)) {
    const before = text.slice(Math.max(0, match.index - 240), match.index);
    const { means, targets } = named(before, /统称/.test(match[0]));
    const end = match.index + match[0].length;
    found.push({ start: match.index, end, alias: (match[1] ?? '').trim(), means, targets });
  }
  return found;
}

function named(before: string, all: boolean): { means: string; targets: readonly string[] } {
  const marks = before.includes('《') ? scanBookMarks(before) : [];
  const last = marks.at(-1);
  if (last && CONNECTS.test(before.slice(last.end)) && !/[、和与及或]$/.test(before)) {
    let first = marks.length - 1;
    while (all && first > 0 && CONNECTS.test(before.slice(marks[first - 1]?.end, marks[first]?.start))) first--;
    const row = marks.slice(first);
    const targets = row.map((mark) => mark.title);
    return { means: row.length > 1 ? before.slice(row[0]?.start, last.end) : last.title, targets };
  }
  const quoted = /[“"]([^“”"]{2,60})[”"]$/.exec(before)?.[1];
  if (quoted) return { means: quoted, targets: [quoted] };
  let means = (/([^,。;:\s()《》“”]{2,40})$/.exec(before)?.[1] ?? '').replace(OPENING, '');
  for (let i = 0; i < 4; i++) {
    const shorter = means.replace(GLUED, '');
    if (shorter === means || shorter.length < 2) break;
    means = shorter;
  }
  return { means, targets: [means] };
}
