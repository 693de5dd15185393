// `npm test`: everything that must be green, one stage after the other, with the time each took. The last line counts
// the tests; a stage that is no test run (lint, types, build) counts as one.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const scratch = mkdtempSync(join(tmpdir(), 'xiedang-run-'));
const bin = (name) => join(root, 'node_modules', name);

/** Runs one tool; its words are shown when it fails, or as they come where `live`. */
function run(args, { live = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    let words = '';
    child.stdout?.on('data', (chunk) => {
      words += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      words += chunk;
    });
    child.on('error', (error) => resolve({ ok: false, words: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, words }));
  });
}

/** A stage that is right or wrong as a whole. */
const check = (name, ...args) => ({
  name,
  run: async () => {
    const { ok, words } = await run(args);
    if (!ok) process.stdout.write(`${words.trim()}\n`);
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  },
});

/** A stage of tests, counted from the report of the runner. */
const tests = (name, ...args) => ({
  name,
  run: async () => {
    const report = join(scratch, `${name}.json`);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { ok } = await run([bin('vitest/vitest.mjs'), 'run', ...args, ...reporters], { live: true });
    if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
    const counts = JSON.parse(readFileSync(report, 'utf8'));
    // a file that does not load has no failed test, and yet is one
    const failed = Math.max(counts.numFailedTests, ok ? 0 : 1);
    return { passed: counts.numPassedTests, failed, skipped: counts.numPendingTests };
  },
});

const stages = [
  check('format and lint', bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'),
  check('unused code', bin('knip/bin/knip.js')),
  check('types', bin('typescript/bin/tsc'), '-p', 'tsconfig.json'),
  check('types of the web', bin('typescript/bin/tsc'), '-p', 'web/tsconfig.json'),
  check('build', 'build.mjs'),
  // a minute where it is the gate, a glance at a desk; the seed is printed when something is found
  check(
    'fuzz of the identifiers',
    '--import',
    'tsx',
    'test/fuzz/identifiers.fuzz.ts',
    '--seconds',
    process.env.CI ? '60' : '5',
  ),
  tests('tests'),
  tests('browser', '--config', 'vitest.browser.config.ts'),
];

const sum = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
try {
  for (const stage of stages) {
    const started = performance.now();
    process.stdout.write(`▸ ${stage.name}\n`);
    const result = await stage.run();
    for (const key of Object.keys(sum)) sum[key] += result[key];
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const skipped = result.skipped ? `, ${result.skipped} skipped` : '';
    lines.push(
      `${result.failed ? '✗' : '✓'} ${stage.name}: ${result.passed} passed, ${result.failed} failed${skipped} (${seconds} s)`,
    );
    process.stdout.write(`${lines.at(-1)}\n`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.stdout.write(`\n${lines.join('\n')}\n`);
process.stdout.write(`${sum.passed} passed, ${sum.failed} failed${sum.skipped ? `, ${sum.skipped} skipped` : ''}\n`);
process.exitCode = sum.failed > 0 ? 1 : 0;
