import type { Reading } from './reading.ts';

const SHOWN = 1200;

/** Signs that cannot be seen get their picture: GS, RS, EOT, blank at the ends. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, (sign) =>
    sign === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + sign.charCodeAt(0)),
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
        const text = visible(reading.code.slice(piece.from, piece.to));
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
