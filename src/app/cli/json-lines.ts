import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { AppError, isAppError } from '../../kernel/app-error.ts';

/** One parsed input line, or the reason it cannot be read. */
type Line =
  | { readonly id: unknown; readonly value: Record<string, unknown> }
  | { readonly id: unknown; readonly error: AppError };

function readLine(text: string, number: number): Line {
  // the stream puts U+FFFD where bytes are no UTF-8; a garbled word must not be answered as if it were another
  if (text.includes('\uFFFD'))
    return {
      id: null,
      error: new AppError('cli.not-utf8', `line ${number} is not UTF-8; convert the file first`, { line: number }),
    };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return {
      id: null,
      error: new AppError('cli.bad-json', `line ${number} is not JSON: ${(cause as Error).message}`, { line: number }),
    };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {
      id: null,
      error: new AppError('cli.not-an-object', `line ${number} is not a JSON object`, { line: number }),
    };
  }
  const record = value as Record<string, unknown>;
  return { id: record.id ?? null, value: record };
}

/** The JSON shape of a failed line. */
export function errorLine(id: unknown, error: unknown): Record<string, unknown> {
  const known = isAppError(error)
    ? error
    : new AppError('internal', error instanceof Error ? error.message : String(error));
  return { id, error: { code: known.code, message: known.message } };
}

/** Opens a file, or standard input for `-` and for no file. */
export function openInput(file: string | undefined): Readable {
  if (file === undefined || file === '-') return process.stdin;
  if (!existsSync(file)) throw new AppError('read.no-file', `${file}: there is no such file`, { file });
  return createReadStream(file);
}

/** Writes to stdout and waits while the reader is behind. */
export async function writeOut(text: string): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
}

/**
 * Answers one JSON object per line, in order, carrying `id` over. A line that cannot be read or answered gives
 * `{"id", "error": {"code", "message"}}` in its place and the run goes on.
 * Lines are answered in batches so that a database verb may ask for many codes in one query.
 */
export async function answerLines(
  input: Readable,
  answer: (
    rows: readonly Record<string, unknown>[],
  ) => Promise<readonly Record<string, unknown>[]> | readonly Record<string, unknown>[],
  batchSize = 500,
): Promise<void> {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  let batch: Line[] = [];
  const flush = async () => {
    const current = batch;
    batch = [];
    const good = current.flatMap((line) => ('value' in line ? [line.value] : []));
    let answers: readonly Record<string, unknown>[];
    try {
      answers = good.length ? await answer(good) : [];
    } catch (batchError) {
      if (good.length === 1) answers = [errorLine(good[0]?.id ?? null, batchError)];
      else {
        const single: Record<string, unknown>[] = [];
        for (const row of good) {
          try {
            single.push((await answer([row]))[0] ?? errorLine(row.id ?? null, new AppError('internal', 'no answer')));
          } catch (error) {
            single.push(errorLine(row.id ?? null, error));
          }
        }
        answers = single;
      }
    }
    let next = 0;
    let out = '';
    for (const line of current) {
      out += `${JSON.stringify('value' in line ? { ...answers[next++], id: line.id } : errorLine(line.id, line.error))}\n`;
    }
    await writeOut(out);
  };
  let number = 0;
  for await (const text of lines) {
    number++;
    const clean = number === 1 ? text.replace(/^\uFEFF/, '') : text;
    if (!clean.trim()) continue;
    batch.push(readLine(clean, number));
    if (batch.length >= batchSize) await flush();
  }
  if (batch.length) await flush();
}
