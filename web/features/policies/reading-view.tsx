import { Switch } from 'antd';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { copyText } from '../../components/copy-text.ts';
import { useHotkey } from '../../frame/hotkeys.ts';
import { formatNumber, useText } from '../../i18n/text.ts';
import '../../styles/policies.css';
import { ELEMENT_KINDS, type Element, type ElementKind, elementsOf, sectionAt, sentenceAt } from './elements.ts';
import { MarkedText } from './marked-text.tsx';
import { markupOf } from './markup.ts';
import { policyWords } from './messages.ts';
import { ElementDetail, StructurePanel } from './structure-panel.tsx';
import type { PolicyReading } from './types.ts';
import { useReadingPlace } from './use-reading.ts';

interface Props {
  readonly text: string;
  readonly reading: PolicyReading;
  /** Name of the text in citations: the key of a kept policy. */
  readonly name?: string | undefined;
  readonly language?: string;
  readonly facts?: boolean;
  actions?: ((element: Element) => ReactNode) | undefined;
  more?: ((element: Element) => ReactNode) | undefined;
}

function Legend({
  counts,
  hidden,
  onHidden,
}: {
  counts: ReadonlyMap<ElementKind, number>;
  hidden: ReadonlySet<ElementKind>;
  onHidden(next: Iterable<ElementKind>): void;
}) {
  const t = useText(policyWords);
  const there = ELEMENT_KINDS.filter((kind) => counts.has(kind));
  if (there.length === 0) return null;
  const toggle = (kind: ElementKind) =>
    onHidden(hidden.has(kind) ? [...hidden].filter((one) => one !== kind) : [...hidden, kind]);
  return (
    <fieldset className="legend no-print" aria-label={t('legend')}>
      {there.map((kind) => {
        const on = !hidden.has(kind);
        return (
          <button
            key={kind}
            type="button"
            className="legend-kind"
            aria-pressed={on}
            title={t(on ? 'legendHide' : 'legendShow', { kind: t(`element.${kind}`) })}
            onClick={() => toggle(kind)}
          >
            <span className={`mk mk-${kind} mk-sample`}>{t(`element.${kind}`)}</span>
            <span className="hint">{formatNumber(counts.get(kind) ?? 0)}</span>
          </button>
        );
      })}
      <button type="button" className="link hint" onClick={() => onHidden(hidden.size > 0 ? [] : there)}>
        {t(hidden.size > 0 ? 'allMarks' : 'noMarks')}
      </button>
    </fieldset>
  );
}

