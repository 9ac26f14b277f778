/** The sources that the generator builds: pages with links of the site, figures and reports. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { anchorFor, galleryPage, withFigures } from './gallery.mjs';
import { brokenLinks, relativeLinks, withLinks } from './markdown.mjs';
import { addressOf, GALLERY, groups, readPage, sitePath, titleOf } from './pages.mjs';

const isPicture = (/** @type {string} */ path) => /\.(svg|png)$/.test(path);
/** Linked files that the site hands out as they are. */
export const DATA = ['csv', 'parquet'];
const isData = (/** @type {string} */ path) => DATA.includes(posix.extname(path).slice(1));

/** Files that a page links and that are no pages themselves. @param {string} page @param {string} text */
const filesOf = (page, text) =>
  relativeLinks(text)
    .map((link) => link.split('#')[0])
    .filter((path) => path !== '' && !path.endsWith('.md'))
    .map((path) => posix.join(posix.dirname(page), path));

/** A link of the repository as a link of the site. @param {string} link */
export function siteLink(link) {
  const [path, anchor] = link.split('#');
  const changed = path === '' || isPicture(path) || isData(path) ? path : sitePath(path);
  return anchor === undefined ? changed : `${changed}#${anchor}`;
}

/** A file that is no page, as one. @param {string} path @param {string} text */
export const filePage = (path, text) =>
  `# ${path}\n\n\`\`\`${posix.extname(path).slice(1)}\n${text.trimEnd()}\n\`\`\`\n`;

/**
 * Pages of the repository, with the gallery.
 * @param {string} root
 * @param {readonly import('./experiments.mjs').Shown[]} shown
 * @returns {Map<string, string>} Markdown by path, links as in the repository
 */
function pages(root, shown) {
  const paths = groups(root).flatMap((group) => group.pages);
  const texts = new Map(paths.filter((path) => path !== GALLERY).map((path) => [path, readPage(root, path)]));
  const broken = [...texts].flatMap(([path, text]) => brokenLinks(root, path, text).map((link) => `${path}: ${link}`));
  if (broken.length > 0) throw new Error(`these links lead nowhere:\n${broken.join('\n')}`);
  const pageOf = (/** @type {string} */ paper, /** @type {string} */ experiment) => {
    const path = `docs/papers/${paper}.md`;
    const text = texts.get(path);
    const anchor = text === undefined ? undefined : anchorFor(text, experiment);
    return anchor === undefined ? undefined : `${path}#${anchor}`;
  };
  texts.set(GALLERY, galleryPage(shown, pageOf));
  return texts;
}

/** The menu, as the generator takes it. @param {string} root @param {Map<string, string>} texts */
function sidebar(root, texts) {
  return groups(root).map(({ title, pages: own, collapsed }) => ({
    text: title,
    collapsed: collapsed ?? false,
    items: own.map((page) => ({ text: titleOf(texts.get(page) ?? ''), link: addressOf(page) })),
  }));
}

/** @param {string} folder @param {string} path @param {string} text */
function write(folder, path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/**
 * Writes the sources of the site; what was in the folder before goes.
 * @param {string} root
 * @param {string} folder
 * @param {readonly import('./experiments.mjs').Shown[]} shown
 * @param {string} base address of the site's root on its server
 */
export function writeSources(root, folder, shown, base) {
  const texts = pages(root, shown);
  rmSync(folder, { recursive: true, force: true });
  for (const [page, text] of texts) {
    const isPaper = page.startsWith('docs/papers/');
    write(folder, sitePath(page), withLinks(isPaper ? withFigures(text, shown, '../../') : text, siteLink));
  }
  for (const path of new Set([...texts].flatMap(([page, text]) => filesOf(page, text)))) {
    if (isPicture(path)) cpSync(join(root, path), join(folder, path));
    else if (isData(path)) cpSync(join(root, path), join(folder, 'public', path));
    else write(folder, sitePath(path), filePage(path, readPage(root, path)));
  }
  for (const { id, folder: study } of shown) {
    const target = join(folder, 'public', 'studies', id);
    cpSync(join(study, 'report.html'), join(target, 'report.html'));
    cpSync(join(study, 'figures'), join(target, 'figures'), { recursive: true });
  }
  cpSync(join(import.meta.dirname, 'vitepress'), join(folder, '.vitepress'), { recursive: true });
  cpSync(join(import.meta.dirname, 'markdown.mjs'), join(folder, '.vitepress', 'markdown.mjs'));
  write(folder, '.vitepress/menu.json', JSON.stringify({ base, sidebar: sidebar(root, texts) }));
}
