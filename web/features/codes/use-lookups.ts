import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiFailure, sendJson } from '../../api/client.ts';
import type { Lookup } from '../../api/types.ts';
import type { PageDates } from '../../frame/dates.ts';

const BATCH = 1000;

export type LookupState = Lookup | 'failed';

/**
 * Looks codes up in the base, each once, a thousand in a request. Codes whose request failed are marked and may be
 * asked again.
 */
export function useLookups(codes: readonly string[], dates: PageDates['query']) {
  const known = useRef(new Map<string, LookupState>());
  const [version, setVersion] = useState(0);
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const dateKey = `${dates.asOf ?? ''}|${dates.knownAt ?? ''}`;
  const lastDates = useRef(dateKey);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again after a failure
  useEffect(() => {
    if (lastDates.current !== dateKey) {
      lastDates.current = dateKey;
      known.current.clear();
    }
    const open = [...new Set(codes)].filter((code) => !known.current.has(code));
    if (open.length === 0) return;
    const stop = new AbortController();
    const ask = async () => {
      // a person who types is let finish the line
      await new Promise((resolve) => setTimeout(resolve, 250));
      setBusy(true);
      for (let from = 0; from < open.length && !stop.signal.aborted; from += BATCH) {
        const batch = open.slice(from, from + BATCH);
        try {
          const answer = await sendJson<{ items: readonly Lookup[] }>(
            'POST',
            '/lookup',
            { codes: batch },
            { query: dates, signal: stop.signal },
          );
          batch.forEach((code, index) => {
            const item = answer.items[index];
            known.current.set(code, item ?? 'failed');
          });
        } catch (error) {
          if (stop.signal.aborted) break;
          for (const code of batch) known.current.set(code, 'failed');
          if (error instanceof ApiFailure && error.status === 0) {
            for (const code of open.slice(from)) known.current.set(code, 'failed');
            from = open.length;
          }
        }
        setVersion((before) => before + 1);
      }
      setBusy(false);
    };
    void ask();
    return () => stop.abort();
  }, [codes, dateKey, attempt]);

  const again = useCallback(() => {
    for (const [code, state] of known.current) if (state === 'failed') known.current.delete(code);
    setAttempt((before) => before + 1);
  }, []);

  return { of: (code: string) => known.current.get(code), version, busy, again };
}