/** The original with marks beside what was read out of it; each side lights the other. */
export function ReadingView({ text, reading, name, language = 'zh-CN', facts, actions, more }: Props) {
  const t = useText(policyWords);
  const place = useReadingPlace();
  const { selected, hidden, change } = place;
  const [lit, setLit] = useState('');
  const [markup, setMarkup] = useState(false);
  const [copied, setCopied] = useState('');
  const box = useRef<HTMLElement>(null);
  const number = Math.min(place.document, Math.max(0, reading.documents.length - 1));
  const document = reading.documents[number];
  const elements = useMemo(() => elementsOf(reading, text.length), [reading, text]);
  const byId = useMemo(() => new Map(elements.map((element) => [element.id, element])), [elements]);
  const tagged = useMemo(() => markupOf(text).length > 0, [text]);
  const counts = useMemo(() => {
    const found = new Map<ElementKind, number>();
    for (const { kind } of elements) found.set(kind, (found.get(kind) ?? 0) + 1);
    return found;
  }, [elements]);

  const pick = useCallback(
    (id: string) => {
      const of = byId.get(id)?.document;
      change({ selected: id, ...(of === undefined || of === null ? {} : { document: of }) });
    },
    [byId, change],
  );
  const citation = useCallback(
    (element: Element) => {
      const of = reading.documents[element.document ?? number];
      const long = element.end - element.start > 400;
      const sentence = sentenceAt(text, long ? { start: element.start, end: element.start + 1 } : element);
      const act = of ? [`《${of.title}》`, of.docNumber ? `（${of.docNumber}）` : ''].join('') : '';
      const section = sectionAt(of, element.start);
      return [
        `“${text.slice(sentence.start, sentence.end)}”`,
        `——${[act, section].filter(Boolean).join('，')}`,
        `［${[name, t('place', { from: sentence.start + 1, to: sentence.end })].filter(Boolean).join('，')}］`,
      ].join('');
    },
    [reading, text, number, name, t],
  );
  // a link to a place in the text leads to what stands there
  const { at } = place;
  useEffect(() => {
    if (at === null) return;
    const over = elements.filter((element) => element.start <= at && element.end > at);
    const shortest = over.sort((a, b) => a.end - a.start - (b.end - b.start))[0];
    change({ selected: (shortest ?? elements.find((element) => element.start >= at))?.id ?? '', at: null });
  }, [at, elements, change]);
  // a link to one document of several leads to its beginning
  const opened = useRef(0);
  useEffect(() => {
    if (opened.current === number) return;
    opened.current = number;
    if (selected === '') change({ selected: elements.find((element) => element.document === number)?.id ?? '' });
  }, [number, selected, elements, change]);
  const visible = useMemo(() => elements.filter((element) => !hidden.has(element.kind)), [elements, hidden]);
  const step = (by: number) => {
    if (visible.length === 0) return;
    const at = visible.findIndex((element) => element.id === selected);
    const next = at === -1 ? (by > 0 ? 0 : visible.length - 1) : (at + by + visible.length) % visible.length;
    pick(visible[next]?.id ?? '');
  };
  useHotkey('j', () => step(1));
  useHotkey('k', () => step(-1));
  useHotkey('Escape', () => change({ selected: '' }), selected !== '');
  useHotkey(
    'c',
    async () => {
      const element = byId.get(selected);
      if (!element || !(await copyText(citation(element)))) return;
      setCopied(t('copied'));
      setTimeout(() => setCopied(''), 1500);
    },
    selected !== '',
  );
  const current = byId.get(selected);
  if (!document)
    return (
      <div className="reading-single">
        <div className="empty">
          <h2>{t('noElements')}</h2>
          <p>{t('noElementsDetail')}</p>
        </div>
        <div className="marked-text">{text}</div>
      </div>
    );
  return (
    <div className={`reading reading-on-${place.pane}`}>
      <div className="reading-tools">
        <Legend counts={counts} hidden={hidden} onHidden={(next) => change({ hidden: next })} />
        <p className="row reading-side-tools no-print">
          {tagged && (
            <span className="row hint">
              <Switch size="small" checked={markup} onChange={setMarkup} aria-label={t('markup')} /> {t('markup')}
            </span>
          )}
          <span className="hint reading-keys">{t('readingKeys')}</span>
          <span aria-live="polite" className="hint">
            {copied}
          </span>
        </p>
        <fieldset className="filters reading-switch no-print" aria-label={t('panes')}>
          {(['text', 'structure'] as const).map((pane) => (
            <button
              key={pane}
              type="button"
              className="filter"
              aria-pressed={place.pane === pane}
              onClick={() => change({ pane })}
            >
              {t(pane === 'text' ? 'original' : 'structure')}
            </button>
          ))}
        </fieldset>
      </div>
      <section
        ref={box}
        className="reading-pane reading-original"
        aria-label={t('original')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <MarkedText
          text={text}
          elements={elements}
          hidden={hidden}
          selected={selected}
          lit={lit}
          label={t('original')}
          language={language}
          markup={markup}
          box={box}
          onPick={pick}
          onLight={setLit}
        />
      </section>
      <section className="reading-pane reading-structure" aria-label={t('structure')}>
        {reading.documents.length > 1 && (
          <label className="field structure-choice">
            <span className="hint">{t('documentsIn', { n: reading.documents.length })}</span>
            <select
              className="text-field"
              value={number}
              onChange={(event) => {
                const next = Number(event.target.value);
                const first = elements.find((element) => element.document === next);
                change({ document: next, selected: first?.id ?? '' });
              }}
            >
              {reading.documents.map((one, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: documents of one text are named by their number
                <option key={index} value={index}>
                  {`${index + 1}. ${one.title || t('untitled')}${one.partOf === null ? '' : `（${t('partOf', { n: one.partOf + 1 })}）`}`}
                </option>
              ))}
            </select>
          </label>
        )}
        <StructurePanel
          key={number}
          text={text}
          reading={reading}
          document={document}
          number={number}
          elements={elements}
          selected={selected}
          lit={lit}
          citation={citation}
          onPick={pick}
          onLight={setLit}
          facts={facts ?? true}
          actions={actions}
          more={more}
        />
      </section>
      {current && place.pane === 'text' && (
        <aside className="reading-card no-print" aria-label={t(`element.${current.kind}`)}>
          <div className="row between">
            <b className={`mk mk-${current.kind} mk-sample`}>{t(`element.${current.kind}`)}</b>
            <span className="row">
              <button type="button" className="link hint" onClick={() => change({ pane: 'structure' })}>
                {t('showInStructure')}
              </button>
              <button type="button" className="link" aria-label={t('close')} onClick={() => change({ selected: '' })}>
                ×
              </button>
            </span>
          </div>
          <ElementDetail
            key={current.id}
            text={text}
            reading={reading}
            document={reading.documents[current.document ?? number] ?? document}
            element={current}
            citation={citation}
            actions={actions}
            more={more}
          />
        </aside>
      )}
    </div>
  );
}
