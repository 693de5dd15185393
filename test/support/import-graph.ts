import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Root folder of the repository. */
export const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface Import {
  /** Importing file, from the root of the repository, with `/`. */
  readonly from: string;
  /** What the import says: `./x.ts`, `node:fs`, `fastify`. */
  readonly spelled: string;
  /** The imported file from the root of the repository; null for a package or a Node module. */
  readonly to: string | null;
  /** True for a file that is started as a thread or process of its own and not loaded into this one. */
  readonly started: boolean;
}

/** Every TypeScript file under `folder`, from the root of the repository, sorted. */
export function typescriptFiles(folder: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(repositoryRoot, folder), { withFileTypes: true })) {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && entry.name !== 'dist') found.push(...typescriptFiles(path));
    } else if (/\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts')) found.push(path);
  }
  return found.sort();
}

/** The imports of one source text, type imports, re-exports, `import()` and files opened by `new URL` among them. */
export function importsOf(from: string, text: string): Import[] {
  const loaded = ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName);
  const started: string[] = [];
  for (const match of text.matchAll(/new URL\(\s*'(\.{1,2}\/[^']+\.tsx?)'/g)) if (match[1]) started.push(match[1]);
  const entry = (name: string, isStarted: boolean): Import => ({
    from,
    spelled: name,
    to: name.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), name)) : null,
    started: isStarted,
  });
  return [
    ...[...new Set(loaded)].map((name) => entry(name, false)),
    ...[...new Set(started)].map((name) => entry(name, true)),
  ];
}

/** Imports of all files under the given folders. */
export function readImports(folders: readonly string[]): Import[] {
  return folders
    .flatMap(typescriptFiles)
    .flatMap((file) => importsOf(file, readFileSync(join(repositoryRoot, file), 'utf8')));
}

/** Groups of files that import each other in a circle (Tarjan), each sorted; none in a healthy house. */
export function cyclesOf(imports: readonly Import[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to, started } of imports) {
    if (to === null || started) continue;
    const list = next.get(from);
    if (list) list.push(to);
    else next.set(from, [to]);
  }
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const cycles: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file)!);
    stack.push(file);
    onStack.add(file);
    for (const target of next.get(file) ?? []) {
      if (!index.has(target)) {
        visit(target);
        low.set(file, Math.min(low.get(file)!, low.get(target)!));
      } else if (onStack.has(target)) low.set(file, Math.min(low.get(file)!, index.get(target)!));
    }
    if (low.get(file) !== index.get(file)) return;
    const group: string[] = [];
    for (;;) {
      const member = stack.pop()!;
      onStack.delete(member);
      group.push(member);
      if (member === file) break;
    }
    if (group.length > 1 || (next.get(file) ?? []).includes(file)) cycles.push(group.sort());
  };
  for (const file of next.keys()) if (!index.has(file)) visit(file);
  return cycles;
}
