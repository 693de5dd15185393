import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Program } from './program.ts';
import { pageForEachTest } from './test-page.ts';

const program = new Program();
let page: Page;

// acts of a province that does not exist
const OLD = `甲省药品监督管理局关于开展义齿追溯工作的通告
（2023年第7号）

一、注册人应当于2023年12月31日前建立追溯台账。
二、本通告自2023年8月1日起施行。

甲省药品监督管理局
2023年7月10日`;

const NEW = `甲省药品监督管理局关于做好义齿唯一标识工作的公告
（2026年第18号）

为贯彻落实《义齿追溯管理办法》，现公告如下：

一、工作要求
（一）标识赋码。自2026年9月1日起，注册人应当为每件产品赋予唯一标识。
（二）数据提交。注册人应当在产品上市销售前将产品标识上传至省级数据库；数据发生变化的，应当在10个工作日内完成更新。
（三）使用管理。医疗机构不得使用无法扫码识别的产品。

二、时间安排
注册人应当于2026年12月31日前完成首批3200个产品标识的上传。

三、本公告自2026年9月1日起施行。《甲省药品监督管理局关于开展义齿追溯工作的通告》（2023年第7号）同时废止。

甲省药品监督管理局
2026年6月20日`;

const RULE = `义齿追溯管理办法

第一章 总则
第一条 为规范定制式义齿追溯，制定本办法。
第二条 在本省从事义齿生产的单位应当遵守本办法。
第三条 生产单位应当保存追溯记录不少于5年。
第四条 监督管理部门应当每年组织一次检查。
第五条 本办法自2020年1月1日起施行。`;

/** Waits until the text of what is found holds `words`. */
async function holds(where: Locator, words: string | RegExp): Promise<void> {
  await where.filter({ hasText: words }).first().waitFor({ timeout: 20_000 });
}

/** Nothing of the page lies beside the window. */
async function fits(path: string): Promise<void> {
  const [inner, outer] = (await page.evaluate(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  )) as [number, number];
  expect(inner, path).toBeLessThanOrEqual(outer);
}

/** Every control has a name, every field a label, headings begin with one h1, ids are not given twice. */
async function namedRightly(path: string): Promise<void> {
  const faults = (await page.evaluate(`(() => {
    const faults = [];
    const shown = (element) => element.getClientRects().length > 0;
    const nameOf = (element) =>
      (element.getAttribute('aria-label') || element.textContent || element.title || '').trim() ||
      [...(element.labels || [])].map((label) => label.textContent).join('').trim() ||
      (element.getAttribute('aria-labelledby') || '').split(' ').map((id) => document.getElementById(id)?.textContent || '').join('').trim();
    for (const control of document.querySelectorAll('main button, main a[href], main input, main select, main textarea'))
      if (shown(control) && control.type !== 'hidden' && nameOf(control) === '') faults.push('no name: ' + control.outerHTML.slice(0, 120));
    if (document.querySelectorAll('main h1').length !== 1) faults.push('h1: ' + document.querySelectorAll('main h1').length);
    const ids = new Set();
    for (const { id } of document.querySelectorAll('[id]')) { if (id !== '' && ids.has(id)) faults.push('twice: ' + id); ids.add(id); }
    return faults;
  })()`)) as string[];
  expect(faults, path).toEqual([]);
}

async function idOf(key: string): Promise<string> {
  const { items } = (await program.get('/api/v1/policies?limit=50')) as { items: { id: string; key: string }[] };
  const found = items.find((item) => item.key.includes(key));
  if (!found) throw new Error(`no policy with the key ${key}: ${items.map((item) => item.key).join()}`);
  return found.id;
}

pageForEachTest(program, {
  arrange: async () => {
    const folder = join(program.folder, 'texts');
    mkdirSync(folder);
    const texts = { 'old-2023-7': OLD, 'new-2026-18': NEW, 'rule-2020': RULE };
    const files = Object.entries(texts).map(([name, text]) => {
      const file = join(folder, `${name}.txt`);
      writeFileSync(file, text);
      return file;
    });
    await program.run('policy', 'import', ...files);
  },
  given: (opened) => {
    page = opened;
  },
});

