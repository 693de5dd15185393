#!/usr/bin/env node
// Builds the command (dist/) and the web (web/dist/). Run by `npm ci` and `npm run build`; quiet unless something is wrong.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));

/** Files that the program reads at run time beside its code, by ending. */
const RUNTIME_ENDINGS = ['.yaml', '.yml', '.json', '.csv', '.sql', '.html', '.css', '.txt'];
/** Folders that hold tests only. */
const TEST_FOLDERS = new Set(['fixtures', 'testdata']);

/** Runs one tool of node_modules and gives its whole output; never throws. */
function run(title, script, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', script), ...args], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', (error) => resolve({ title, ok: false, output: `${error.message}\n` }));
    child.on('close', (code) => resolve({ title, ok: code === 0, output }));
  });
}

/** Copies everything under `from` that is no code and no test material. Answers how many files. */
async function copyRuntimeFiles(from, to) {
  let copied = 0;
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) {
      if (!TEST_FOLDERS.has(entry.name)) copied += await copyRuntimeFiles(source, target);
    } else if (RUNTIME_ENDINGS.some((ending) => entry.name.endsWith(ending))) {
      await mkdir(dirname(target), { recursive: true });
      await copyFile(source, target);
      copied += 1;
    }
  }
  return copied;
}

/** npm links the commands of packages, not that of the root: `npx xiedang` shall work in the checkout too. */
async function linkCommand() {
  const folder = join(root, 'node_modules/.bin');
  await mkdir(folder, { recursive: true });
  await rm(join(folder, 'xiedang'), { force: true });
  await symlink('../../bin/xiedang.mjs', join(folder, 'xiedang'));
}

// `npx xiedang` in the checkout makes npm prepare the package once more; what is built is not taken away from under others
if (
  process.env.npm_command === 'exec' &&
  ['dist/app/cli/main.js', 'web/dist/index.html'].every((file) => existsSync(join(root, file)))
) {
  process.exit(0);
}

const started = Date.now();
const only = process.argv[2];
const steps = [];

if (only !== 'web') {
  await rm(join(root, 'dist'), { recursive: true, force: true });
  steps.push(run('command (tsc)', 'typescript/bin/tsc', ['-p', 'tsconfig.build.json', '--pretty', 'false']));
}
if (only !== 'command') {
  steps.push(
    run('web (vite)', 'vite/bin/vite.js', ['build', '--config', 'web/vite.config.ts', '--logLevel', 'warn', 'web']),
  );
}

const results = await Promise.all(steps);
if (only !== 'web') {
  await copyRuntimeFiles(join(root, 'src'), join(root, 'dist'));
  if (results[0].ok) {
    // the law is checked when the program is built: a fault in rulebook/ is a fault of the build
    try {
      (await import(pathToFileURL(join(root, 'dist/rules/compile.js')).href)).compileRulebook();
    } catch (error) {
      results.push({ title: 'rulebook', ok: false, output: `${error.message}\n` });
    }
  }
}
await chmod(join(root, 'bin/xiedang.mjs'), 0o755);
await linkCommand();

const failed = results.filter((result) => !result.ok);
for (const { title, output } of failed) process.stderr.write(`build of the ${title} failed:\n${output}\n`);
for (const { title, ok, output } of results)
  if (ok && output.trim() !== '') process.stderr.write(`${title}: ${output.trim()}\n`);
if (failed.length > 0) process.exitCode = 1;
else process.stdout.write(`built in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
