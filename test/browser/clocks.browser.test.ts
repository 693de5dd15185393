import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Program } from './program.ts';
import { pageForEachTest } from './test-page.ts';

/** The day all answers are asked for, so that the test says the same on every day it runs. */
const AS_OF = '2026-11-22';
/** A year nobody has announced the holidays of. */
const YEAR = 2100;

const program = new Program();
let page: Page;

async function holds(where: Locator, words: string | RegExp): Promise<void> {
  await where.filter({ hasText: words }).first().waitFor({ timeout: 20_000 });
}

/** Writes a day into a field as a person does. */
async function writeDay(field: Locator, day: string): Promise<void> {
  await field.fill(day);
  await field.press('Enter');
}

async function choose(field: Locator, name: string): Promise<void> {
  await field.click();
  await field.fill(name);
  await page.locator('.ant-select-item-option:visible').filter({ hasText: name }).first().click();
}

async function open(path: string, ready = 'main h1'): Promise<void> {
  await page.goto(`${program.address}${path}`);
  await page.locator(ready).first().waitFor();
}

const EVENTS = `2026-08-03 收到申请
2026年8月6日 受理
转交审评 2026/8/10
2026-09-31 体系核查开始`;

pageForEachTest(program, {
  given: (opened) => {
    page = opened;
  },
});

describe('clock desk', () => {
  it('takes events as text and by hand, draws the clocks, keeps and corrects the case', async () => {
    await open(`/clocks?asOf=${AS_OF}`);
    await page.locator('label[for="clock-class"] .ant-select').click();
    await page.locator('.ant-select-item-option:visible').filter({ hasText: '第二类' }).click();
    await page.getByRole('button', { name: '粘贴经过' }).click();
    await page.locator('#paste-text').fill(EVENTS);
    await holds(page.getByRole('alert'), /第 4 行：.*日期不存在/);
    await page.getByRole('button', { name: '读入 3 件' }).click();
    await page.getByTestId('add-event').click();
    const row = page.getByTestId('event-row').last();
    await choose(row.locator('.event-type input'), '出具审评意见');
    await writeDay(row.locator('input').first(), '2026-11-13');
    // the review ended after its last day: late, and over
    await holds(page.locator('.clock-svg'), '2026-11-13 完成，超 9 天');
    // 20 working days after Friday 13 November, no holiday between: Friday 11 December
    const next = page.getByTestId('next-due');
    await holds(next, '2026-12-11');
    await holds(next, '余 15 个工作日');
    const drawing = page.getByRole('slider', { name: /时限图/ });
    await drawing.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    expect(await drawing.getAttribute('aria-valuetext')).toMatch(/^2026-12-1\d 周/);
    await page.getByText('以表格查看').click();
    await holds(page.locator('.clock-table tbody tr').filter({ hasText: '审批决定' }), '2026-12-11');

    // the reason stands under the answer, with its article and its rule
    const entry = page.locator('.clock-entry').filter({ hasText: '审批决定' }).first();
    await holds(entry, /第九十四条/);
    expect(await entry.getByRole('link', { name: '查看规则' }).getAttribute('href')).toContain('/rules/decision');

    // the address holds the case; a reload loses nothing
    await page.waitForURL(/e=opinion-issued/);
    await page.reload();
    await holds(page.getByTestId('next-due'), '2026-12-11');

    await page.getByRole('button', { name: '存为事项' }).click();
    await page.locator('#keep-title').fill('留置针首次注册');
    await page.locator('#keep-title').press('Enter');
    await page.waitForURL(/\/clocks\/cases\/[0-9a-f-]{36}\?asOf=/);
    await holds(page.locator('main h1'), '留置针首次注册');
    await holds(page.getByTestId('next-due'), '2026-12-11');

    await page.getByRole('button', { name: '更正 2026-11-13 出具审评意见' }).click();
    await writeDay(page.locator('#correction-day'), '2026-11-16');
    await page.getByRole('form', { name: '更正' }).getByRole('button', { name: '更正' }).click();
    await holds(page.getByTestId('next-due'), '2026-12-14');
    const events = page.getByTestId('case-event');
    expect(await events.count()).toBe(5);
    await holds(events.filter({ hasText: '2026-11-13' }), '已更正');
    expect(await events.filter({ hasText: '2026-11-13' }).locator('.struck').count()).toBe(1);

    await open('/clocks/cases');
    await page.getByRole('link', { name: '留置针首次注册' }).waitFor();
    await page.getByLabel('查找名称').fill('没有这样的');
    await page.waitForURL(/q=/);
    await holds(page.locator('main'), '没有符合条件的事项');
    await open('/');
    await holds(page.getByTestId('clocks-at-risk'), '留置针首次注册');
  });

  it('shows what the law sets and the province promised, a window, and what is missing', async () => {
    await open(`/clocks?asOf=${AS_OF}`);
    await page.getByRole('button', { name: /^广东第二类/ }).click();
    await holds(page.locator('.clock-svg'), '承诺 2026-12-01');
    await page.getByRole('button', { name: /^生产许可延续/ }).click();
    await holds(page.locator('.clock-entry'), /至 .*首尾两日在内/);
    await open(`/clocks?procedure=registration-first&e=accepted%402026-03-05&asOf=${AS_OF}`);
    await page
      .getByRole('button', { name: /无法判定/ })
      .first()
      .click();
    await holds(page.locator('.source-card'), '产品类别');
  });

  it('counts back and counts working days', async () => {
    await open('/clocks?tab=plan&of=registration-renewal&planClass=III&target=2026-08-31&asOf=2026-01-05');
    await holds(page.getByTestId('plan-answer'), '2026-02-28');
    await open('/clocks?tab=days&from=2026-09-30&add=3');
    await holds(page.getByTestId('days-answer').locator('h2'), '2026-10-10');
    await page.getByRole('button', { name: '两日之间' }).click();
    await writeDay(page.locator('#days-to'), '2026-10-12');
    await holds(page.getByTestId('days-answer').locator('h2'), '4 个工作日');
  });
});

