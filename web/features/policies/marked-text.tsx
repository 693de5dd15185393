import { memo, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { type Chunk, chunksOf, piecesOf } from './chunks.ts';
import type { Element, ElementKind } from './elements.ts';
import { markupOf } from './markup.ts';

interface Props {
  readonly text: string;
  readonly elements: readonly Element[];
  readonly hidden: ReadonlySet<ElementKind>;
  readonly selected: string;
  readonly lit: string;
  readonly label: string;
  readonly language: string;
  /** Tags of a page are folded away unless they are asked for. */
  readonly markup: boolean;
  readonly box: RefObject<HTMLElement | null>;
  onPick(id: string): void;
  onLight(id: string): void;
}

const SMALL = 6000;
const LINE_PX = 25;

interface ChunkProps {
  readonly text: string;
  readonly chunk: Chunk;
  readonly hidden: ReadonlySet<ElementKind>;
  readonly markup: readonly (readonly [start: number, end: number, breaks: boolean])[];
  /** Marks are drawn only once the chunk comes near the window: before, it is plain text. */
  readonly rich: boolean;
  readonly selected: string;
  readonly lit: string;
  readonly number: number;
}

/** Text with its tags in elements of their own, which the style sheet folds away. */
function withMarkup(text: string, start: number, markup: ChunkProps['markup']) {
  const parts: React.ReactNode[] = [];
  let at = start;
  const end = start + text.length;
  for (const [from, to, breaks] of markup) {
    if (to <= start) continue;
    if (from >= end) break;
    const first = Math.max(from, start);
    const last = Math.min(to, end);
    if (first > at) parts.push(text.slice(at - start, first - start));
    parts.push(
      <span key={first} className={breaks && from >= start ? 'mk-tag mk-tag-break' : 'mk-tag'}>
        {text.slice(first - start, last - start)}
      </span>,
    );
    at = last;
  }
  if (parts.length === 0) return text;
  parts.push(text.slice(at - start));
  return parts;
}

/** The first sentence of an article stands as its heading; set in bold it would shout. */
function markClass({ kind, start, end }: Element): string {
  return kind === 'section' && end - start > 28 ? 'mk mk-article' : `mk mk-${kind}`;
}

const ChunkText = memo(function ChunkText({ text, chunk, hidden, markup, rich, selected, lit, number }: ChunkProps) {
  const pieces = useMemo(
    () => (rich ? piecesOf(text, chunk, (element) => !hidden.has(element.kind) || element.id === selected) : null),
    [text, chunk, hidden, rich, selected],
  );
  return (
    <div
      className="chunk"
      data-chunk={number}
      data-start={chunk.start}
      style={{ containIntrinsicSize: `auto ${chunk.lines * LINE_PX}px` }}
      data-rich={rich || undefined}
    >
      {pieces === null
        ? withMarkup(text.slice(chunk.start, chunk.end), chunk.start, markup)
        : pieces.map(({ start, text: words, over }) =>
            over.length === 0 ? (
              <span key={start}>{withMarkup(words, start, markup)}</span>
            ) : (
              <span
                key={start}
                className={[
                  ...over.map((element) => markClass(element)),
                  over.some((element) => element.id === selected) ? 'mk-selected' : '',
                  over.some((element) => element.id === lit) ? 'mk-lit' : '',
                ].join(' ')}
                data-el={over.map((element) => element.id).join(' ')}
              >
                {withMarkup(words, start, markup)}
              </span>
            ),
          )}
    </div>
  );
});

function idsAt(target: EventTarget | null): readonly string[] {
  const mark = target instanceof Element_ ? target.closest<HTMLElement>('[data-el]') : null;
  return mark?.dataset.el?.split(' ') ?? [];
}

const Element_ = window.Element;

/** The original with its marks. The text is never changed: joined, what is drawn is what was given. */
export function MarkedText(props: Props) {
  const { text, elements, hidden, selected, lit, box } = props;
  const chunks = useMemo(() => chunksOf(text, elements), [text, elements]);
  const markup = useMemo(() => markupOf(text), [text]);
  const [near, setNear] = useState<ReadonlySet<number>>(() => new Set([0, 1]));
  const [all, setAll] = useState(text.length < SMALL);
  const [scrolls, setScrolls] = useState(true);
  const found = useRef('');

  useEffect(() => {
    setNear(new Set([0, 1]));
    setAll(text.length < SMALL);
  }, [text]);

  // the pane belongs to the parent, whose reference is set only after the effects of layout
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const read = () => setScrolls(getComputedStyle(element).overflowY !== 'visible');
    read();
    const wide = window.matchMedia('(max-width: 900px)');
    wide.addEventListener('change', read);
    const print = () => flushSync(() => setAll(true));
    window.addEventListener('beforeprint', print);
    return () => {
      wide.removeEventListener('change', read);
      window.removeEventListener('beforeprint', print);
    };
  }, [box]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the chunks are those of the document
  useEffect(() => {
    const element = box.current;
    if (!element || all) return;
    const observer = new IntersectionObserver(
      (seen) => {
        const fresh = seen
          .filter((one) => one.isIntersecting)
          .map((one) => Number((one.target as HTMLElement).dataset.chunk));
        if (fresh.length > 0)
          setNear((before) => (fresh.every((one) => before.has(one)) ? before : new Set([...before, ...fresh])));
      },
      { root: scrolls ? element : null, rootMargin: '1600px 0px' },
    );
    for (const chunk of element.querySelectorAll('.chunk')) observer.observe(chunk);
    return () => observer.disconnect();
  }, [box, chunks, all, scrolls]);

  const home = useMemo(() => {
    const places = new Map<string, number>();
    chunks.forEach((chunk, number) => {
      for (const { id } of chunk.elements) if (!places.has(id)) places.set(id, number);
    });
    return places;
  }, [chunks]);

  // what is selected elsewhere comes into view; a chunk that was never drawn first takes its height, so it is looked at
  // again once the text around it has been laid out
  useEffect(() => {
    if (selected === found.current) return;
    const number = home.get(selected);
    const element = box.current;
    if (number === undefined || !element) {
      found.current = selected;
      return;
    }
    const show = () => {
      const mark = element.querySelector(`[data-el~="${CSS.escape(selected)}"]`);
      if (mark) bringIntoView(mark, element, scrolls);
    };
    show();
    const frame = requestAnimationFrame(show);
    const timer = setTimeout(() => {
      show();
      found.current = selected;
    }, 250);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [selected, home, box, scrolls]);

  const { onPick, onLight } = props;
  const pick = useCallback(
    (target: EventTarget | null) => {
      if (!window.getSelection()?.isCollapsed) return;
      const ids = idsAt(target);
      if (ids.length === 0) return;
      // the shortest first; pressed again, what lies around it
      const at = ids.indexOf(selected);
      const next = at > 0 ? ids[at - 1] : at === 0 && ids.length > 1 ? ids.at(-1) : at === 0 ? '' : ids.at(-1);
      onPick(next ?? '');
    },
    [selected, onPick],
  );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: marks are walked through with j and k, and the structure beside holds a button for each
    <div
      className={props.markup ? 'marked-text' : 'marked-text marked-text-folded'}
      lang={props.language}
      onClick={(event) => pick(event.target)}
      onMouseOver={(event) => onLight(idsAt(event.target).at(-1) ?? '')}
      onFocus={() => undefined}
      onMouseLeave={() => onLight('')}
      data-testid="marked-text"
    >
      {chunks.map((chunk, number) => {
        const own = home.get(selected) !== undefined && chunk.elements.some((element) => element.id === selected);
        const glows = lit !== '' && chunk.elements.some((element) => element.id === lit);
        return (
          <ChunkText
            key={chunk.start}
            text={text}
            chunk={chunk}
            hidden={hidden}
            markup={markup}
            rich={all || own || near.has(number)}
            selected={own ? selected : ''}
            lit={glows ? lit : ''}
            number={number}
          />
        );
      })}
    </div>
  );
}

/** Scrolls the pane, or the page where panes do not scroll, only when the mark is out of view. */
export function bringIntoView(mark: globalThis.Element, pane: HTMLElement, scrolls: boolean): void {
  const place = mark.getBoundingClientRect();
  const frame = scrolls
    ? pane.getBoundingClientRect()
    : { top: 64, bottom: window.innerHeight - 160, height: window.innerHeight };
  if (place.top >= frame.top + 24 && place.bottom <= frame.bottom - 24) return;
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (scrolls)
    pane.scrollTo({
      top: pane.scrollTop + place.top - frame.top - frame.height / 3,
      behavior: calm || Math.abs(place.top - frame.top) > 1200 ? 'instant' : 'smooth',
    });
  else window.scrollTo({ top: window.scrollY + place.top - window.innerHeight / 3, behavior: 'instant' });
}
