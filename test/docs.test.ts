import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from './support/import-graph.ts';

function pagesUnder(folder: string): string[] {
  return readdirSync(join(repositoryRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pagesUnder(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const pages = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...pagesUnder('docs')];
const read = (page: string): string => readFileSync(join(repositoryRoot, page), 'utf8');
const targets = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '').filter((target) => !/^[a-z]+:|^#/.test(target));

describe('documentation', () => {
  it.each(pages)('%s links only to what exists', (page) => {
    const broken = targets(read(page)).filter(
      (target) => !existsSync(join(repositoryRoot, dirname(page), target.split('#')[0] ?? '')),
    );
    expect(broken).toEqual([]);
  });

  it('lists every page of docs/ in its index', () => {
    const listed = new Set(targets(read('docs/README.md')).map((target) => join('docs', target)));
    expect(pagesUnder('docs').filter((page) => page !== 'docs/README.md' && !listed.has(page))).toEqual([]);
  });

  it('keeps both READMEs equal: same links, same commands', () => {
    const [english, chinese] = [read('README.md'), read('README.zh-CN.md')];
    const others = (text: string) => targets(text).filter((target) => !target.startsWith('README'));
    expect(others(chinese)).toEqual(others(english));
    const commands = (text: string) => [...text.matchAll(/^(?:npm|npx) [^#\n]*/gm)].map((match) => match[0].trim());
    expect(commands(english).length).toBeGreaterThan(5);
    expect(commands(chinese)).toEqual(commands(english));
    const headings = (text: string) => text.match(/^#+ /gm)?.length;
    expect(headings(chinese)).toBe(headings(english));
  });

  it('explains each term of the glossary once', () => {
    const terms = [...read('docs/glossary.md').matchAll(/^\| ([^|]+?) \|/gm)]
      .map((match) => match[1] ?? '')
      .filter((term) => term !== '中文' && term !== '---');
    expect(terms.length).toBeGreaterThan(40);
    expect(terms.filter((term, i) => terms.indexOf(term) !== i)).toEqual([]);
  });
});