describe('work calendars', () => {
  it('takes a new year from the text of its notice and tells what was reckoned', async () => {
    await open(`/calendars?year=${YEAR}`);
    await page
      .getByRole('button', { name: `录入 ${YEAR} 年` })
      .last()
      .click();
    await page.locator('#calendar-text').fill('一、元旦：1月1日至3日放假调休，共3天。1月9日（周六）上班。');
    await holds(page.getByRole('status'), '读出 1 个假日、1 个调休上班日');
    await page.locator('#calendar-notice').fill('试录的安排');
    await page.locator('#calendar-by').fill('测试员');
    await page.locator('#calendar-why').fill('试录');
    await page.getByRole('button', { name: '保存并重算' }).click();
    await holds(page.getByTestId('reckoned'), /重算 \d+ 件未结事项/);
    await holds(page.locator('main'), '本机录入');
    expect(await page.locator('.month .day-holiday').count()).toBe(3);
    expect(await page.locator('.month .day-makeUp').count()).toBe(1);
  });
});

describe('duty calendar', () => {
  it('lists the duties of an enterprise, takes what is done, and is subscribed to', async () => {
    await open('/duties');
    await page.getByRole('button', { name: '添加企业' }).click();
    await page.locator('#profile-name').fill('甲医疗科技有限公司');
    await page.getByRole('checkbox', { name: '经营企业', exact: true }).check();
    await page.getByRole('button', { name: '添加许可证' }).click();
    await page.locator('label, .profile-row-licence .ant-select').last().click();
    await page.locator('.ant-select-item-option:visible').filter({ hasText: '经营许可' }).click();
    await writeDay(page.locator('#licence-expires-0'), '2027-03-31');
    await page.getByRole('button', { name: '保存' }).click();
    await page.waitForURL(/\/duties\/[0-9a-f-]{36}/);
    await holds(page.locator('main h1'), '甲医疗科技有限公司');
    const url = page.url();

    await page.goto(`${url}?asOf=${AS_OF}`);
    const report = page.getByTestId('duty').filter({ hasText: '自查报告' }).filter({ hasText: '2027-03-31' }).first();
    await report.locator('summary').click();
    await holds(report, '第四十四条');
    await report.getByRole('button', { name: '记为完成' }).click();
    await holds(page.locator('.duty-group-sectionDone'), '已完成');
    await page.goto(`${url}?asOf=${AS_OF}&kind=standing`);
    await holds(page.locator('.duty-group-sectionStanding'), '常设');
    await page.goto(`${url}?asOf=${AS_OF}&month=2027-03`);
    await page.locator('.duty-mark').first().waitFor();

    await page.goto(url);
    await page.getByRole('button', { name: '生成订阅地址' }).click();
    const address = await page.locator('#feed-address').inputValue();
    const feed = await fetch(address);
    expect([feed.status, feed.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    const text = await feed.text();
    expect(text.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
    expect(text).toContain('X-WR-CALNAME:甲医疗科技有限公司');
    await page.getByRole('button', { name: '更换地址' }).click();
    await page.locator('.ant-popconfirm-buttons').getByRole('button', { name: '更换地址' }).click();
    await expect.poll(() => page.locator('#feed-address').inputValue()).not.toBe(address);
    expect((await fetch(address)).status).toBe(404);
  });
});

describe('on every screen', () => {
  it.each([
    '/clocks?procedure=registration-first&class=III&e=received%402026-03-02&e=accepted%402026-03-05',
    '/clocks?tab=plan&target=2027-08-31',
    '/clocks?tab=days',
    '/clocks/cases',
    '/calendars',
    '/duties',
  ])('holds %s at 320 pixels', async (path) => {
    await page.setViewportSize({ width: 320, height: 700 });
    await open(path);
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });

  it('is found by name in the palette', async () => {
    await open('/', '#home-search');
    await page.keyboard.press('Control+k');
    await page.locator('#palette-search').fill('义务日历');
    await page
      .getByRole('option', { name: /义务日历/ })
      .first()
      .waitFor();
  });
});
