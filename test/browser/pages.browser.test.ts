import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { drawBarcodePng } from '../../src/platform/barcodes/draw-barcode.ts';
import { deviceXml, udidRecord, udidXml } from '../support/udid-release.ts';
import { Program } from './program.ts';
import { pageForEachTest } from './test-page.ts';

const FIRST = '2025-01-10';
const SECOND = '2025-03-05';
const devices = Array.from({ length: 60 }, (_, i) => i + 1);
const di = (n: number): string => udidRecord(n).zxxsdycpbs ?? '';

const program = new Program();
let page: Page;

/** Writes a release document beside the data folder; answers its path. */
function release(name: string, records: readonly Readonly<Record<string, string>>[], count?: number): string {
  const folder = join(program.folder, 'files');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, udidXml(records.map(deviceXml), count));
  return path;
}

/** Waits until the text of what is found holds `words`. */
async function holds(where: Locator, words: string | RegExp): Promise<void> {
  await where.filter({ hasText: words }).first().waitFor({ timeout: 20_000 });
}

pageForEachTest(program, {
  arrange: async () => {
    const full = release(
      'UDID_FULL_20250110.xml',
      devices.map((n) => udidRecord(n)),
    );
    const update = release('UDID_DAY_20250305.xml', [
      udidRecord(1, { ggxh: 'M-1-NEW', versionNumber: '2', versionTime: SECOND, versionStauts: '更新' }),
    ]);
    await program.run('import', full, '--released-on', FIRST, '--json');
    await program.run('import', update, '--released-on', SECOND, '--json');
  },
  given: async (opened) => {
    page = opened;
    await page.goto(program.address);
  },
});

