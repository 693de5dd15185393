import { useEffect, useRef, useState } from 'react';
import { createReadingWorker } from './create-worker.ts';
import type { Reading } from './reading.ts';
import type { ReadAnswer, ReadRequest } from './reading-worker.ts';

export interface Line {
  /** Number of the line in the field, from 1. */
  readonly no: number;
  readonly code: string;
}

export const MAX_LINES = 10_000;

/** The lines that carry something, in order, at most `MAX_LINES`, and how many there are in all. */
export function linesOf(text: string): { readonly lines: readonly Line[]; readonly count: number } {
  const lines: Line[] = [];
  let count = 0;
  text.split(/\r\n|\r|\n/).forEach((raw, index) => {
    // only blanks go: separators of a scan (GS, RS, EOT) belong to the code
    const code = raw.replace(/^[ \t\u00a0\u3000]+|[ \t\u00a0\u3000]+$/g, '');
    if (code === '') return;
    count += 1;
    if (lines.length < MAX_LINES) lines.push({ no: index + 1, code });
  });
  return { lines, count };
}

/** Reads all lines off the main thread; the array fills up batch by batch. */
export function useReadings(lines: readonly Line[]): readonly (Reading | undefined)[] {
  const worker = useRef<Worker | null>(null);
  const run = useRef(0);
  const [readings, setReadings] = useState<readonly (Reading | undefined)[]>([]);

  useEffect(() => {
    const created = createReadingWorker();
    worker.current = created;
    return () => {
      created.terminate();
      worker.current = null;
    };
  }, []);

  useEffect(() => {
    run.current += 1;
    const mine = run.current;
    const target = worker.current;
    if (!target) return;
    if (lines.length === 0) {
      setReadings([]);
      return;
    }
    let held: (Reading | undefined)[] = [];
    const onAnswer = (event: MessageEvent<ReadAnswer>) => {
      if (event.data.run !== mine) return;
      held = [...held];
      event.data.readings.forEach((reading, index) => {
        held[event.data.from + index] = reading;
      });
      setReadings(held);
    };
    target.addEventListener('message', onAnswer);
    const request: ReadRequest = { run: mine, lines: lines.map((line) => line.code) };
    target.postMessage(request);
    return () => target.removeEventListener('message', onAnswer);
  }, [lines]);

  return readings;
}