describe('the reading desk', () => {
  it('shows a text beside what was read out of it, each lighting the other', async () => {
    await page.goto(`${program.address}/policies/read`);
    await page.getByRole('button', { name: '公告：分步上传标识数据' }).click();
    const structure = page.getByTestId('structure');
    await holds(structure, '2026年第18号');
    const duty = structure.locator('.entry-obligation', { hasText: '赋予唯一标识' });
    await duty.locator('.entry-button').hover();
    await holds(page.locator('.marked-text .mk-lit'), '赋予唯一标识');
    await duty.locator('.entry-button').click();
    await holds(page.locator('.marked-text .mk-selected'), '赋予唯一标识');
    expect(new URL(page.url()).searchParams.get('el')).toMatch(/^0\.obligation\./);
    // and the other way round
    await page.locator('.marked-text .mk-cite', { hasText: '医疗器械监督管理条例' }).first().click();
    await holds(structure.locator('.entry-selected'), '医疗器械监督管理条例');
    await page.locator('main h1').click();
    const before = new URL(page.url()).searchParams.get('el');
    await page.keyboard.press('j');
    await page.waitForFunction(`new URL(location.href).searchParams.get('el') !== ${JSON.stringify(before)}`);
    await page.goBack();
  });

  it('takes away marks of a kind by name', async () => {
    await page.goto(`${program.address}/policies/read?example=notice`);
    await holds(page.locator('.marked-text .mk-date'), '2026年9月1日');
    await page.getByRole('button', { name: /^日期/ }).click();
    await page.waitForURL(/hide=date/);
    await page.waitForFunction(`document.querySelectorAll('.marked-text .mk-date').length === 0`);
    expect((await page.locator('.marked-text').textContent())?.includes('2026年9月1日')).toBe(true);
  });

  it('keeps a pasted text when the page is loaded again, and the text stays as it was', async () => {
    const text = `${NEW}\n<script>document.title = 'broken'</script>`;
    await page.goto(`${program.address}/policies/read`);
    await page.getByRole('textbox', { name: /公文全文/ }).fill(text);
    await page.getByRole('button', { name: '阅读', exact: true }).click();
    await holds(page.getByTestId('structure'), '甲省药品监督管理局');
    await page.reload();
    await holds(page.getByTestId('structure'), '甲省药品监督管理局');
    expect(await page.getByTestId('marked-text').textContent()).toBe(text);
    expect(await page.title()).not.toBe('broken');
  });

  it('reads a file', async () => {
    await page.goto(`${program.address}/policies/read`);
    await page
      .locator('main input[type=file]')
      .setInputFiles({ name: 'notice.txt', mimeType: 'text/plain', buffer: Buffer.from(NEW) });
    await holds(page.locator('main'), 'notice.txt');
    await holds(page.getByTestId('structure'), '2026-12-31');
  });

  it('scrolls a long text smoothly and brings a far place into view', async () => {
    const long = Array.from(
      { length: 3400 },
      (_, index) =>
        `第${index + 1}项 注册人应当于2026年${(index % 12) + 1}月1日前提交第${index + 1}份年度自查报告，逾期不受理。`,
    ).join('\n');
    expect(long.length).toBeGreaterThan(120_000);
    await page.goto(`${program.address}/policies/read`);
    await page.evaluate(
      `localStorage.setItem('xiedang.reading-desk', JSON.stringify({ text: ${JSON.stringify(long)}, format: 'auto', name: '' }))`,
    );
    await page.reload();
    await page.getByTestId('marked-text').waitFor();
    // far below the window only plain text stands
    const drawn = (await page.evaluate(`document.querySelectorAll('.chunk[data-rich]').length`)) as number;
    const chunks = (await page.evaluate(`document.querySelectorAll('.chunk').length`)) as number;
    expect(chunks).toBeGreaterThan(40);
    expect(drawn).toBeLessThan(chunks / 2);
    const far = (await page.evaluate(`(async () => {
      const answer = await fetch('/api/v1/policies/parse', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: ${JSON.stringify(long)} }) });
      const { documents } = await answer.json();
      return documents.flatMap((one, number) => one.dates.map((date, index) => [date.start, number + '.date.' + index])).filter(([start]) => start > 100000)[0][1];
    })()`)) as string;
    await page.goto(`${program.address}/policies/read?el=${far}`);
    const mark = page.locator('.marked-text .mk-selected').first();
    await mark.waitFor();
    await page.waitForFunction(`(() => {
      const pane = document.querySelector('.reading-original').getBoundingClientRect();
      const mark = document.querySelector('.marked-text .mk-selected').getBoundingClientRect();
      return mark.top >= pane.top && mark.bottom <= pane.bottom;
    })()`);
  });
});

