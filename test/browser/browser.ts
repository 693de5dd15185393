import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium as playwright } from 'playwright-core';
import { repositoryRoot } from '../support/import-graph.ts';

const require = createRequire(import.meta.url);
const packageFolder = join(repositoryRoot, 'node_modules/@sparticuz/chromium');
const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };

/** Folder with the unpacked browser; kept between runs, one for each version and user. */
const home = join(tmpdir(), `xiedang-browser-${version}-${process.getuid?.() ?? 0}`);

/**
 * Unpacks Chromium, the libraries it needs beside it and its fonts out of the npm package. The package unpacks into the
 * temporary folder of its process, so it is given one of its own, which takes its name only when it is complete.
 */
async function unpackBrowser(): Promise<void> {
  if (existsSync(join(home, 'chromium'))) return;
  const partial = `${home}.${process.pid}`;
  const before = { TMPDIR: process.env.TMPDIR, runtime: process.env.AWS_LAMBDA_JS_RUNTIME };
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  try {
    process.env.TMPDIR = partial;
    process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs20.x';
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    if (!existsSync(join(home, 'chromium'))) renameSync(partial, home);
  } finally {
    for (const [name, value] of [
      ['TMPDIR', before.TMPDIR],
      ['AWS_LAMBDA_JS_RUNTIME', before.runtime],
    ] as const) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(partial, { recursive: true, force: true });
  }
}

/** Fonts of the browser: those of its package, and the Chinese one that PDF files use. */
function fontsFile(): string {
  const noto = dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'));
  const folders = ['400Regular', '500Medium', '600SemiBold', '700Bold'].map((weight) => join(noto, weight));
  const prefer = (family: string, ...fonts: string[]) =>
    `<alias><family>${family}</family><prefer>${fonts.map((font) => `<family>${font}</family>`).join('')}</prefer></alias>`;
  const file = join(home, 'fonts.xml');
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
${[join(home, 'fonts'), ...folders, '/usr/share/fonts/truetype/dejavu'].map((folder) => `<dir>${folder}</dir>`).join('\n')}
<cachedir>${join(home, 'fonts-cache')}</cachedir>
${prefer('sans-serif', 'Noto Sans SC', 'Open Sans')}
${prefer('system-ui', 'Noto Sans SC', 'Open Sans')}
${prefer('monospace', 'DejaVu Sans Mono', 'Noto Sans SC')}
</fontconfig>`,
  );
  return file;
}

/** A headless browser that needs nothing of the system but its C library. */
export async function openBrowser(): Promise<Browser> {
  await unpackBrowser();
  return playwright.launch({
    executablePath: join(home, 'chromium'),
    headless: true,
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    env: {
      ...process.env,
      FONTCONFIG_FILE: fontsFile(),
      LD_LIBRARY_PATH: [join(home, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      HOME: home,
    } as Record<string, string>,
  });
}
