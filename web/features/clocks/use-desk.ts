import { useCallback, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { caseOfAddress, inOrder, writeAddress } from './event-text.ts';
import type { CaseEvent, DeskCase } from './types.ts';

const STORE = 'xiedang.clock-desk';
const AFTER_MS = 250;

/** An event on the desk keeps its key while its day changes, so that the field that is written in stays where it is. */
export interface DeskEvent extends CaseEvent {
  readonly key: number;
}

export type Desk = Omit<DeskCase, 'events'> & { readonly events: readonly DeskEvent[] };

let nextKey = 1;

export function keyed(event: CaseEvent): DeskEvent {
  return { ...event, key: nextKey++ };
}

function deskOf(found: DeskCase): Desk {
  return { ...found, events: inOrder(found.events).map(keyed) };
}

const EMPTY: Desk = { procedure: 'registration-first', class: '', origin: '', province: '', route: '', events: [] };

function addressOf(desk: DeskCase): string {
  return writeAddress(new URLSearchParams(), desk).toString();
}

function kept(): DeskCase | undefined {
  try {
    return caseOfAddress(new URLSearchParams(localStorage.getItem(STORE) ?? ''));
  } catch {
    return undefined;
  }
}

/** The case on the desk: written into the address a moment after each change, and kept in this browser. */
export function useDesk() {
  const [search, setSearch] = useSearchParams();
  const [desk, setDesk] = useState<Desk>(() => {
    const found = caseOfAddress(search) ?? kept();
    return found ? deskOf(found) : EMPTY;
  });
  const written = useRef(search.has('procedure') ? addressOf(desk) : '');

  useEffect(() => {
    const text = addressOf(desk);
    try {
      localStorage.setItem(STORE, text);
    } catch {
      // without storage the address alone keeps the case
    }
    if (text === written.current) return;
    const timer = setTimeout(() => {
      written.current = text;
      setSearch((before) => writeAddress(before, desk), { replace: true });
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, [desk, setSearch]);

  // a link or the back key brings another case
  useEffect(() => {
    const found = caseOfAddress(search);
    if (!found) return;
    const text = addressOf({ ...found, events: inOrder(found.events) });
    if (text === written.current || addressOf(found) === written.current) return;
    written.current = text;
    setDesk(deskOf(found));
  }, [search]);

  const load = useCallback((found: DeskCase) => setDesk(deskOf(found)), []);
  const clear = useCallback(() => setDesk((before) => ({ ...EMPTY, procedure: before.procedure })), []);
  return { desk, setDesk, load, clear };
}
