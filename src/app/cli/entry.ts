import { fileURLToPath } from 'node:url';

/** Program and arguments that run this very command again in a process of its own, built or from the sources. */
export function commandEntry(): [program: string, ...args: string[]] {
  if (!import.meta.url.endsWith('.ts')) {
    return [process.execPath, fileURLToPath(new URL('./main.js', import.meta.url))];
  }
  return [
    process.execPath,
    '--import',
    import.meta.resolve('tsx'),
    fileURLToPath(new URL('./main.ts', import.meta.url)),
  ];
}