describe('search', () => {
  it('finds devices by words and opens the dossier', async () => {
    await page.locator('#home-search').fill('一次性使用导管3');
    await page.locator('#home-search').press('Enter');
    await page.waitForURL(/\/devices\?q=/);
    const rows = page.locator('.data-table tbody tr').filter({ hasText: '一次性使用导管3' });
    await rows.first().waitFor();
    const { total } = (await program.get(`/api/v1/devices?q=${encodeURIComponent('一次性使用导管3')}`)) as {
      total: { value: number };
    };
    expect(total.value).toBe(devices.filter((n) => n % 7 === 3).length);
    await holds(page.locator('main'), `共 ${total.value} 条`);
    await rows.first().getByRole('link').first().click();
    await page.waitForURL(/\/d\/nmpa-udid\//);
    await holds(page.locator('main h1'), '一次性使用导管3');
  });

  it('understands a code in the same field', async () => {
    await page.locator('#home-search').fill(`(01)${di(5)}(10)LOT7`);
    await page.locator('#home-search').press('Enter');
    await page.waitForURL(/\/(d|codes)\b/);
    await holds(page.locator('main'), di(5));
  });

  it('says what to do when nothing is found', async () => {
    await page.goto(`${program.address}/devices?q=${encodeURIComponent('鲲鹏展翅九万里')}`);
    await holds(page.locator('main'), '鲲鹏展翅九万里');
    expect(await page.locator('.data-table tbody tr').filter({ hasText: '导管' }).count()).toBe(0);
  });
});

describe('dossier', () => {
  it('turns to another day and back', async () => {
    await page.goto(`${program.address}/d/nmpa-udid/K000001`);
    await holds(page.locator('main'), 'M-1-NEW');
    await page.getByRole('button', { name: /^档案日期/ }).click();
    await page.locator('#as-of').fill('2025-02-01');
    await page.locator('#as-of').press('Enter');
    await page.waitForURL(/asOf=2025-02-01/);
    await holds(page.getByTestId('as-of-banner'), '2025-02-01');
    await page.locator('main').getByText('M-1', { exact: true }).first().waitFor();
    expect(await page.locator('main').getByText('M-1-NEW', { exact: true }).count()).toBe(0);
    await page
      .getByRole('button', { name: /回到今天/ })
      .first()
      .click();
    await page.getByTestId('as-of-banner').waitFor({ state: 'detached' });
    await holds(page.locator('main'), 'M-1-NEW');
  });

  it('says where a value comes from', async () => {
    await page.goto(`${program.address}/d/nmpa-udid/K000002`);
    const value = page.locator('main .sourced').filter({ hasText: /^M-2$/ }).first();
    await value.hover();
    const card = page.locator('.source-card').last();
    await holds(card, 'UDID_FULL_20250110');
    await holds(card, FIRST);
  });

  it('does not exist for an unknown key', async () => {
    await page.goto(`${program.address}/d/nmpa-udid/NO-SUCH`);
    await holds(page.locator('main'), /没有/);
  });
});

describe('code desk', () => {
  it('reads a barcode from an image', async () => {
    const text = `(01)${di(9)}(17)271231(10)A1`;
    const picture = await drawBarcodePng({ kind: 'gs1-datamatrix', text }, 6);
    await page.goto(`${program.address}/codes`);
    await page
      .getByLabel('含条码的图片')
      .setInputFiles({ name: 'label.png', mimeType: 'image/png', buffer: Buffer.from(picture) });
    await holds(page.getByTestId('desk-said'), 'label.png');
    const read = await page.locator('#codes-text').inputValue();
    expect(read.replaceAll(/[^0-9A-Z]/g, '')).toContain(`01${di(9)}1727123110A1`);
    // what it says, and whose it is
    await holds(page.locator('main'), '2027-12-31');
    await page.getByRole('link', { name: '一次性使用导管2 · M-9' }).waitFor();
  });

  it('takes a thousand lines and says of each what it is', async () => {
    const lines = Array.from({ length: 1000 }, (_, i) => (i < 60 ? di(i + 1) : `国械注准2015${3000000 + i}`));
    lines[999] = '06901234567893';
    await page.goto(`${program.address}/codes`);
    await page.locator('#codes-text').fill(lines.join('\n'));
    await holds(page.locator('main'), '1,000');
    await holds(page.locator('main'), /已找到 60/);
    await holds(page.locator('main'), /全部 1,000/);
  });

  it('reads without the server', async () => {
    await page.goto(`${program.address}/codes`);
    await page.locator('#codes-text').waitFor();
    await page.locator('#codes-text').fill('06901234567892');
    await holds(page.locator('main'), 'GS1');
    await page.context().setOffline(true);
    await page.locator('#codes-text').fill('+A123BJC5D6E71G');
    await holds(page.locator('main'), 'HIBC');
    await page.context().setOffline(false);
  });
});

describe('import', () => {
  it('refuses a file whose count contradicts its header, and says so', async () => {
    const bad = release('UDID_DAY_20250401.xml', [udidRecord(70)], 5);
    await page.goto(`${program.address}/releases`);
    await page.getByLabel(/^发布文件/).setInputFiles(bad);
    await page.getByRole('button', { name: '开始导入' }).click();
    await holds(page.locator('main'), /part\.count-mismatch|5/);
    await holds(page.getByTestId('import-progress').locator('h2'), /失败/);
    const { total } = (await program.get('/api/v1/devices?q=M-70')) as { total: { value: number } };
    expect(total.value).toBe(0);
  });

  it('takes good rows, lists the bad one, and reports the change', async () => {
    const mixed = release('UDID_DAY_20250402.xml', [udidRecord(71), udidRecord(72, { deviceRecordKey: '' })]);
    await page.goto(`${program.address}/releases`);
    await page.getByLabel(/^发布文件/).setInputFiles(mixed);
    await page.getByRole('button', { name: '开始导入' }).click();
    await holds(page.getByTestId('import-progress').locator('h2'), /完成/);
    await page.getByTestId('import-progress').getByRole('link', { name: '查看导入报告' }).click();
    await page.waitForURL(/\/releases\/./);
    await holds(page.locator('main'), 'source.missing-key');
    await holds(page.locator('main table'), di(71));
  });
});

describe('frame', () => {
  it('speaks Chinese and English and keeps the choice', async () => {
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await page.getByRole('button', { name: '中文', exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.reload();
    await page.getByRole('button', { name: '中文', exact: true }).waitFor();
  });

  it('has a light and a dark theme', async () => {
    const theme = () => page.locator('html').getAttribute('data-theme');
    expect(await theme()).toBe('light');
    const ink = await page.evaluate('getComputedStyle(document.body).color');
    await page.getByRole('button', { name: '切换到深色' }).click();
    await page.getByRole('button', { name: '切换到浅色' }).waitFor();
    expect(await theme()).toBe('dark');
    expect(await page.evaluate('getComputedStyle(document.body).color')).not.toBe(ink);
  });

  it.each(['/', '/devices?q=导管', '/d/nmpa-udid/K000001', '/codes', '/releases', '/quality', '/sources', '/about'])(
    'holds %s on a narrow screen',
    async (path) => {
      await page.setViewportSize({ width: 320, height: 700 });
      await page.goto(`${program.address}${encodeURI(path)}`);
      await page.locator('main h1, main form, main search').first().waitFor({ state: 'attached' });
      await page.waitForLoadState('networkidle');
      const wider = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(wider).toBeLessThanOrEqual(0);
    },
  );
});
