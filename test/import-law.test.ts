import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { domainArrows, domainOrder } from './import-law.ts';
import { cyclesOf, type Import, importsOf, readImports, repositoryRoot } from './support/import-graph.ts';
import { judge } from './support/judge-import.ts';

const imports = readImports(['src', 'web', 'test', 'bench']);

describe('import law', () => {
  it('is kept by every import', () => {
    const broken = imports.flatMap((one) => {
      const why = judge(one);
      return why === null ? [] : [`${one.from} → ${one.to ?? one.spelled}: ${why}`];
    });
    expect(broken).toEqual([]);
  });

  it('leaves no circle, type imports counted', () => {
    expect(cyclesOf(imports)).toEqual([]);
  });

  it('sees the whole program', () => {
    expect(imports.length).toBeGreaterThan(700);
    const missing = imports.filter(({ to }) => to !== null && !existsSync(join(repositoryRoot, to)));
    expect(missing.map(({ from, spelled }) => `${from}: ${spelled}`)).toEqual([]);
  });

  it('names only arrows that are walked, and only to the left', () => {
    for (const [own, targets] of Object.entries(domainArrows))
      for (const [target, reason] of Object.entries(targets)) {
        const order: readonly string[] = domainOrder;
        expect(order.indexOf(target), `${own} → ${target}`).toBeLessThan(order.indexOf(own));
        expect(reason.length, `${own} → ${target} says why`).toBeGreaterThan(10);
        const walked = imports.some(
          ({ from, to }) => from.startsWith(`src/domains/${own}/`) && to?.startsWith(`src/domains/${target}/`),
        );
        expect(walked, `${own} → ${target} is used`).toBe(true);
      }
  });
});

describe('the judge', () => {
  const judged = (from: string, to: string) => judge({ from, spelled: './x.ts', to, started: false });

  it.each([
    ['src/kernel/a.ts', 'src/rules/b.ts'],
    ['src/kernel/a.ts', 'src/platform/http/b.ts'],
    ['src/platform/http/a.ts', 'src/domains/devices/index.ts'],
    ['src/rules/a.ts', 'src/domains/devices/index.ts'],
    ['src/domains/devices/search.ts', 'src/platform/postgres/store.ts'],
    ['src/domains/devices/store.pg.ts', 'src/sources/registry.ts'],
    ['src/domains/identifiers/a.ts', 'src/domains/devices/index.ts'],
    ['src/domains/devices/a.ts', 'src/domains/certificates/index.ts'],
    ['src/domains/devices/a.ts', 'src/domains/parties/store.ts'],
    ['src/domains/devices/a.ts', 'src/domains/identifiers/udi/parse-udi.ts'],
    ['src/domains/unheard-of/a.ts', 'src/domains/identifiers/index.ts'],
    ['src/sources/gudid/a.ts', 'src/sources/eudamed/b.ts'],
    ['src/sources/gudid/a.ts', 'src/domains/devices/store.pg.ts'],
    ['src/sources/gudid/a.ts', 'src/platform/postgres/store.ts'],
    ['src/processes/import/a.ts', 'src/app/cli/main.ts'],
    ['src/processes/import/a.ts', 'src/domains/devices/service.ts'],
    ['src/app/cli/a.ts', 'test/support/database.ts'],
    ['src/app/cli/a.ts', 'src/domains/devices/search.test.ts'],
    ['web/features/a.ts', 'src/domains/devices/types.ts'],
    ['web/features/a.ts', 'src/app/server/server.ts'],
    ['src/novel/a.ts', 'src/kernel/clock.ts'],
  ])('refuses %s → %s', (from, to) => {
    expect(judged(from, to)).not.toBeNull();
  });

  it.each([
    ['src/domains/devices/store.pg.ts', 'src/platform/postgres/connections.ts'],
    ['src/domains/devices/search-store.pg.ts', 'src/platform/postgres/connections.ts'],
    ['src/domains/devices/dossier-routes.ts', 'src/platform/http/server.ts'],
    ['src/domains/devices/a.ts', 'src/domains/identifiers/index.ts'],
    ['src/sources/registry.ts', 'src/sources/gudid/gudid.ts'],
    ['src/app/server/server.ts', 'src/domains/devices/store.pg.ts'],
    ['src/platform/postgres/a.test.ts', 'test/support/database.ts'],
    ['web/features/a.ts', 'src/domains/identifiers/words.ts'],
  ])('allows %s → %s', (from, to) => {
    expect(judged(from, to)).toBeNull();
  });

  it('refuses foreign packages where a folder promises to do without', () => {
    const foreign = (from: string, spelled: string) => judge({ from, spelled, to: null, started: false });
    expect(foreign('src/domains/identifiers/udi/a.ts', 'node:fs')).not.toBeNull();
    expect(foreign('src/domains/devices/store.pg.ts', 'postgres')).not.toBeNull();
    expect(foreign('src/domains/devices/search.ts', 'fastify')).not.toBeNull();
    expect(foreign('src/domains/devices/routes.ts', 'fastify')).toBeNull();
    expect(foreign('src/platform/postgres/driver.ts', 'postgres')).toBeNull();
  });

  it('finds circles, and imports in every spelling', () => {
    const line = (from: string, to: string): Import => ({ from, spelled: './x.ts', to, started: false });
    expect(cyclesOf([line('a', 'b'), line('b', 'c'), line('c', 'a'), line('c', 'd')])).toEqual([['a', 'b', 'c']]);
    expect(cyclesOf([line('a', 'b'), line('a', 'c'), line('b', 'c')])).toEqual([]);
    expect(cyclesOf([line('a', 'b'), { ...line('b', 'a'), started: true }])).toEqual([]);
    const text = `import type { A } from './a.ts';\nexport { b } from '../b.ts';\nconst c = await import('./c.ts');\nnew Worker(new ${'URL'}('./d.ts', import.meta.url));\nimport 'node:fs';`;
    expect(importsOf('src/x/y.ts', text).map(({ to, spelled }) => to ?? spelled)).toEqual([
      'src/x/a.ts',
      'src/b.ts',
      'src/x/c.ts',
      'node:fs',
      'src/x/d.ts',
    ]);
  });
});
