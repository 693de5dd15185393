import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Program } from './program.ts';
import { pageForEachTest } from './test-page.ts';

const program = new Program();
let page: Page;

/** Waits until the text of what is found holds `words`. */
async function holds(where: Locator, words: string | RegExp): Promise<void> {
  await where.filter({ hasText: words }).first().waitFor({ timeout: 20_000 });
}

/** Nothing of the page lies beside the window. */
async function fits(): Promise<void> {
  const [inner, outer] = (await page.evaluate(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  )) as [number, number];
  expect(inner).toBeLessThanOrEqual(outer);
}

pageForEachTest(program, {
  given: (opened) => {
    page = opened;
  },
});

describe('the list of rules', () => {
  it('is reached by the rail, searched, filtered and opened by keys', async () => {
    await page.goto(program.address);
    await page.getByRole('link', { name: '规则库', exact: true }).click();
    await page.waitForURL(/\/rules$/);
    const { total } = (await program.get('/api/v1/rules')) as { total: { value: number } };
    await holds(page.locator('main'), `共 ${total.value} 条`);
    await page.getByRole('searchbox', { name: /名称、条款/ }).fill('技术审评 第二类');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=/);
    await holds(page.locator('.data-table tbody tr'), '60 个工作日');
    await page.goto(`${program.address}/rules?kind=time-limit&place=cn%2Fregistration`);
    const { total: fewer } = (await program.get('/api/v1/rules?kind=time-limit&place=cn/registration')) as {
      total: { value: number };
    };
    await holds(page.locator('main'), `共 ${fewer.value} 条`);
    await page.locator('main h1').click();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/rules\/[a-z]/i);
    await holds(page.locator('main h2'), '历次数值');
  });

  it('shows what is missing as not determinable, never as a number', async () => {
    await page.goto(`${program.address}/rules?q=inspect-rectify-national-days`);
    const chip = page.locator('.data-table tbody tr .word-grey', { hasText: '无法判定' });
    await chip.first().click();
    await holds(page.locator('.ant-popover'), '查过，未找到数值');
  });

  it('says which condition leaves nothing', async () => {
    await page.goto(`${program.address}/rules?q=${encodeURIComponent('鲲鹏')}&kind=promise`);
    await holds(page.getByTestId('empty'), '去掉“文字：鲲鹏”');
    await page.getByRole('button', { name: /去掉“文字/ }).click();
    await holds(page.locator('.data-table tbody tr'), '承诺时限');
  });
});

describe('one rule', () => {
  it('shows its value, its sources and who uses it', async () => {
    await page.goto(`${program.address}/rules/review-II`);
    await holds(page.getByTestId('rule-value'), '60 个工作日');
    await holds(page.locator('.history-entry'), '第九十二条(二)');
    await holds(page.locator('.history-span'), '60 个工作日');
    const user = page.locator('main .lines').getByRole('link', { name: '首次注册' });
    expect(await user.getAttribute('href')).toBe('/clocks?procedure=registration-first');
    await page
      .getByRole('link', { name: /医疗器械注册与备案管理办法/ })
      .first()
      .click();
    await page.waitForURL(/\/instruments\/samr-47-2021/);
    await holds(page.locator('main h1'), '医疗器械注册与备案管理办法');
    await holds(page.locator('.data-table tbody tr'), '技术审评（第二类）');
  });

  it('follows the dates of the frame', async () => {
    await page.goto(`${program.address}/rules/review-II?asOf=2021-09-30`);
    await holds(page.getByTestId('as-of-banner'), '2021-09-30');
    await holds(page.getByTestId('rule-value'), '无法判定');
    await holds(page.locator('.rule-now'), '当日尚未生效');
    await page.keyboard.press('t');
    await holds(page.getByTestId('rule-value'), '60 个工作日');
  });

  it('shows the value set on this machine, with who and why, while the server runs', async () => {
    const folder = join(program.env.XIEDANG_DATA ?? '', 'rulebook/parameters/cn/registration');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'review-III.yaml'),
      `id: review-III
values:
  - from: '2026-01-01'
    until: null
    value: 80
    recorded: '2026-01-01'
    firmness: quoted
    by: 法规部
    why: 试行
    sources: [{instrument: samr-47-2021, article: null, firmness: quoted}]
    note: null
`,
    );
    await page.waitForTimeout(1500);
    await page.goto(`${program.address}/rules/review-III`);
    await holds(page.getByTestId('rule-value'), '80 个工作日');
    await holds(page.locator('.history-entry'), '法规部 设定：试行');
    expect(await page.locator('.history-span').count()).toBe(2);
  });

  it('does not exist for an unknown id', async () => {
    await page.goto(`${program.address}/rules/no-such`);
    await holds(page.getByRole('alert'), 'rules.not-found');
  });
});

describe('a table', () => {
  it('is searched, and says when nothing is left', async () => {
    await page.goto(`${program.address}/rules/negative-list-prohibitions`);
    await holds(page.locator('.rule-table tbody tr'), 'NL-001');
    const all = await page.locator('.rule-table tbody tr').count();
    const search = page.getByRole('searchbox', { name: '在表中查找' });
    await search.fill('NL-002');
    await page.waitForURL(/q=NL-002/);
    await holds(page.locator('.table-tools'), new RegExp(`^[1-9] 行，共 ${all} 行`));
    await search.fill('鲲鹏');
    await holds(page.locator('.empty'), '鲲鹏');
    await page.getByRole('button', { name: '清除查找' }).click();
    await holds(page.locator('.table-tools'), `${all} 行，共 ${all} 行`);
  });
});

describe('changes', () => {
  it('shows what begins and ends between two days', async () => {
    await page.goto(`${program.address}/rules/changes?from=2026-10-31&to=2026-11-01`);
    await holds(page.locator('.data-table tbody tr'), '医疗器械生产质量管理规范（2025年）');
    await holds(page.locator('.data-table tbody tr .word-red'), '终止');
    await page.getByRole('button', { name: '收录' }).click();
    await page.waitForURL(/axis=known/);
    await page.goto(`${program.address}/rules/changes?from=1990-01-01&to=1990-01-02`);
    await holds(page.getByTestId('empty'), '没有变化');
    await page.goto(`${program.address}/rules/changes?from=2026-11-02&to=2026-11-01`);
    await holds(page.getByRole('alert'), '起日晚于止日');
  });
});

describe('every page of the rulebook', () => {
  const PAGES = [
    '/rules',
    '/rules/review-II',
    '/rules/gd-priority-speed',
    '/rules/negative-list-prohibitions',
    '/rules/gmp-versions',
    '/rules/changes?from=2021-01-01&to=2026-11-22',
    '/instruments',
    '/instruments/samr-47-2021',
  ];

  it.each([
    ['zh', 'light'],
    ['en', 'dark'],
  ])('stands at 320 px in %s, %s', async (lang, theme) => {
    await page
      .context()
      .addInitScript(`localStorage.setItem('xiedang.preferences', ${JSON.stringify(JSON.stringify({ lang, theme }))})`);
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of PAGES) {
      await page.goto(`${program.address}${path}`);
      await page.locator('main h1').waitFor();
      await page.waitForLoadState('networkidle');
      await fits();
      if (lang === 'en') expect(await page.locator('main h1').textContent(), path).not.toMatch(/[\u3400-\u9fff]/);
      const shots = process.env.XIEDANG_LOOKS;
      if (shots) await page.screenshot({ path: join(shots, `${path.replaceAll(/\W+/g, '-')}-${lang}.png`) });
    }
  });
});
