/** Links and anchors of a Markdown page, for the site and for the tests of the pages. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Code blocks and code spans: what stands in them is no link. */
export const FENCE = /^```[^\n]*\n(.*?)^```/gms;
export const INLINE = /`([^`\n]+)`/g;
const LINK = /(\]\()([^)\s]+)(\))/g;

const isForeign = (/** @type {string} */ target) => /^[a-z]+:/.test(target);

/**
 * The page with every relative link and picture changed, outside of code.
 * @param {string} markdown
 * @param {(target: string) => string} change
 */
export function withLinks(markdown, change) {
  const code = new RegExp(`(${FENCE.source}|${INLINE.source})`, 'gms');
  const change_ = (/** @type {string} */ prose) =>
    prose.replace(LINK, (whole, open, target, close) => (isForeign(target) ? whole : open + change(target) + close));
  let [changed, from] = ['', 0];
  for (const match of markdown.matchAll(code)) {
    changed += change_(markdown.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return changed + change_(markdown.slice(from));
}

/**
 * Targets of links and pictures, without those to other sites.
 * @param {string} markdown
 * @returns {string[]}
 */
export function relativeLinks(markdown) {
  const prose = markdown.replace(FENCE, '').replace(INLINE, '');
  return [...prose.matchAll(LINK)].map(([, , target]) => target).filter((target) => !isForeign(target));
}

/**
 * The anchor of a heading, as GitHub makes it.
 * @param {string} heading
 */
export function anchorOf(heading) {
  const kept = heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '');
  return kept.trim().replace(/\s/g, '-');
}

/**
 * The headings of a page as anchors.
 * @param {string} markdown
 */
export function anchors(markdown) {
  return [...markdown.replace(FENCE, '').matchAll(/^#+\s+(.+)$/gm)].map(([, heading]) => anchorOf(heading));
}

/**
 * Links of a page that lead to no file, or to no heading of one.
 * @param {string} root
 * @param {string} page relative to root
 * @param {string} markdown text of the page
 */
export function brokenLinks(root, page, markdown) {
  return relativeLinks(markdown).filter((link) => {
    const [path, anchor] = link.split('#');
    const target = join(root, path === '' ? page : join(dirname(page), path));
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchors(readFileSync(target, 'utf8')).includes(anchor);
  });
}
