/** Colours of every page by their names in style sheets, in light and dark mode. */

export const LIGHT = {
  page: '#fff',
  text: '#1c1c1c',
  quiet: '#5a5a5a',
  rule: '#d9d9d9',
  strong: '#8a8a8a',
  tint: '#f5f6f8',
  link: '#0b5cad',
  notice: '#fff9e8',
  holds: '#006b4a',
  fails: '#a83200',
  tile: '#e4e7ec',
  bad: '#d55e00',
} as const;

export const DARK: Readonly<Record<keyof typeof LIGHT, string>> = {
  page: '#16181c',
  text: '#e8e8e8',
  quiet: '#a8abb0',
  rule: '#3a3d44',
  strong: '#777b84',
  tint: '#1f2228',
  link: '#7db8ff',
  notice: '#33290f',
  holds: '#4fd0a0',
  fails: '#ff9a6b',
  tile: '#2b2f37',
  bad: '#ff9a6b',
};

/** The colours as properties of a style rule. */
export function properties(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');
}

/**
 * A style rule of dark mode on a screen: where the reader's system asks for it or the page's switch says `dark`, and
 * not where the switch says `light`. Without `selector` it holds for the root.
 */
export function inDark(declarations: string, selector = ''): string {
  const rule = (root: string): string => `${root}${selector === '' ? '' : ` ${selector}`} { ${declarations} }`;
  return `@media screen and (prefers-color-scheme: dark) { ${rule(':root:not([data-colours="light"])')} }
@media screen { ${rule(':root[data-colours="dark"]')} }`;
}
