import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { ELEMENT_KINDS, type ElementKind } from './elements.ts';

export interface ReadingPlace {
  /** Index of the document that is shown. */
  readonly document: number;
  /** The element that is selected. */
  readonly selected: string;
  readonly hidden: ReadonlySet<ElementKind>;
  readonly pane: 'text' | 'structure';
  /** A place in the text that a link leads to. */
  readonly at: number | null;
  change(next: {
    readonly document?: number;
    readonly selected?: string;
    readonly hidden?: Iterable<ElementKind>;
    readonly pane?: 'text' | 'structure';
    readonly at?: null;
  }): void;
}

/** What of a reading is looked at, as it stands in the address: document, element, kinds switched off, pane of a phone. */
export function useReadingPlace(): ReadingPlace {
  const [search, setSearch] = useSearchParams();
  const document = Math.max(0, Number.parseInt(search.get('doc') ?? '0', 10) || 0);
  const selected = search.get('el') ?? '';
  const hide = search.get('hide') ?? '';
  const pane = search.get('pane') === 'structure' ? 'structure' : 'text';
  const change = useCallback<ReadingPlace['change']>(
    (next) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          const put = (name: string, value: string) => (value === '' ? after.delete(name) : after.set(name, value));
          if (next.document !== undefined) put('doc', next.document === 0 ? '' : String(next.document));
          if (next.selected !== undefined) put('el', next.selected);
          if (next.hidden !== undefined) put('hide', [...next.hidden].join(','));
          if (next.pane !== undefined) put('pane', next.pane === 'text' ? '' : next.pane);
          if (next.at === null) after.delete('at');
          return after;
        },
        { replace: true, preventScrollReset: true },
      ),
    [setSearch],
  );
  const hidden = useMemo(() => {
    const names = hide.split(',');
    return new Set(ELEMENT_KINDS.filter((kind) => names.includes(kind)));
  }, [hide]);
  const at = search.has('at') ? Number(search.get('at')) || 0 : null;
  return { document, selected, hidden, pane, at, change };
}
