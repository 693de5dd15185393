import { useCallback } from 'react';
import { type Language, usePreferences } from '../frame/preferences.tsx';

/** One message: Chinese, English. */
export type Message = readonly [zh: string, en: string];
export type Catalogue = Readonly<Record<string, Message>>;
export type Values = Readonly<Record<string, string | number>>;
/** A label the server gives in both languages. */
export type Bilingual = { readonly zh: string; readonly en: string };

const numbers = new Intl.NumberFormat('en-US');

/** 1234567 → "1,234,567". */
export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** Fills `{name}` and the plural `{name?one:many}`; numbers get thousands separators. */
export function fill(message: string, values: Values = {}): string {
  return message.replace(/\{(\w+)(?:\?([^:}]*):([^}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (one !== undefined) return (value === 1 ? one : many) ?? '';
    return typeof value === 'number' ? formatNumber(value) : value;
  });
}

export type Translate<C extends Catalogue> = (key: keyof C & string, values?: Values) => string;

/** The reader of one catalogue in the language of the person. */
export function useText<C extends Catalogue>(catalogue: C): Translate<C> {
  const { lang } = usePreferences();
  return useCallback(
    (key, values) => {
      const message = catalogue[key];
      return message === undefined ? key : fill(message[lang === 'zh' ? 0 : 1], values);
    },
    [catalogue, lang],
  );
}

/** Picks the text of a bilingual label; a plain string stays itself. */
export function pick(label: Bilingual | string | null | undefined, lang: Language): string {
  if (label === null || label === undefined) return '';
  if (typeof label === 'string') return label;
  return (lang === 'zh' ? label.zh : label.en) || label.zh || label.en;
}

/** `pick` bound to the language of the person. */
export function usePick(): (label: Bilingual | string | null | undefined) => string {
  const { lang } = usePreferences();
  return useCallback((label) => pick(label, lang), [lang]);
}

/** "约 20 万" in Chinese prose, "about 200,000" in English. */
export function roundedCount(value: number, lang: Language): string {
  if (lang === 'en' || value < 10_000) return formatNumber(Number(value.toPrecision(2)));
  const rounded = Number(value.toPrecision(2));
  return rounded >= 100_000_000 ? `${rounded / 100_000_000} 亿` : `${rounded / 10_000} 万`;
}
