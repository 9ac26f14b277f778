/**
 * The whole site, built from runs at smoke scale and read in Chromium: a minute, so with BASIN_EVERY_SITE=1 only.
 * It installs VitePress where it is missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, posix } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, QUIET } from '../../chromium.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const BASE = '/basin/';
const ID = 'gao2018-thm2';
const HERE = /^(?:data:|http:\/\/127\.0\.0\.1:)/;
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Targets of links, pictures, scripts and styles of a page. */
const targets = (html: string): string[] => [...html.matchAll(/ (?:href|src)="([^"]+)"/g)].map((match) => match[1]);

describe.runIf(process.env['BASIN_EVERY_SITE'] !== undefined)('the site', () => {
  const folder = mkdtempSync(join(tmpdir(), 'basin-built-'));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname);
    const file = join(folder, path.slice(BASE.length), path.endsWith('/') ? 'index.html' : '');
    if (!path.startsWith(BASE) || !existsSync(file)) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? '' }).end(readFileSync(file));
  });
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    const given = ['run', 'site', '--', '--scale', 'smoke', '--only', ID, '--base', BASE, '--out', folder];
    const { status, stderr } = spawnSync('npm', given, { cwd: ROOT, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    if (CHROMIUM !== undefined) browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
  });
  afterAll(async () => {
    if (CHROMIUM !== undefined) await browser.close();
    server.close();
    rmSync(folder, { recursive: true });
  });

  it('has no link to a page, file or heading that is not there', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const pages = files.filter((path) => path.endsWith('.html') && !path.startsWith('studies'));
    const html = new Map(pages.map((page) => [page, readFileSync(join(folder, page), 'utf8')]));
    const dead = [...html].flatMap(([page, text]) =>
      targets(text)
        .filter((target) => !/^(?:[a-z]+:|\/\/)/.test(target))
        .filter((target) => {
          const url = new URL(target.replaceAll('&amp;', '&'), `http://x${posix.join(BASE, page)}`);
          const path = decodeURIComponent(url.pathname)
            .slice(BASE.length)
            .replace(/(^|\/)$/, '$1index.html');
          if (!url.pathname.startsWith(BASE) || !files.includes(path)) return true;
          const anchor = decodeURIComponent(url.hash.slice(1));
          return anchor !== '' && html.has(path) && !(html.get(path) ?? '').includes(` id="${anchor}"`);
        })
        .map((target) => `${page}: ${target}`),
    );
    expect(pages.length).toBeGreaterThan(60);
    expect(dead).toEqual([]);
  });

  describe.skipIf(CHROMIUM === undefined)('in Chromium', () => {
    async function visit(path: string, see: (page: Page) => Promise<void>): Promise<void> {
      for (const width of [1280, 400]) {
        const context = await browser.newContext({ viewport: { width, height: 800 } });
        const page = await context.newPage();
        page.setDefaultTimeout(0);
        const complaints: string[] = [];
        page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
        page.on('pageerror', (error) => complaints.push(error.message));
        page.on('request', (asked) => HERE.test(asked.url()) || complaints.push(asked.url()));
        await page.goto(`${origin}${BASE}${path}`);
        await see(page);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), path).toBe(true);
        expect(complaints).toEqual([]);
        await context.close();
      }
    }

    it('finds words without a network, and leads to them', () =>
      visit('', async (page) => {
        await page.locator('#local-search button').click();
        await page.locator('#localsearch-input').fill('censored');
        await page.locator('.VPLocalSearchBox .result').first().click();
        await page.waitForURL(/\/docs\/.*\.html/);
        expect(await page.locator('main').textContent()).toContain('censored');
      }));

    it.each(['gallery.html', 'docs/papers/gao2018.html'])('%s shows the figures and leads to the report', (path) =>
      visit(path, async (page) => {
        const figure = page.locator(`img[src*="studies/${ID}/"]`).first();
        await figure.scrollIntoViewIfNeeded();
        await figure.evaluate('image => image.decode()');
        const [report] = await Promise.all([
          page.waitForEvent('popup'),
          page.locator(`a[href$="studies/${ID}/report.html"]`).first().click(),
        ]);
        await report.waitForSelector('table');
        expect(report.url()).toBe(`${origin}${BASE}studies/${ID}/report.html`);
      }),
    );

    it.each(['docs/derivations/landscape.html', 'docs/performance.html'])('%s fits the screen', (path) =>
      visit(path, (page) => page.waitForSelector('h1').then(() => undefined)),
    );
  });
});