describe('the library', () => {
  it('lists the newest first, searches, narrows, and opens by keys', async () => {
    await page.goto(program.address);
    await page.getByRole('link', { name: '政策库', exact: true }).click();
    await page.waitForURL(/\/policies$/);
    await holds(page.getByTestId('total'), /共 [34] 条/);
    await holds(page.getByTestId('hits').locator('li').first(), '唯一标识工作的公告');
    await page.getByRole('searchbox', { name: /词语、文号/ }).fill('追溯');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=/);
    await holds(page.locator('.hit-snippet mark'), '追溯');
    await page.locator('main h1').click();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/policies\/[0-9a-f-]{36}/);
  });

  it('tells what changed, the latest first, by whom and which sentence', async () => {
    await page.goto(`${program.address}/policies`);
    await page.getByRole('button', { name: '最近变化' }).click();
    await page.waitForURL(/view=events/);
    await page.getByRole('button', { name: '被废止' }).click();
    const event = page.getByTestId('events').locator('.event').first();
    await holds(event, '2023年第7号');
    await holds(event, '同时废止');
  });

  it('says which condition leaves nothing, and offers the whole result as files', async () => {
    await page.goto(`${program.address}/policies?q=${encodeURIComponent('追溯')}&level=city`);
    await holds(page.getByTestId('empty'), '去掉“层级：市级”');
    await page.getByRole('button', { name: /移除条件 层级/ }).click();
    await page.getByRole('button', { name: /导出/ }).click();
    const menu = page.locator('.ant-dropdown');
    await holds(menu, 'Word 文档');
    const href = await menu.getByRole('link', { name: /CSV/ }).getAttribute('href');
    expect((await page.request.get(`${program.address}${href}`)).status()).toBe(200);
  });

  it('takes files in and names what was refused', async () => {
    await page.goto(`${program.address}/policies?import=1`);
    const panel = page.getByTestId('policy-import');
    await panel.locator('input[type=file]').setInputFiles([
      { name: 'draft-2027.txt', mimeType: 'text/plain', buffer: Buffer.from(RULE.replaceAll('义齿', '助听器')) },
      { name: 'broken.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 broken') },
    ]);
    await holds(panel, '新增 1');
    await holds(panel.locator('li'), 'broken.pdf');
    await holds(page.getByTestId('hits'), '助听器追溯管理办法');
  });

  it('is found from the search over everything', async () => {
    await page.goto(program.address);
    await page.locator('#home-search').fill('义齿追溯管理办法');
    const option = page.locator('.search-option', { hasText: '义齿追溯管理办法' }).filter({ hasText: '政策' }).first();
    await option.click();
    await page.waitForURL(/\/policies/);
  });
});

describe('the file of a policy', () => {
  it('tells its state with the reason, its duties, what it cites and what became of it', async () => {
    await page.goto(`${program.address}/policies/${await idOf('old-2023-7')}`);
    await holds(page.getByTestId('state-stamp'), '已废止');
    await page.getByRole('button', { name: '依据', exact: true }).click();
    await holds(page.locator('.ant-popover'), '唯一标识工作的公告');
    await page.keyboard.press('Escape');
    await page.goto(`${program.address}/policies/${await idOf('new-2026-18')}?tab=duties`);
    await holds(page.getByTestId('duty-table').locator('tr'), '医疗机构');
    await page.getByRole('button', { name: /^引用/ }).click();
    await page.waitForURL(/tab=cites/);
    await holds(page.getByTestId('cite-table').locator('tr'), '义齿追溯管理办法');
    await holds(page.getByTestId('cite-table').locator('tr').filter({ hasText: '废止' }), '2023年第7号');
    await page.getByRole('button', { name: /^沿革/ }).click();
    await holds(page.locator('.life-list li'), '2026-09-01');
  });

  it('draws what it cites and what cites it, walked through by arrow keys', async () => {
    await page.goto(`${program.address}/policies/${await idOf('new-2026-18')}?tab=cites`);
    const drawing = page.getByTestId('cite-graph');
    await holds(drawing.locator('.graph-node'), '义齿追溯管理办法');
    await drawing.locator('.graph-node-own').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      `!location.search.includes('tab=cites') || !document.querySelector('.graph-node-own')?.textContent.includes('唯一标识')`,
    );
    await page.goBack();
    await page.getByText('以表格查看').click();
    await holds(page.locator('.graph-table tr'), '废止');
  });

  it('is mended in place, and the correction can be withdrawn', async () => {
    const id = await idOf('rule-2020');
    await page.goto(`${program.address}/policies/${id}`);
    const structure = page.getByTestId('structure');
    await structure.locator('.entry-obligation .entry-button').first().click();
    await structure.getByRole('button', { name: '更正', exact: true }).click();
    const form = page.getByTestId('correction-form');
    await form.getByLabel('主体').fill('义齿生产单位');
    await form.getByLabel('说明').fill('读第二条');
    await form.getByRole('button', { name: '保存更正' }).click();
    await holds(structure.locator('.entry-obligation'), '义齿生产单位');
    await page.getByRole('button', { name: /^沿革/ }).click();
    const record = page.getByTestId('corrections').locator('li').first();
    await holds(record, '读第二条');
    await record.getByRole('button', { name: '撤回' }).click();
    await holds(record, '已撤回');
  });

  it('answers whether it concerns an enterprise, with the sentence', async () => {
    await page.addInitScript(
      `localStorage.setItem('xiedang.match-profile', JSON.stringify({ region: null, roles: ['registrant'], classes: ['II'], products: ['义齿'], pathways: [], origin: 'domestic' }))`,
    );
    await page.goto(`${program.address}/policies/${await idOf('new-2026-18')}?tab=match`);
    const match = page.getByTestId('match').first();
    await holds(match, /有关|无法判定/);
    await holds(match.locator('.match-reason'), /支持|不能断定|排除/);
  });
});

