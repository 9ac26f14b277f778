/** The live page in a real Chromium; skipped where none is installed (node scripts/setup.mjs --tests installs it). */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { CHROMIUM, QUIET } from '../chromium.js';
import { failedRow, ID, largeStudy, watched, writtenStudy } from './study.js';

const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 400, height: 800 };

/** Looks at every picture that the page draws, until an expression is true in it. */
async function holds(page: Page, expression: string): Promise<void> {
  while (!(await page.evaluate<boolean>(expression))) await page.evaluate('new Promise(requestAnimationFrame)');
}

describe.skipIf(CHROMIUM === undefined)('the live page in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: QUIET });
  });
  afterAll(async () => {
    await browser.close();
  });

  interface Opened {
    readonly page: Page;
    /** errors on the console, and requests to other addresses */
    readonly complaints: string[];
  }

  async function open(url: string, options: BrowserContextOptions): Promise<Opened> {
    const context = await browser.newContext(options);
    onTestFinished(async () => {
      await context.close();
    });
    const page = await context.newPage();
    page.setDefaultTimeout(0);
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (asked) => !asked.url().startsWith(url) && complaints.push(asked.url()));
    expect((await page.goto(url))?.status()).toBe(200);
    await page.waitForSelector('#figures img, #figures .notice', { state: 'attached' });
    return { page, complaints };
  }

  it('a running study fills in, and the keyboard alone leads to a trial and back', async () => {
    const { dir, store, cells, add, commit } = writtenStudy();
    store.beginRun({ workers: 2, started: '2026-12-01T04:00:00.000Z' });
    add(0, 0, 2);
    commit(1, [failedRow(0, 'no <b>memory</b>')], [{ trial: 0, name: 'loss', values: Float64Array.of(4, 2, 1) }]);
    const { url, end } = await watched(dir);
    const { page, complaints } = await open(url, { viewport: WIDE });
    expect(await page.textContent('#state')).toContain('Running');
    expect(await page.textContent('#failures')).toContain('no <b>memory</b>');
    await holds(page, "document.querySelector('#figures img')?.complete");
    add(0, 2, 1);
    await holds(page, "document.querySelector('#table tbody').textContent.includes('3/')");
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    // From the choice of what is shown to the map.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('tiles');
    expect(await page.textContent('#cell')).toContain(`${cells[0].text} · 3 of`);
    await page.keyboard.press('ArrowRight');
    expect(await page.textContent('#cell')).toContain(cells[1].text);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#detail .trials a');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#detail img');
    const detail = await page.textContent('#detail');
    expect(detail).toContain(`basin replay ${dir} '${ID}/${cells[1].text}#0'`);
    expect(detail).toContain('no <b>memory</b>');
    await holds(page, "document.querySelector('#detail img').naturalWidth > 0");
    await page.keyboard.press('Escape');
    await holds(page, "document.activeElement.id === 'tiles' && document.querySelector('#detail').hidden");
    await end();
    await holds(page, "document.querySelector('#connection').textContent.includes('no longer live')");
    expect(complaints).toEqual([]);
  });

  it.each([
    ['a phone in the dark', PHONE, 'dark'],
    ['a phone in the light', PHONE, 'light'],
    ['a wide screen in the dark', WIDE, 'dark'],
  ] as const)('on %s nothing is wider than the page', async (_, viewport, colorScheme) => {
    const { dir, add } = writtenStudy();
    add(0, 0, 3);
    const { url } = await watched(dir);
    const { page, complaints } = await open(url, { viewport, colorScheme });
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    const background = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    expect(background === 'rgb(255, 255, 255)').toBe(colorScheme === 'light');
    const tile = "[...document.querySelector('#tiles').getContext('2d').getImageData(60, 12, 1, 1).data].join()";
    const ground = await page.evaluate<string>(tile);
    await page.locator('button.colours').click();
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).not.toBe(background);
    await holds(page, `${tile} !== '${ground}'`);
    expect(complaints).toEqual([]);
  });

  it('10⁴ cells open as a map, a table that a filter searches, and a figure whose points lead to their cells', async () => {
    const { url } = await watched(largeStudy());
    const { page, complaints } = await open(url, { viewport: PHONE });
    expect(await page.textContent('#table summary')).toBe('Table of 10000 cells');
    expect(await page.locator('#table tbody tr').count()).toBe(0);
    await page.locator('#table summary').click();
    await page.locator('#filter').fill('d=77, n = 105');
    await holds(page, "document.querySelector('#range').textContent === '1–10 of 10'");
    expect(await page.textContent('#table tbody tr')).toContain('77');
    await page.locator('#filter').fill('');
    await holds(page, "document.querySelector('#range').textContent === '1–25 of 10000'");
    await page.locator('#later').click();
    await holds(page, "document.querySelector('#range').textContent === '26–50 of 10000'");
    await page.locator('#tiles').focus();
    await page.keyboard.press('End');
    expect(await page.textContent('#cell')).toContain('n=1100');
    // The page holds no element for a cell that it does not list, so that it stays as quick as with few cells.
    expect(await page.evaluate<number>("document.querySelectorAll('*').length")).toBeLessThan(1000);
    const image = page.locator('#figures img');
    const points = (await image.getAttribute('data-points'))?.split(';') ?? [];
    expect(points).toHaveLength(10_000);
    const [x, y, , , at] = points[4321].split(',').map(Number);
    const zoom = await page.evaluate<number>(
      "document.querySelector('#figures img').clientWidth / document.querySelector('#figures img').getAttribute('width')",
    );
    // On a phone the picture is smaller than it was drawn.
    expect(zoom).toBeLessThan(1);
    await image.hover({ position: { x: x * zoom, y: y * zoom } });
    const name = await image.getAttribute('title');
    await image.click({ position: { x: x * zoom, y: y * zoom } });
    await page.waitForSelector('#detail .trials a');
    expect(await page.textContent('#detail h3')).toContain(name);
    expect([at, await page.locator('#detail .trials tbody tr').count()]).toEqual([4321, 1]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });

  it('a store that is damaged while it is watched ends the page with the reason', async () => {
    const { dir, store, add } = writtenStudy();
    add(0, 0, 3);
    const { url, end } = await watched(dir);
    const { page } = await open(url, { viewport: PHONE });
    store.close();
    rmSync(join(dir, 'basin.sqlite'));
    await holds(page, "document.querySelector('#connection').textContent.includes('removed, moved or replaced')");
    expect(await page.locator('#tiles').isVisible()).toBe(true);
    await expect(end()).rejects.toThrow('removed');
  });

  it('a click on a tile lists the trials of its cell', async () => {
    const { dir, cells, add } = writtenStudy();
    add(0, 0, 3);
    const { url } = await watched(dir);
    const { page } = await open(url, { viewport: WIDE });
    await page.locator('#tiles').focus();
    await page.keyboard.press('Home');
    const first = await page.textContent('#cell');
    expect(first).toContain(cells[0].text);
    await page.locator('#table tbody a').first().click();
    await page.waitForSelector('#detail .trials a');
    expect(await page.locator('#detail .trials tbody tr').count()).toBe(3);
    await page.keyboard.press('Escape');
    await holds(page, "document.querySelector('#detail').hidden");
    await page.locator('#tiles').click({ position: { x: 60, y: 12 } });
    await page.waitForSelector(`#detail h3:has-text("${cells[0].text}")`);
  });
});
