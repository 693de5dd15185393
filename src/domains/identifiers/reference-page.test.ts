import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as library from './index.ts';
import * as words from './words.ts';

const page = readFileSync(new URL('../../../docs/reference/identifiers.md', import.meta.url), 'utf8');
const names: Record<string, unknown> = { ...library, ...words };

/** Runs an expression of the page with the names of the published library and nothing else. */
function evaluate(text: string): unknown {
  return new Function(...Object.keys(names), `'use strict'; return (${text})`)(...Object.values(names));
}

describe('docs/reference/identifiers.md', () => {
  const lines = /```ts\n([\s\S]*?)```/.exec(page)?.[1]?.trim().split('\n') ?? [];

  it('has examples', () => {
    expect(lines.length).toBeGreaterThan(15);
  });

  it.each(lines)('%s', (line) => {
    const [code, wanted] = line.split(' // → ') as [string, string];
    expect(evaluate(code)).toEqual(evaluate(wanted));
  });

  it('names every form', () => {
    for (const form of library.UDI_FORMS) expect(page).toContain(`\`${form}\``);
  });
});
