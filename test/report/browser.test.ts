/** report.html in a real Chromium; skipped where none is installed (node scripts/setup.mjs --tests installs it). */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { CHROMIUM, QUIET } from '../chromium.js';
import { scratchFolder } from '../cli/basin.js';
import { hereJson } from '../cli/here.js';
import { withoutThreads } from '../cli/withoutThreads.js';

withoutThreads();

const folder = scratchFolder();
const WIDE = { width: 1280, height: 900 };
const POINT = '.picture [aria-roledescription="point"]';

describe.skipIf(CHROMIUM === undefined)('the report in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    await hereJson('reproduce', 'fu2018-fig3', 'goldt2019-final', '--scale', 'smoke', '--out', folder);
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: QUIET });
  });
  afterAll(async () => {
    await browser.close();
  });

  async function open(options: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext(options);
    onTestFinished(async () => {
      await context.close();
    });
    const page = await context.newPage();
    page.setDefaultTimeout(0);
    const complaints: string[] = [];
    const url = pathToFileURL(join(folder, 'report.html')).href;
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (asked) => asked.url() !== url && complaints.push(asked.url()));
    await page.goto(url);
    return { page, complaints };
  }

  const overflow = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth - innerWidth');

  it('sorts and filters its tables, by the keyboard too', async () => {
    const { page, complaints } = await open({ viewport: WIDE });
    const column = (): Promise<string[]> =>
      page.evaluate(
        "[...document.querySelectorAll('table.cells')][0].tBodies[0].rows.length === 0 ? [] : [...document.querySelectorAll('table.cells')[0].tBodies[0].rows].map((row) => row.cells[1].textContent)",
      );
    const title = page.locator('table.cells').first().locator('th button').nth(1);
    await title.focus();
    await page.keyboard.press('Enter');
    const ascending = await column();
    await page.keyboard.press('Enter');
    expect(ascending.map(Number)).toEqual(ascending.map(Number).toSorted((a, b) => a - b));
    expect(await column()).toEqual(ascending.toReversed());
    expect(await page.locator('th[aria-sort="descending"]').count()).toBe(1);
    const filter = page.locator('.controls input').first();
    await filter.fill('no such words');
    expect(await page.locator('.controls [role="status"]').first().textContent()).toMatch(/^0 of \d+ rows$/);
    expect(complaints).toEqual([]);
  });

  it('tells the numbers of a mark, and leaves one entry of a legend', async () => {
    const { page, complaints } = await open({ viewport: WIDE });
    await page.locator(POINT).first().hover();
    expect(await page.locator('.tooltip').innerText()).toMatch(/sample size n: [\d.]+\n/);
    const entry = page.locator('figure .controls button').first();
    await entry.focus();
    await page.keyboard.press('Enter');
    expect(await entry.getAttribute('aria-pressed')).toBe('true');
    const faded =
      "[...document.querySelectorAll('.picture [aria-label]')].filter((mark) => mark.style.opacity === '0.08').length";
    expect(await page.evaluate(faded)).toBeGreaterThan(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(faded)).toBe(0);
    await page.locator('.role-legend-label text').first().click();
    expect(await entry.getAttribute('aria-pressed')).toBe('true');
    expect(complaints).toEqual([]);
  });

  it('tells the numbers of its marks by the keyboard alone', async () => {
    const { page, complaints } = await open({ viewport: WIDE });
    const tip = page.locator('.tooltip');
    await page.locator('figure .controls button').last().focus();
    // From the buttons of the last figure to its picture, and from there to the link to its data.
    await page.keyboard.press('Tab');
    expect(await tip.innerText()).toBe('Arrow keys go from mark to mark.');
    await page.keyboard.press('ArrowRight');
    const first = await tip.innerText();
    expect(first).toMatch(/: [\d.]+\n/);
    await page.keyboard.press('ArrowRight');
    expect(await tip.innerText()).not.toBe(first);
    expect(await page.locator('.picture .chosen').count()).toBe(1);
    await page.keyboard.press('Home');
    expect(await tip.innerText()).toBe(first);
    await page.keyboard.press('Escape');
    expect([await tip.isVisible(), await page.locator('.picture .chosen').count()]).toEqual([false, 0]);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Tab');
    expect(await tip.isVisible()).toBe(false);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('CSV');
    expect(complaints).toEqual([]);
  });

  it('the map of the cells shows another measure, and its tiles tell it', async () => {
    const { page, complaints } = await open({ viewport: WIDE });
    const map = page.locator('.cellmap').first();
    const fills = (): Promise<string[]> =>
      page.evaluate(
        "[...document.querySelector('.cellmap').querySelectorAll('.filled')].map((tile) => tile.getAttribute('fill'))",
      );
    const before = await fills();
    await map.locator('select').selectOption({ label: 'sdN' });
    expect(await fills()).not.toEqual(before);
    await map.locator('.role-mark > g').last().hover();
    const [row] = await page.locator('table.cells').first().locator('tbody tr').last().locator('td').all();
    expect(await page.locator('.tooltip').innerText()).toMatch(/^d: 8\nn: 12800\nsdN: [^\n]+\]\ntrials: 6 of 6$/);
    expect(await row.textContent()).toBe('8');
    expect(await map.locator('figcaption').textContent()).toMatch(/^sdN /);
    expect(complaints).toEqual([]);
  });

  it('sorts cards on a phone, where every button is large enough for a finger', async () => {
    const { page, complaints } = await open({ viewport: { width: 400, height: 800 } });
    const rows = (): Promise<string[]> =>
      page.evaluate(
        "[...document.querySelector('table.cells').tBodies[0].rows].map((row) => row.cells[1].textContent)",
      );
    const came = await rows();
    const sorter = page.locator('.controls.cells .sorter select').first();
    expect(await sorter.isVisible()).toBe(true);
    await sorter.selectOption({ label: 'n ▼' });
    expect(await rows()).toEqual(came.toSorted((a, b) => Number(b) - Number(a)));
    await sorter.selectOption({ label: 'as given' });
    expect(await rows()).toEqual(came);
    // WCAG 2.2, target size (minimum).
    const small =
      "[...document.querySelectorAll('button, select, input')].filter((one) => one.checkVisibility({ visibilityProperty: true }) && Math.min(one.offsetWidth, one.offsetHeight) < 24).map((one) => one.outerHTML)";
    expect(await page.evaluate(small)).toEqual([]);
    await page.setViewportSize(WIDE);
    expect(await sorter.isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('switches between dark and light mode, and is printed in the light', async () => {
    const { page, complaints } = await open({ viewport: WIDE, colorScheme: 'dark' });
    const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const [dark, light] = ['rgb(22, 24, 28)', 'rgb(255, 255, 255)'];
    expect(await ground()).toBe(dark);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await ground()).toBe(light);
    expect(await page.locator('button.colours').textContent()).toBe('Dark mode');
    await page.keyboard.press('Enter');
    expect(await ground()).toBe(dark);
    await page.emulateMedia({ media: 'print' });
    expect(await ground()).toBe(light);
    expect(await page.locator('button.colours').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('is complete without scripts, on a phone, in the dark and on paper', async () => {
    const { page } = await open({
      viewport: { width: 400, height: 800 },
      javaScriptEnabled: false,
      colorScheme: 'dark',
    });
    expect(await page.locator('table').count()).toBeGreaterThan(3);
    expect(await page.locator('.picture svg').first().isVisible()).toBe(true);
    expect(await page.locator('th button, .controls:visible, .sorter').count()).toBe(0);
    const { page: alive, complaints } = await open({ viewport: { width: 400, height: 800 }, colorScheme: 'dark' });
    expect(await overflow(alive)).toBeLessThanOrEqual(0);
    const folded = (): Promise<number> => alive.evaluate("document.querySelector('details').offsetHeight");
    const height = await folded();
    await alive.emulateMedia({ media: 'print' });
    expect(await folded()).toBeGreaterThan(2 * height);
    expect(await alive.locator('.controls').first().isVisible()).toBe(false);
    expect(await alive.locator('.picture svg').first().isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  });
});
