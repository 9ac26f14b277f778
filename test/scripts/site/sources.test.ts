import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { brokenLinks, withLinks } from '../../../scripts/site/markdown.mjs';
import { addressOf, docsPages, groups, sitePath, titleOf } from '../../../scripts/site/pages.mjs';
import { siteLink, writeSources } from '../../../scripts/site/sources.mjs';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'basin-site-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

function written(path: string, text: string): void {
  mkdirSync(join(scratch, path, '..'), { recursive: true });
  writeFileSync(join(scratch, path), text);
}

describe('the menu', () => {
  it('has every page of docs once', () => {
    const pages = groups(ROOT).flatMap((group) => group.pages);
    expect(pages.filter((page) => page.startsWith('docs/')).sort()).toEqual(docsPages(ROOT));
    expect(new Set(pages).size).toBe(pages.length);
  });

  it('refuses to forget a page', () => {
    written('menu/docs/new.md', '# New\n');
    expect(() => groups(join(scratch, 'menu'))).toThrow('no group for docs/new.md');
  });

  it.each([
    ['# basin `run`\n', 'basin run'],
    ['text\n\n# fu2018: Fu, Chi, _Local_ (2018)\n', 'fu2018'],
    ['# Running on a cluster: what\n', 'Running on a cluster: what'],
  ])('calls %j %s', (markdown, title) => {
    expect(titleOf(markdown)).toBe(title);
  });
});

describe('links', () => {
  it.each([
    ['docs/x.md#a', 'docs/x.md#a'],
    ['../README.md', '../index.md'],
    ['README.md#y', 'index.md#y'],
    ['#here', '#here'],
    ['../examples/a.yaml', '../examples/a.yaml.md'],
    ['figures/a.svg', 'figures/a.svg'],
    ['t/trials.parquet', 't/trials.parquet'],
  ])('%s becomes %s', (link, expected) => {
    expect(siteLink(link)).toBe(expected);
  });

  it('change in prose only, and only within the site', () => {
    const page = '[a](a.md) `[b](b.md)` ![c](https://x.org/c.md)\n\n```\n[d](d.md)\n```\n[e](e.md)\n';
    const expected = '[a](A.MD) `[b](b.md)` ![c](https://x.org/c.md)\n\n```\n[d](d.md)\n```\n[e](E.MD)\n';
    expect(withLinks(page, (link) => link.toUpperCase())).toBe(expected);
  });

  it('lead to addresses of the server', () => {
    expect(['README.md', 'docs/papers/README.md', 'docs/x.md'].map(addressOf)).toEqual([
      '/',
      '/docs/papers/',
      '/docs/x.html',
    ]);
  });
});

describe('the sources that are built', () => {
  const id = 'fu2018-fig2';
  written(`study/report.html`, '<p>report</p>');
  written(`study/figures/${id}.svg`, '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const folder = join(scratch, 'sources');
  const figures = [{ file: `${id}.svg`, title: 'ρ', width: '5', height: '4' }];
  const shown = { id, paper: 'fu2018', title: 'ρ(σ)', source: 'Figure 2', scale: 'smoke', claims: [], figures };
  writeSources(ROOT, folder, [{ ...shown, folder: join(scratch, 'study') }], '/basin/');
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));

  it('have no link that leads nowhere', () => {
    const missing = (page: string): string[] => {
      const broken = brokenLinks(folder, page, readFileSync(join(folder, page), 'utf8'));
      return broken.filter((link) => !existsSync(join(folder, 'public', page, '..', link)));
    };
    expect(pages.flatMap((page) => missing(page).map((link) => `${page}: ${link}`))).toEqual([]);
    expect(pages).toEqual(expect.arrayContaining(['index.md', 'gallery.md', sitePath('docs/papers/README.md')]));
  });

  it('have the figure beside the text of the paper, and the report', () => {
    expect(readFileSync(join(folder, 'docs/papers/fu2018.md'), 'utf8')).toContain(`/studies/${id}/figures/${id}.svg`);
    expect(readFileSync(join(folder, 'gallery.md'), 'utf8')).toContain('](docs/papers/fu2018.md#fu2018-fig2-ρσ)');
    expect(existsSync(join(folder, 'public/studies', id, 'report.html'))).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, '.vitepress/menu.json'), 'utf8'))).toMatchObject({ base: '/basin/' });
  });

  it('are not written when a page has a dead link or anchor', () => {
    written('dead/README.md', '[x](#nowhere) [y](absent.md)\n');
    for (const page of ['ARCHITECTURE', 'CONTRIBUTING', 'CHANGELOG', 'examples/README'])
      written(`dead/${page}.md`, '# x\n');
    const group = /README\.md: #nowhere\nREADME\.md: absent\.md/;
    for (const page of groups(ROOT)
      .flatMap(({ pages: own }) => own)
      .filter((path) => path.startsWith('docs/')))
      written(`dead/${page}`, '# x\n');
    expect(() => writeSources(join(scratch, 'dead'), join(scratch, 'made'), [], '/')).toThrow(group);
    expect(existsSync(join(scratch, 'made'))).toBe(false);
  });
});
