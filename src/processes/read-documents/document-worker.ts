import { parentPort, workerData } from 'node:worker_threads';
import { isAppError } from '../../kernel/app-error.ts';
import { docxText } from './docx-text.ts';
import { pdfText } from './pdf-text.ts';
import type { DocumentText } from './types.ts';

/** What the thread says at its end. */
export type DocumentWord =
  | { readonly done: DocumentText }
  | { readonly failed: { readonly code: string; readonly message: string } };

const { kind, bytes } = workerData as { kind: 'docx' | 'pdf'; bytes: Uint8Array };

try {
  const done = await (kind === 'pdf' ? pdfText(bytes) : docxText(Buffer.from(bytes)));
  parentPort?.postMessage({ done } satisfies DocumentWord);
} catch (error) {
  const code = isAppError(error) ? error.code : 'policy.unreadable';
  parentPort?.postMessage({ failed: { code, message: (error as Error).message } } satisfies DocumentWord);
}
