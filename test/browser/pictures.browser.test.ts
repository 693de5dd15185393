import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../support/import-graph.ts';
import { openBrowser } from './browser.ts';
import { Program } from './program.ts';

const folder = join(repositoryRoot, 'docs/pictures');
const DEVICE = 'gudid/00801741042577';
const CODES = ['(01)00801741042577(17)271231(10)A1', '+A123BJC5D6E71G', '国械注准20153130001', '06901234567893'];
const PAGES = {
  home: '/',
  devices: '/devices?q=catheter',
  dossier: `/d/${DEVICE}`,
  codes: '/codes',
  releases: '/releases',
  quality: '/quality',
  rule: '/rules/review-III',
  clocks: '/clocks',
  duties: '/duties',
} as const;
/** An invented enterprise, named as one. */
const PARTY = {
  name: '示例医疗器械有限公司（虚构）',
  party: {
    roles: ['registrant', 'manufacturer'],
    classes: ['II', 'III'],
    certificates: [
      { number: '国械注准20223030001', class: 'III', expires: '2027-06-30', firstRegistered: '2022-07-01' },
    ],
    licences: [{ kind: 'production', expires: '2027-03-31' }],
  },
  events: [{ type: 'recall-decided', level: 2, date: '2026-11-18' }],
};
const SCREENS = { wide: { width: 1366, height: 900 }, phone: { width: 390, height: 844 } } as const;

/** Every look of the dossier; of the other pages one of each language, theme and width. */
const looks = (['zh', 'en'] as const).flatMap((lang) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    (['wide', 'phone'] as const).map((screen) => ({ lang, theme, screen })),
  ),
);
const pictures = Object.keys(PAGES).flatMap((page) =>
  looks
    .filter(
      ({ lang, theme, screen }) =>
        page === 'dossier' ||
        (lang === 'zh' && theme === 'light') ||
        (lang === 'en' && theme === 'dark' && screen === 'wide'),
    )
    .map((look) => ({ page: page as keyof typeof PAGES, ...look })),
);

describe.skipIf(process.env.XIEDANG_PICTURES !== '1')('pictures of the documentation (XIEDANG_PICTURES=1)', () => {
  const program = new Program();
  let browser: Browser;
  const keep = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json', origin: program.address };
    const answer = await fetch(`${program.address}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    await program.run('demo', 'load', '--json');
    await program.serve();
    await keep('/api/v1/duties/profiles', PARTY);
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await program.close();
  });

  it.each(pictures)('$page $lang $theme $screen', async ({ page: name, lang, theme, screen }) => {
    const context = await browser.newContext({ viewport: SCREENS[screen], locale: lang === 'zh' ? 'zh-CN' : 'en' });
    await context.addInitScript(
      `localStorage.setItem('xiedang.preferences', ${JSON.stringify(JSON.stringify({ lang, theme }))})`,
    );
    const page = await context.newPage();
    await page.goto(`${program.address}${PAGES[name]}`);
    if (name === 'codes') await page.locator('#codes-text').fill(CODES.join('\n'));
    // the first of the examples that are offered for a click
    if (name === 'clocks') await page.locator('.clock-examples').locator('a, button').first().click();
    if (name === 'duties') await page.locator('main a[href*="/duties/"]').first().click();
    await page.locator('main h1').first().waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(600);
    const suffix = screen === 'phone' ? '-phone' : '';
    const file = join(folder, `${name}-${lang}-${theme}${suffix}.png`);
    await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
    await context.close();
    expect(statSync(file).size).toBeLessThan(300_000);
    expect(statSync(file).size).toBeGreaterThan(10_000);
  });
});
