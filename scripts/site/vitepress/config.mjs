/** Configuration of VitePress. scripts/site/sources.mjs copies this folder beside the pages, with the menu. */
import { readFileSync } from 'node:fs';
import { anchorOf } from './markdown.mjs';

const { base, sidebar } = JSON.parse(readFileSync(new URL('menu.json', import.meta.url), 'utf8'));

export default {
  lang: 'en',
  title: 'basin',
  description: 'A Monte Carlo laboratory for one-hidden-layer neural networks',
  base,
  // Without an icon of its own a browser would ask the server for one.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  cacheDir: '../cache',
  markdown: {
    // Anchors are those of GitHub, and braces of the text stay text.
    anchor: { slugify: anchorOf },
    attrs: { disable: true },
    languageAlias: { ipynb: 'json', cron: 'sh' },
  },
  themeConfig: {
    nav: [
      { text: 'Tutorial', link: '/docs/tutorial.html' },
      { text: 'Experiments', link: '/gallery.html' },
      { text: 'Commands', link: '/docs/commands/' },
    ],
    sidebar,
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        detailedView: true,
        // Every word stands in the reference and in the history: pages that explain it come first.
        miniSearch: { searchOptions: { boostDocument: (id) => (/(?:api|CHANGELOG)\.html/.test(id) ? 0.2 : 1) } },
      },
    },
  },
  vite: { build: { chunkSizeWarningLimit: 4000 } },
};
