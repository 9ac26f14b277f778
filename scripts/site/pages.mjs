/** Which pages the site has, in which order, and how its menu names them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const byName = (/** @type {string} */ folder) => ({ folder });
const docs = (/** @type {string[]} */ ...names) => names.map((name) => `docs/${name}.md`);

/** The page about the experiments that were run for the site. */
export const GALLERY = 'gallery.md';

/**
 * Groups of the menu: pages, and folders of which every page belongs to the group. A page of docs/ that no group has
 * stops the build.
 */
export const GROUPS = [
  { title: 'First steps', pages: ['README.md', ...docs('install', 'tutorial')] },
  {
    title: 'Studies of your own',
    pages: [
      ...docs('studies', 'studies-measures', 'formulas', 'own-code'),
      'examples/README.md',
      byName('docs/weak-spots'),
    ],
  },
  { title: 'Papers', pages: [GALLERY, ...docs('results'), byName('docs/papers')] },
  { title: 'Long runs', pages: docs('cluster', 'nightly', 'tuning') },
  { title: 'Trust', pages: docs('identity', 'reliability', 'mutants') },
  { title: 'Speed', pages: docs('performance', 'benchmarks') },
  { title: 'From programs', pages: docs('library', 'api', 'python') },
  { title: 'Commands', pages: [byName('docs/commands')], collapsed: true },
  { title: 'Derivations', pages: [byName('docs/derivations')], collapsed: true },
  { title: 'The program', pages: ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'] },
];

/** @param {string} root @returns {string[]} every page of docs/, sorted */
export function docsPages(root) {
  const names = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  const pages = names.filter((name) => name.endsWith('.md'));
  return pages.map((name) => `docs/${name.replaceAll('\\', '/')}`).sort();
}

/** @param {string[]} pages @param {string} folder @returns {string[]} its overview first */
function pagesOf(pages, folder) {
  const own = pages.filter((page) => page.startsWith(`${folder}/`));
  const overview = `${folder}/README.md`;
  return own.includes(overview) ? [overview, ...own.filter((page) => page !== overview)] : own;
}

/**
 * @param {string} root
 * @returns {{ title: string, collapsed?: boolean, pages: string[] }[]} GROUPS with every folder as its pages
 */
export function groups(root) {
  const all = docsPages(root);
  const whole = GROUPS.map((group) => ({
    ...group,
    pages: group.pages.flatMap((page) => (typeof page === 'string' ? [page] : pagesOf(all, page.folder))),
  }));
  const named = new Set(whole.flatMap((group) => group.pages));
  const forgotten = all.filter((page) => !named.has(page));
  if (forgotten.length > 0) throw new Error(`scripts/site/pages.mjs has no group for ${forgotten.join(', ')}`);
  return whole;
}

/** @param {string} root @param {string} page */
export const readPage = (root, page) => readFileSync(join(root, page), 'utf8');

/**
 * What the menu calls a page: its heading without mark-up, of `fu2018: Fu, Chi, …` what stands before the colon.
 * @param {string} markdown
 */
export function titleOf(markdown) {
  const heading = /^# (.+)$/m.exec(markdown)?.[1] ?? '';
  return heading.replace(/[`*_]/g, '').replace(/^(\w+): .*$/, '$1');
}

/**
 * The file of a page in the sources of the site: an overview becomes the index of its folder; a file that is no page
 * becomes a page that shows it.
 * @param {string} path
 */
export function sitePath(path) {
  if (!path.endsWith('.md')) return `${path}.md`;
  return path.replace(/(^|\/)README\.md$/, '$1index.md');
}

/** @param {string} page @returns {string} its address below the root of the site */
export const addressOf = (page) =>
  `/${sitePath(page)
    .replace(/(^|\/)index\.md$/, '$1')
    .replace(/\.md$/, '.html')}`;
