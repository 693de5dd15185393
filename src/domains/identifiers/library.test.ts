import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';

const folder = dirname(fileURLToPath(import.meta.url));

/** Files of the library itself: no tests, no generators. */
function libraryFiles(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => !file.endsWith('.test.ts') && !/(^|[\\/])generate-[^\\/]*$/.test(file))
    .map((file) => join(folder, file));
}

/** Gzipped size in bytes of the minified bundle of a module with everything it exports. */
async function gzipSize(entry: string): Promise<number> {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      rollupOptions: { input: join(folder, entry), preserveEntrySignatures: 'strict', output: { format: 'es' } },
    },
  });
  const bundles = Array.isArray(output) ? output : [output];
  let size = 0;
  for (const bundle of bundles) {
    if (!('output' in bundle)) continue;
    for (const part of bundle.output) if (part.type === 'chunk') size += gzipSync(part.code, { level: 9 }).length;
  }
  return size;
}

describe('the published library', () => {
  it('imports nothing from outside its folder and no built-in module', () => {
    for (const file of libraryFiles()) {
      const source = readFileSync(file, 'utf8');
      for (const match of source.matchAll(/(?:from|import\()\s*'([^']+)'/g)) {
        const target = match[1] as string;
        expect(target, `${file} imports ${target}`).toMatch(/^\.\.?\//);
        expect(resolve(dirname(file), target).startsWith(folder), `${file} imports ${target}`).toBe(true);
      }
    }
  });

  it('uses nothing that only Node has', () => {
    for (const file of libraryFiles()) {
      const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      expect(code, file).not.toMatch(/\b(?:Buffer|process|require|__dirname|__filename)\s*[.([]/);
    }
  });

  it('is smaller than 40 kB gzipped, the UDI part smaller than 25 kB', async () => {
    const all = await gzipSize('index.ts');
    const udi = await gzipSize('udi/parse-udi.ts');
    expect(udi).toBeGreaterThan(5_000);
    expect(udi).toBeLessThan(25_000);
    expect(all, `${all} bytes`).toBeLessThan(40_000);
  });
});
