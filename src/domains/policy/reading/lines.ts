/** A line that is not blank, without its leading and closing blanks. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The lines of a folded text that hold anything. */
export function linesOf(text: string, from = 0, to = text.length): Line[] {
  const lines: Line[] = [];
  let at = from;
  while (at < to) {
    let next = text.indexOf('\n', at);
    if (next < 0 || next > to) next = to;
    let start = at;
    let end = next;
    while (start < end && text[start] === ' ') start++;
    while (end > start && text[end - 1] === ' ') end--;
    if (end > start) lines.push({ start, end, text: text.slice(start, end) });
    at = next + 1;
  }
  return lines;
}
