import { Button, Popover } from 'antd';
import { createContext, lazy, type ReactNode, Suspense, useContext, useEffect, useRef, useState } from 'react';
import type { SourceRef } from '../api/types.ts';
import { formatInstant } from '../frame/dates.ts';
import { type Translate, usePick, useText } from '../i18n/text.ts';
import { copyText } from './copy-text.ts';
import { parts } from './messages.ts';

const BytesDialog = lazy(() => import('./bytes-dialog.tsx'));

/** The sources of the file on the page; values point into them by index. */
export const Sources = createContext<readonly SourceRef[]>([]);

const HOVER_MS = 350;
const LONG_PRESS_MS = 500;

function placeOf(ref: SourceRef, t: Translate<typeof parts>): string {
  const words = [ref.part === null || ref.part === ref.file ? '' : String(ref.part)];
  if (ref.recordNo !== null) words.push(t('placeRow', { row: ref.recordNo }));
  if (ref.at !== null && ref.length !== null) words.push(t('placeBytes', { from: ref.at, to: ref.at + ref.length }));
  return words.filter(Boolean).join(' · ');
}

/** One line that another person can check: source, release, file, place, hash, dates. */
function citation(ref: SourceRef, title: string, place: string, label: string, value: string): string {
  return [
    `${label}：${value}`,
    `${title}，${ref.releaseName}（${ref.releasedOn}）`,
    [ref.file, place].filter(Boolean).join('，'),
    ref.sha256 ? `SHA-256 ${ref.sha256}` : '',
    formatInstant(ref.recordedAt),
  ]
    .filter(Boolean)
    .join('；');
}

interface CardProps {
  readonly reference: SourceRef;
  readonly label: string;
  readonly value: string;
  readonly tag: string | undefined;
}

function SourceCard({ reference, label, value, tag }: CardProps) {
  const t = useText(parts);
  const pick = usePick();
  const [copied, setCopied] = useState(false);
  const [bytes, setBytes] = useState(false);
  const place = placeOf(reference, t);
  const title = pick(reference.sourceTitle) || reference.source;
  const firm = reference.firmness ? `firm.${reference.firmness}` : null;
  const rows: readonly (readonly [string, string])[] = [
    [t('source'), title],
    [t('release'), reference.releaseName],
    [t('file'), reference.file ?? ''],
    [t('place'), place],
    [t('legalDate'), reference.releasedOn],
    [t('recorded'), formatInstant(reference.recordedAt)],
    [t('firmness'), firm === null ? '' : firm in parts ? t(firm as keyof typeof parts) : (reference.firmness ?? '')],
  ];
  return (
    <div className="source-card">
      <dl>
        {rows
          .filter(([, text]) => text !== '')
          .map(([name, text]) => (
            <div key={name} className="contents">
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
      </dl>
      <div className="row">
        <Button
          size="small"
          onClick={async () => setCopied(await copyText(citation(reference, title, place, label, value)))}
        >
          {copied ? t('copied') : t('copyCitation')}
        </Button>
        {reference.at !== null && (
          <Button size="small" onClick={() => setBytes(true)}>
            {t('openBytes')}
          </Button>
        )}
      </div>
      {bytes && (
        <Suspense fallback={null}>
          <BytesDialog reference={reference} value={value} tag={tag} onClose={() => setBytes(false)} />
        </Suspense>
      )}
    </div>
  );
}

interface Props {
  readonly src: number | undefined;
  readonly label: string;
  /** The value as text, for the citation. */
  readonly text: string;
  /** The source's own name of the field, to find the value in the bytes. */
  readonly tag?: string;
  readonly children: ReactNode;
}

/** A value that can be pointed at: hover, focus, long press or Enter say where it comes from. */
export function SourceMark({ src, label, text, tag, children }: Props) {
  const t = useText(parts);
  const reference = useContext(Sources)[src ?? -1];
  const [open, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pressed = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (!reference) return <>{children}</>;
  const firm = reference.firmness ? `firm.${reference.firmness}` : '';
  const word =
    ['mirror', 'quoted', 'unverified', 'converted', 'computed', 'entered'].includes(reference.firmness ?? '') &&
    firm in parts;
  const later = (milliseconds: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(true), milliseconds);
  };
  return (
    <>
      <Popover
        open={open}
        onOpenChange={(next) => !next && setOpen(false)}
        trigger={['hover', 'click']}
        mouseLeaveDelay={0.25}
        destroyOnHidden
        content={<SourceCard reference={reference} label={label} value={text} tag={tag} />}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: the text of a value must stay selectable, which it is not in a button */}
        <span
          role="button"
          tabIndex={0}
          className="sourced"
          aria-expanded={open}
          aria-haspopup="dialog"
          title={open ? undefined : t('sourceOf', { label })}
          onMouseEnter={() => later(HOVER_MS)}
          onMouseLeave={() => clearTimeout(timer.current)}
          onFocus={(event) => event.target.matches(':focus-visible') && later(HOVER_MS)}
          onBlur={(event) => {
            clearTimeout(timer.current);
            if (!(event.relatedTarget instanceof Element && event.relatedTarget.closest('.source-card')))
              setOpen(false);
          }}
          onTouchStart={() => {
            pressed.current = false;
            clearTimeout(timer.current);
            timer.current = setTimeout(() => {
              pressed.current = true;
              setOpen(true);
            }, LONG_PRESS_MS);
          }}
          onTouchEnd={() => clearTimeout(timer.current)}
          onTouchMove={() => clearTimeout(timer.current)}
          onContextMenu={(event) => pressed.current && event.preventDefault()}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setOpen(false);
            if (event.key !== 'Enter' && event.key !== ' ') return;
            event.preventDefault();
            setOpen(true);
            setTimeout(() => document.querySelector<HTMLElement>('.source-card button')?.focus(), 200);
          }}
        >
          {children}
        </span>
      </Popover>
      {word && <span className="hint"> {t(firm as keyof typeof parts)}</span>}
    </>
  );
}
