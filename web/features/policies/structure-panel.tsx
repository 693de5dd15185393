import { Button } from 'antd';
import { memo, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { copyText } from '../../components/copy-text.ts';
import { formatNumber, useText } from '../../i18n/text.ts';
import { viewOf } from './element-facts.tsx';
import { type Element, type ElementKind, elementId, sentenceAt } from './elements.ts';
import { bringIntoView } from './marked-text.tsx';
import { policyWords } from './messages.ts';
import type { PolicyDocument, PolicyReading } from './types.ts';
import { useJoin, useWord } from './words.ts';

/** The order people ask in: what binds, until when, who pays, what it rests on. */
const ORDER: readonly ElementKind[] = [
  'contradiction',
  'damage',
  'obligation',
  'eligibility',
  'benefit',
  'measure',
  'date',
  'cite',
  'figure',
  'attachment',
  'contact',
  'issuer',
  'section',
];
const SHORT = 40;

interface Props {
  readonly text: string;
  readonly reading: PolicyReading;
  readonly document: PolicyDocument;
  readonly number: number;
  readonly elements: readonly Element[];
  readonly selected: string;
  readonly lit: string;
  /** A sentence with where it stands, for the clipboard. */
  citation(element: Element): string;
  onPick(id: string): void;
  onLight(id: string): void;
  /** What else can be done with an element, such as mending it. */
  actions?: ((element: Element) => ReactNode) | undefined;
  /** More about an element that the server knows, such as what a citation resolves to. */
  more?: ((element: Element) => ReactNode) | undefined;
}

interface EntryProps {
  readonly element: Element;
  readonly title: string;
  readonly side: string;
  readonly level: number;
  readonly selected: boolean;
  readonly lit: boolean;
  onPick(id: string): void;
  onLight(id: string): void;
  readonly children?: ReactNode;
}

const Entry = memo(function Entry({
  element,
  title,
  side,
  level,
  selected,
  lit,
  onPick,
  onLight,
  children,
}: EntryProps) {
  return (
    <li
      className={`entry entry-${element.kind}${selected ? ' entry-selected' : ''}${lit ? ' entry-lit' : ''}${level > 1 ? ` entry-level-${Math.min(level, 4)}` : ''}`}
      data-item={element.id}
      onMouseEnter={() => onLight(element.id)}
      onMouseLeave={() => onLight('')}
    >
      <button
        type="button"
        className="entry-button"
        aria-expanded={selected}
        onClick={() => onPick(selected ? '' : element.id)}
        onFocus={() => onLight(element.id)}
      >
        <span className="entry-title" lang="zh-CN">
          {title}
        </span>
        {side !== '' && <span className="entry-side">{side}</span>}
      </button>
      {children}
    </li>
  );
});

interface DetailProps extends Pick<Props, 'text' | 'reading' | 'document' | 'citation' | 'actions' | 'more'> {
  readonly element: Element;
}

/** The fields of one element, its sentence and what can be done with it. */
export function ElementDetail({ text, reading, document, element, citation, actions, more }: DetailProps) {
  const t = useText(policyWords);
  const word = useWord();
  const join = useJoin();
  const [copied, setCopied] = useState(false);
  const { facts } = viewOf(reading, document, element.kind, element.index, { t, word, join });
  const sentence = sentenceAt(
    text,
    element.end - element.start > 400 ? { start: element.start, end: element.start + 1 } : element,
  );
  const words = text.slice(sentence.start, sentence.end);
  return (
    <div className="entry-detail">
      {facts.length > 0 && (
        <dl>
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd lang="zh-CN">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {more?.(element)}
      <blockquote lang="zh-CN">{words.length > 320 ? `${words.slice(0, 320)}…` : words}</blockquote>
      <p className="row">
        <span className="hint">{t('place', { from: element.start + 1, to: element.end })}</span>
        <Button
          size="small"
          data-testid="copy-citation"
          onClick={async () => {
            setCopied(await copyText(citation(element)));
            setTimeout(() => setCopied(false), 1500);
          }}
        >
          {copied ? t('copied') : t('copyCitation')}
        </Button>
        {actions?.(element)}
      </p>
    </div>
  );
}

interface GroupProps extends Omit<Props, 'elements'> {
  readonly kind: ElementKind;
  readonly elements: readonly Element[];
}

const Group = memo(function Group(props: GroupProps) {
  const { kind, elements, reading, document, selected, lit } = props;
  const t = useText(policyWords);
  const word = useWord();
  const join = useJoin();
  const [all, setAll] = useState(false);
  const views = useMemo(
    () => elements.map((element) => viewOf(reading, document, kind, element.index, { t, word, join })),
    [elements, reading, document, kind, t, word, join],
  );
  const chosen = elements.findIndex((element) => element.id === selected);
  const shown = all ? elements.length : Math.max(SHORT, chosen + 1);
  return (
    <section className="structure-group" aria-label={t(`element.${kind}`)}>
      <h3>
        <span className={`mk mk-${kind} mk-sample`}>{t(`element.${kind}`)}</span>{' '}
        <span className="hint">{formatNumber(elements.length)}</span>
      </h3>
      <ul className="plain-list">
        {elements.slice(0, shown).map((element, index) => {
          const on = element.id === selected;
          return (
            <Entry
              key={element.id}
              element={element}
              title={views[index]?.title ?? ''}
              side={views[index]?.side ?? ''}
              level={views[index]?.level ?? 1}
              selected={on}
              lit={element.id === lit}
              onPick={props.onPick}
              onLight={props.onLight}
            >
              {on && <ElementDetail {...props} element={element} />}
            </Entry>
          );
        })}
      </ul>
      {shown < elements.length && (
        <button type="button" className="link hint" onClick={() => setAll(true)}>
          {t('more', { n: elements.length - shown })}
        </button>
      )}
    </section>
  );
});

interface FactsProps extends Pick<Props, 'document' | 'number' | 'selected' | 'onPick' | 'onLight'> {
  readonly elements: readonly Element[];
}

/** What a document has once; a value that stands in the text leads to its place. */
function KeyFacts({ document, number, elements, selected, onPick, onLight }: FactsProps) {
  const t = useText(policyWords);
  const word = useWord();
  const join = useJoin();
  const known = useMemo(() => new Set(elements.map((element) => element.id)), [elements]);
  const placed = (text: string, kind: ElementKind, index: number): ReactNode => {
    const id = elementId(number, kind, index);
    if (index < 0 || !known.has(id)) return text;
    return (
      <button
        type="button"
        className="sourced"
        aria-pressed={selected === id}
        onClick={() => onPick(selected === id ? '' : id)}
        onMouseEnter={() => onLight(id)}
        onMouseLeave={() => onLight('')}
      >
        {text}
      </button>
    );
  };
  const stated = (value: ReactNode) => value || <span className="hint">{t('noNumber')}</span>;
  const dated = (date: string | null, ...kinds: readonly string[]) =>
    date &&
    placed(
      date,
      'date',
      document.dates.findIndex((one) => one.date === date && kinds.includes(one.kind)),
    );
  const listed = (names: readonly string[], node: (name: string) => ReactNode) =>
    names.map((name, index) => (
      <span key={name}>
        {index > 0 && '、'}
        {node(name)}
      </span>
    ));
  const lines: readonly { readonly label: string; readonly value: ReactNode }[] = [
    {
      label: t('title'),
      value: (
        <>
          {placed(document.title || t('untitled'), 'title', 0)}{' '}
          {document.titleSource === 'derived' && <span className="word word-grey">{t('derivedTitle')}</span>}
        </>
      ),
    },
    {
      label: t('documentKind'),
      value: (
        <>
          {[...new Set([word('kind', document.kind), document.docType])].filter(Boolean).join(' · ')}{' '}
          {!document.isPolicy && <span className="word word-grey">{t('notPolicy')}</span>}
        </>
      ),
    },
    { label: t('number'), value: stated(document.docNumber) },
    {
      label: t('issuers'),
      value: stated(
        document.issuers.length > 0 &&
          listed(document.issuers, (name) =>
            placed(
              name,
              'issuer',
              document.issuerDetails.findIndex((one) => one.name === name),
            ),
          ),
      ),
    },
    { label: t('region'), value: `${document.region.primary} · ${word('level', document.region.level)}` },
    { label: t('issueDate'), value: dated(document.issueDate, 'issued', 'adopted', 'promulgated') },
    { label: t('publishDate'), value: dated(document.publishDate, 'published') },
    {
      label: t('effectiveDate'),
      value: dated(document.effectiveDate, 'effective') ?? document.effectiveRule,
    },
    { label: t('expiryDate'), value: dated(document.expiry, 'expiry') },
    {
      label: t('deadlines'),
      value:
        document.deadlines.length > 0 &&
        listed(document.deadlines, (date) => dated(date, 'deadline', 'consultation-end') ?? date),
    },
    { label: t('addressees'), value: join(document.addressees) },
  ];
  return (
    <dl className="structure-facts" lang="zh-CN">
      {lines
        .filter(({ value }) => value !== null && value !== false && value !== '')
        .map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** What was read out of one document, each thing beside its place in the text. */
export function StructurePanel(props: Props & { readonly facts?: boolean }) {
  const { elements, number, selected, lit } = props;
  const t = useText(policyWords);
  const box = useRef<HTMLDivElement>(null);
  const seen = useRef('');
  const groups = useMemo(() => {
    const found = new Map<ElementKind, Element[]>();
    for (const element of elements) {
      if (element.document !== number && element.document !== null) continue;
      const group = found.get(element.kind);
      if (group) group.push(element);
      else found.set(element.kind, [element]);
    }
    return ORDER.flatMap((kind) => {
      const own = found.get(kind);
      return own ? [{ kind, elements: own }] : [];
    });
  }, [elements, number]);
  useEffect(() => {
    if (seen.current === selected) return;
    const show = () => {
      const pane = box.current?.closest<HTMLElement>('.reading-pane');
      const item = selected === '' ? null : box.current?.querySelector(`[data-item="${CSS.escape(selected)}"]`);
      if (pane && item && getComputedStyle(pane).overflowY !== 'visible') bringIntoView(item, pane, true);
    };
    show();
    // entries out of view have guessed heights: looked at again once they have their own
    const timer = setTimeout(() => {
      show();
      seen.current = selected;
    }, 250);
    return () => clearTimeout(timer);
  }, [selected]);
  const kindOf = (id: string) => id.split('.')[1] ?? '';
  return (
    <div ref={box} className="structure" data-testid="structure">
      {props.facts !== false && <KeyFacts {...props} />}
      {groups.length === 0 && (
        <div className="empty">
          <h2>{t('noElements')}</h2>
          <p>{t('noElementsDetail')}</p>
        </div>
      )}
      {groups.map((group) => (
        <Group
          key={group.kind}
          {...props}
          kind={group.kind}
          elements={group.elements}
          selected={kindOf(selected) === group.kind ? selected : ''}
          lit={kindOf(lit) === group.kind ? lit : ''}
        />
      ))}
    </div>
  );
}
