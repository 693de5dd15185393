import { type Reading, readCode } from './reading.ts';

/** What the page asks of the worker, and what it answers: one batch of lines each. */
export interface ReadRequest {
  readonly run: number;
  readonly lines: readonly string[];
}
export interface ReadAnswer {
  readonly run: number;
  readonly from: number;
  readonly readings: readonly Reading[];
}

const BATCH = 500;

self.addEventListener('message', (event: MessageEvent<ReadRequest>) => {
  const { run, lines } = event.data;
  for (let from = 0; from < lines.length; from += BATCH) {
    const answer: ReadAnswer = { run, from, readings: lines.slice(from, from + BATCH).map(readCode) };
    self.postMessage(answer);
  }
});
