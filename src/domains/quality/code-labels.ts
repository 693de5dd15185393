import { udiProblemText } from '../identifiers/index.ts';
import { findProblemCode } from './problem-codes.ts';

/** In the ledger, codes of the identifiers library stand behind this. */
const IDENTIFIER = 'di.';

/** Name of a code in both languages; faults of identifiers carry the names of the identifiers library. */
export function codeLabel(code: string): { zh: string; en: string } {
  const known = findProblemCode(code);
  if (known) return { zh: known.nameZh, en: known.nameEn };
  if (!code.startsWith(IDENTIFIER)) return { zh: code, en: code };
  const inner = code.slice(IDENTIFIER.length);
  return { zh: udiProblemText(inner, 'zh'), en: udiProblemText(inner, 'en') };
}
