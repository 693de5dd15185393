/** A line of a record made readable; `hit` marks what was pointed at. */
export interface TextLine {
  readonly depth: number;
  readonly pieces: readonly (readonly [text: string, hit: boolean])[];
}

const LONGEST_NESTING = 40;

/** One element, comment or text a line; the characters of the file stay as they are. */
function xmlLines(text: string): { depth: number; text: string }[] {
  const lines: { depth: number; text: string }[] = [];
  let depth = 0;
  // a start tag with its text and end tag is one line, as people read it
  const token = /<([\w.:-]+)(?:\s[^<>]*)?>[^<]*<\/\1\s*>|<!--[\s\S]*?-->|<\/[^>]*>|<[^>]*>|[^<]+/g;
  for (const [piece, leaf] of text.matchAll(token)) {
    const shown = piece.trim();
    if (shown === '') continue;
    if (shown.startsWith('</')) depth = Math.max(0, depth - 1);
    lines.push({ depth: Math.min(depth, LONGEST_NESTING), text: shown });
    const opens = leaf === undefined && /^<[^!?/]/.test(shown) && !shown.endsWith('/>');
    if (opens) depth += 1;
  }
  return lines;
}

function jsonLines(text: string): { depth: number; text: string }[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value, null, 1)
      .split('\n')
      .map((line) => ({ depth: line.length - line.trimStart().length, text: line.trimStart() }));
  } catch {
    return null;
  }
}

function escaped(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Cuts a line at each occurrence of what was pointed at. */
function cut(line: string, wanted: readonly string[]): TextLine['pieces'] {
  const found = wanted.find((one) => line.includes(one));
  if (found === undefined) return [[line, false]];
  return line
    .split(found)
    .flatMap((piece, index): [string, boolean][] =>
      index === 0
        ? [[piece, false]]
        : [
            [found, true],
            [piece, false],
          ],
    )
    .filter(([piece]) => piece !== '');
}

/**
 * The text of a record with one value a line. Marks the value that was pointed at: inside the element of its tag where
 * there is one, else wherever it stands.
 */
export function recordLines(text: string, tag: string | undefined, value: string | undefined): readonly TextLine[] {
  const trimmed = text.trim();
  const lines =
    (trimmed.startsWith('<') ? xmlLines(trimmed) : trimmed.startsWith('{') ? jsonLines(trimmed) : null) ??
    trimmed.split('\n').map((line) => ({ depth: 0, text: line }));
  const name = tag?.split(/[./]/).at(-1);
  const ofTag = (line: string) => name !== undefined && (line.startsWith(`<${name}>`) || line.startsWith(`"${name}"`));
  const wanted = value ? [...new Set([value, escaped(value)])] : [];
  const holds = (line: string) => wanted.some((one) => line.includes(one));
  const within = lines.some((line) => ofTag(line.text) && holds(line.text));
  const tagOnly = !within && !lines.some((line) => holds(line.text));
  return lines.map(({ depth, text: line }) => ({
    depth,
    pieces: tagOnly ? [[line, ofTag(line)]] : within && !ofTag(line) ? [[line, false]] : cut(line, wanted),
  }));
}
