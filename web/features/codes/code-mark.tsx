import type { Reading } from './reading.ts';

const SHOWN = 1200;

/** Control signs by their short names; fonts seldom hold their pictures. */
const NAMES: Readonly<Record<string, string>> = {
  '\u001d': 'GS',
  '\u001e': 'RS',
  '\u001f': 'US',
  '\u001c': 'FS',
  '\u0004': 'EOT',
  '\t': 'TAB',
};
const CONTROL = /[\u0000-\u001f\u007f]/g;

function nameOf(sign: string): string {
  return NAMES[sign] ?? sign.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase();
}

/** Signs that cannot be seen get their name: ‹GS›, ‹RS›, ‹EOT›. */
export function visible(text: string): string {
  return text.replace(CONTROL, (sign) => `‹${nameOf(sign)}›`);
}

/** The same with the names set apart from the data. */
function Shown({ text }: { text: string }) {
  const cut = text.split(/([\u0000-\u001f\u007f])/);
  return cut.map((piece, index) =>
    index % 2 === 0 ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
      <span key={index} className="control-sign">
        {nameOf(piece)}
      </span>
    ),
  );
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly part: number;
  readonly problems: readonly number[];
}

/** Cuts the code where a part or a problem begins or ends. */
export function pieces(reading: Reading): readonly Piece[] {
  const length = Math.min(reading.code.length, SHOWN);
  const cuts = new Set([0, length]);
  for (const part of reading.parts) {
    if (!part.span) continue;
    cuts.add(Math.min(part.span[0], length));
    cuts.add(Math.min(part.span[1], length));
  }
  for (const problem of reading.problems) {
    if (problem.severity === 'info') continue;
    cuts.add(Math.min(problem.at, length));
    cuts.add(Math.min(problem.at + 1, length));
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((from, index) => {
    const to = sorted[index + 1] ?? length;
    return {
      from,
      to,
      part: reading.parts.findIndex((part) => part.span && part.span[0] <= from && to <= part.span[1]),
      problems: reading.problems.flatMap((problem, number) =>
        problem.severity !== 'info' && problem.at >= from && problem.at < to ? [number] : [],
      ),
    };
  });
}

/** The code with its parts set apart and its problems numbered at their place. */
export function CodeMark({ reading }: { reading: Reading }) {
  const late = reading.problems.flatMap((problem, number) =>
    problem.severity !== 'info' && problem.at >= reading.code.length ? [number] : [],
  );
  return (
    <p className="code-mark mono" data-testid="code-mark">
      {pieces(reading).map((piece) => {
        const text = <Shown text={reading.code.slice(piece.from, piece.to)} />;
        const part = piece.part >= 0 ? `code-part code-part-${piece.part % 2}` : '';
        if (piece.problems.length === 0)
          return (
            <span key={piece.from} className={part}>
              {text}
            </span>
          );
        const worst = piece.problems.some((number) => reading.problems[number]?.severity === 'error');
        return (
          <span key={piece.from} className={`${part} code-fault code-fault-${worst ? 'error' : 'warning'}`}>
            {text}
            <sup>{piece.problems.map((number) => number + 1).join(',')}</sup>
          </span>
        );
      })}
      {late.length > 0 && (
        <span className="code-fault code-fault-error">
          {'\u00a0'}
          <sup>{late.map((number) => number + 1).join(',')}</sup>
        </span>
      )}
      {reading.code.length > SHOWN && <span className="hint">…</span>}
    </p>
  );
}
