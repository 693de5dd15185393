/** JSON as read, with numbers as the text they were written in. */
export type Json = string | boolean | null | number | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Numbers that JavaScript would not write back as they stood: with a fraction or exponent, or too long. */
const DELICATE = /(?:":|[,[])\s*-?(?:\d+[.eE]|\d{16})/;
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/** Parses JSON so that `12.0` stays `12.0`. Throws a SyntaxError when the text is no JSON. */
export function parseJson(text: string): Json {
  if (!DELICATE.test(text)) return JSON.parse(text) as Json;
  const quoted = text.replace(TOKENS, (token) => (token.startsWith('"') ? token : `"${token}"`));
  JSON.parse(text); // the quoted form would let through what JSON forbids, such as a number as a key
  return JSON.parse(quoted) as Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of a scalar as published, trimmed; null when it is empty. */
export function scalarText(value: string | number | boolean): string | null {
  const text = typeof value === 'string' ? value.trim() : String(value);
  return text === '' ? null : text;
}
