import { readCode } from './code-reading.ts';
import { lookUp } from './lookup.ts';
import type { SourceCatalogue } from './published-source.ts';
import type { ReadAt } from './read-at.ts';
import { foldText } from './search-text.ts';
import type { LookupStore, SearchStore } from './store.ts';

export interface Suggestion {
  readonly kind: 'device' | 'certificate' | 'party' | 'name' | 'code';
  readonly label: string;
  readonly detail: string | null;
  /** Path in the web application. */
  readonly href: string;
}

const SHOWN = 8;
/** A question longer than this is a pasted text; no name is like it. */
const LONGEST = 60;

/** Names, brands and holders the question may have meant; empty when it is no name. */
export async function didYouMean(store: SearchStore, question: string): Promise<string[]> {
  const text = question.trim();
  if (text.length < 2 || text.length > LONGEST) return [];
  const terms = await store.similarTerms(text, 5);
  const folded = foldText(text);
  return [...new Set(terms.map((term) => term.term))].filter((term) => foldText(term) !== folded);
}

/** What a question being typed may become: an identifier or number at once, else names. */
export async function suggest(
  store: SearchStore & LookupStore,
  at: ReadAt,
  question: string,
  catalogue: SourceCatalogue,
): Promise<Suggestion[]> {
  const text = question.trim();
  if (text === '') return [];
  const reading = readCode(text);
  if (reading.kind !== 'unknown') {
    const [answer] = await lookUp(store, at, [text], catalogue);
    if (answer?.found) {
      const devices = answer.matches.slice(0, SHOWN).map(
        (match): Suggestion => ({
          kind: 'device',
          label: match.device.name ?? match.device.di ?? match.device.recordKey,
          detail: [match.device.model, match.holder].filter(Boolean).join(' · ') || null,
          href: `/d/${encodeURIComponent(match.device.source)}/${encodeURIComponent(match.device.recordKey)}`,
        }),
      );
      const own: Suggestion[] =
        reading.certificate !== null
          ? [
              {
                kind: 'certificate',
                label: reading.certificate,
                detail: null,
                href: `/c/${encodeURIComponent(reading.certificate)}`,
              },
            ]
          : reading.creditCode !== null
            ? [
                {
                  kind: 'party',
                  label: answer.matches[0]?.holder ?? text,
                  detail: text,
                  href: `/p/${encodeURIComponent(reading.creditCode)}`,
                },
              ]
            : [];
      return [...own, ...devices].slice(0, SHOWN);
    }
    if (reading.kind !== 'certificate' && reading.kind !== 'credit-code') {
      return [
        {
          kind: 'code',
          label: text,
          detail: reading.problems[0]?.message ?? null,
          href: `/codes?code=${encodeURIComponent(text)}`,
        },
      ];
    }
  }
  if (text.length > LONGEST) return [];
  const terms = await store.beginningTerms(text, SHOWN);
  return terms.map(
    (term): Suggestion => ({
      kind: 'name',
      label: term.term,
      detail: term.kind,
      href: `/devices?q=${encodeURIComponent(term.term)}`,
    }),
  );
}
