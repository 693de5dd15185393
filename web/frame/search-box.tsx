import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useText } from '../i18n/text.ts';
import { useHref } from './dates.ts';
import { frame } from './messages.ts';
import { looksLikeCode, looksLikeDocument, type Option, useSearchOptions, whereIs } from './search-options.ts';

interface Props {
  readonly id: string;
  readonly placeholder: string;
  readonly large?: boolean;
  /** The list stands in the flow of the page and not over it. */
  readonly inline?: boolean;
  readonly hint?: string;
  readonly autoFocus?: boolean;
  onDone?(): void;
}

/** The one field that understands every kind of code and text. */
export function SearchBox({ id, placeholder, large, inline, hint, autoFocus, onDone }: Props) {
  const t = useText(frame);
  const navigate = useNavigate();
  const href = useHref();
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [busy, setBusy] = useState(false);
  const options = useSearchOptions(text, open || inline === true);
  const shown = (open || inline) && options.length > 0;

  useEffect(() => {
    if (autoFocus && window.matchMedia('(hover: hover)').matches) input.current?.focus({ preventScroll: true });
  }, [autoFocus]);

  const go = (path: string) => {
    setOpen(false);
    setActive(-1);
    setText('');
    input.current?.blur();
    onDone?.();
    navigate(href(path));
  };

  const submit = async () => {
    const query = text.trim();
    const chosen = options[active];
    if (chosen) return go(chosen.href);
    if (query === '') return;
    if (looksLikeDocument(query)) return go(`/policies?q=${encodeURIComponent(query)}`);
    if (!looksLikeCode(query)) return go(`/devices?q=${encodeURIComponent(query)}`);
    setBusy(true);
    const path = await whereIs(query);
    setBusy(false);
    go(path);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((before) => ((before + 1 + step + options.length + 1) % (options.length + 1)) - 1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      void submit();
    } else if (event.key === 'Escape' && open && !inline) {
      event.stopPropagation();
      setOpen(false);
    }
  };

  const optionId = (index: number) => `${list}-${index}`;
  return (
    <search className={large ? 'search search-large' : 'search'}>
      <input
        id={id}
        ref={input}
        className="search-input"
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-label={t('searchLong')}
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? optionId(active) : undefined}
        aria-busy={busy}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
          setActive(-1);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {hint && <kbd className="search-hint">{hint}</kbd>}
      {large && (
        <button type="button" className="search-go" onClick={() => void submit()}>
          {t('search')}
        </button>
      )}
      <div
        id={list}
        role="listbox"
        aria-label={t('suggestions')}
        className={inline ? 'search-list search-list-inline' : 'search-list'}
        hidden={!shown}
      >
        {options.map((option: Option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled at the field that owns the list
          <div
            key={`${option.kind}-${option.href}-${option.label}`}
            id={optionId(index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className="search-option"
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setActive(index)}
            onClick={() => go(option.href)}
          >
            <span className="search-kind">{t(`kind.${option.kind}`)}</span>
            <span className="search-label">{option.label}</span>
            {option.detail && <span className="search-detail">{option.detail}</span>}
          </div>
        ))}
      </div>
    </search>
  );
}