describe('two texts', () => {
  it('stand side by side with the words that differ', async () => {
    const later = RULE.replace('不少于5年', '不少于10年').replace('第四条 监督管理部门应当每年组织一次检查。\n', '');
    await page.goto(`${program.address}/policies/compare?a=text&b=text`);
    await page.getByLabel('原文本').fill(RULE);
    await page.getByLabel('新文本').fill(later);
    await page.getByRole('button', { name: '对照', exact: true }).click();
    const rows = page.getByTestId('article');
    await holds(rows.locator('del'), /5/);
    await holds(rows.locator('ins'), /10/);
    await holds(rows.filter({ hasText: '删去' }), '第四条');
    const changed = await rows.count();
    await page.getByRole('switch', { name: '只看变化' }).click();
    await page.waitForURL(/all=1/);
    await page.waitForFunction(`document.querySelectorAll('[data-testid=article]').length > ${changed}`);
    await page.reload();
    await holds(page.getByTestId('article'), '不少于10年');
    // what did not change stands in full on both sides
    await holds(page.getByTestId('article').filter({ hasText: '未变' }), /第二条 在本省.*第二条 在本省/s);
  });
});

describe('review and subscriptions', () => {
  it('queue what is doubtful', async () => {
    await page.goto(`${program.address}/policies/review`);
    await page
      .getByRole('button', { name: /没有发文机关|没有日期/ })
      .first()
      .waitFor();
    await holds(page.locator('.data-table tbody tr, .empty'), /./);
  });

  it('are made from a search, shown and changed', async () => {
    await page.goto(`${program.address}/policies?q=${encodeURIComponent('唯一标识')}`);
    await page.getByRole('button', { name: '订阅此查找' }).click();
    const form = page.getByTestId('subscription-form');
    await form.waitFor();
    expect(await form.getByLabel('名称', { exact: true }).inputValue()).toBe('唯一标识');
    await form.getByRole('button', { name: '试看' }).click();
    await holds(page.getByTestId('preview'), '件会送达');
    await form.getByRole('button', { name: '保存' }).click();
    const one = page.getByTestId('subscription').filter({ hasText: '唯一标识' });
    await one.waitFor();
    await one.getByRole('link').first().click();
    await page.waitForURL(/\/subscriptions\/[0-9a-f-]{36}/);
    await page.getByRole('button', { name: '生成地址' }).click();
    const shown = page.locator('.shown-once input');
    await shown.waitFor();
    const feed = await page.request.get(await shown.inputValue());
    expect(feed.status()).toBe(200);
    expect(await feed.text()).toContain('<feed');
  });
});

describe('every page of policies', () => {
  it.each([
    ['zh', 'light'],
    ['en', 'dark'],
  ])('stands at 320 px in %s, %s, with every control named', async (lang, theme) => {
    await page
      .context()
      .addInitScript(`localStorage.setItem('xiedang.preferences', ${JSON.stringify(JSON.stringify({ lang, theme }))})`);
    await page.setViewportSize({ width: 320, height: 640 });
    const id = await idOf('new-2026-18');
    const paths = [
      '/policies',
      `/policies?q=${encodeURIComponent('追溯')}&kind=notice`,
      '/policies/read',
      '/policies/read?example=measures',
      '/policies/compare',
      '/policies/review',
      '/policies/unresolved',
      '/policies?import=1',
      '/policies?view=events',
      `/policies/${id}`,
      `/policies/${id}?el=0.obligation.0&pane=structure`,
      ...['duties', 'cites', 'life', 'rules', 'match'].map((tab) => `/policies/${id}?tab=${tab}`),
      '/subscriptions',
      '/subscriptions?new=profile',
    ];
    for (const path of paths) {
      await page.goto(`${program.address}${path}`);
      await page.locator('main h1').waitFor();
      await page.waitForLoadState('networkidle');
      await fits(path);
      await namedRightly(path);
      const titled = path.startsWith(`/policies/${id}`);
      if (lang === 'en' && !titled)
        expect(await page.locator('main h1').textContent(), path).not.toMatch(/[\u3400-\u9fff]/);
      const shots = process.env.XIEDANG_LOOKS;
      if (shots)
        await page.screenshot({ path: join(shots, `${path.replaceAll(/\W+/g, '-').slice(0, 60)}-${lang}.png`) });
    }
  });
});
