import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { openBrowser } from './browser.ts';
import type { Program } from './program.ts';

/**
 * A page for every test of a file, in one browser: closed after the test, which fails when the page threw or the server
 * answered 500. With XIEDANG_FAILURES=FOLDER a failed test leaves a picture there.
 */
export function pageForEachTest(
  program: Program,
  { arrange, given }: { readonly arrange?: () => Promise<void>; readonly given: (page: Page) => Promise<void> | void },
): void {
  let browser: Browser;
  let page: Page;
  let faults: string[] = [];

  beforeAll(async () => {
    await arrange?.();
    await program.serve();
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await program.close();
  });

  beforeEach(async () => {
    const context = await browser.newContext({ viewport: { width: 1366, height: 900 }, locale: 'zh-CN' });
    page = await context.newPage();
    faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('response', (answer) => {
      if (answer.status() >= 500) faults.push(`${answer.status()} ${answer.url()}`);
    });
    await given(page);
  });

  afterEach(async ({ task }) => {
    const shots = process.env.XIEDANG_FAILURES;
    if (shots && task.result?.state === 'fail')
      await page.screenshot({ path: join(shots, `${task.name.replaceAll(/\W+/g, '-')}.png`) });
    await page.context().close();
    expect(faults).toEqual([]);
  });
}
