import { Fragment, type ReactNode } from 'react';
import type { Nested } from '../../api/types.ts';
import { usePreferences } from '../../frame/preferences.tsx';

/** A value as one line of text, for citations and comparisons. */
export function plainText(value: Nested): string {
  if (value === null) return '';
  if (Array.isArray(value)) return (value as readonly Nested[]).map(plainText).filter(Boolean).join('；');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, inner]) => `${name} ${plainText(inner)}`)
      .join('，');
  return String(value);
}

function isLink(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text);
}

/** `true` and `false` as published, with the Chinese word beside them. */
function Truth({ text }: { text: 'true' | 'false' }) {
  const { lang } = usePreferences();
  return (
    <>
      {text}
      {lang === 'zh' && <span className="hint"> {text === 'true' ? '是' : '否'}</span>}
    </>
  );
}

/** A value as published: text, list, or named parts. */
export function ValueText({ value }: { value: Nested }): ReactNode {
  if (value === null || value === '') return null;
  if (Array.isArray(value)) {
    const items = value as readonly Nested[];
    if (items.length === 1) return <ValueText value={items[0] ?? null} />;
    return (
      <ul className="value-list">
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: published lists have an order and may repeat
          <li key={index}>
            <ValueText value={item} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === 'object')
    return (
      <span className="value-parts">
        {Object.entries(value).map(([name, inner]) => (
          <Fragment key={name}>
            <span className="hint">{name}</span> <ValueText value={inner} />{' '}
          </Fragment>
        ))}
      </span>
    );
  const text = String(value);
  if (text === 'true' || text === 'false') return <Truth text={text} />;
  if (isLink(text))
    return (
      <a href={text} target="_blank" rel="noreferrer">
        {text}
      </a>
    );
  return text;
}
