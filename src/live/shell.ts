/** The page before anything is known: its parts are empty, and its script fills them. */
import { escapeHtml, toHtml } from '../report/markup.js';
import { InputError } from '../base/errors.js';
import type { LiveSource } from './source.js';

/** Parts whose HTML comes in events, in the order of the page; `progress` and `state` are announced to screen readers. */
const BEFORE = ['state', 'progress', 'working', 'problems'] as const;
const AFTER = ['findings', 'claims', 'figures', 'failures', 'runs'] as const;

/** A basin with a ball at its minimum. */
export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M1 3Q8 24 15 3" fill="none" stroke="#0072B2" stroke-width="2"/><circle cx="8" cy="9" r="3" fill="#D55E00"/></svg>';

export function shell({ store, experimentOf }: LiveSource, asked: string): string {
  const all = store.experiments();
  const chosen = asked === '' ? all[0] : all.find(({ id }) => id === asked);
  if (chosen === undefined)
    throw new InputError(asked === '' ? 'the study holds no experiment yet' : `the study has no experiment '${asked}'`);
  const { title, source } = experimentOf(chosen);
  const { seed, scale } = store.identity;
  const part = (id: string): string => `<section id="${id}"></section>`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(chosen.id)} – basin watch</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/style.css">
<script src="/page.js" defer></script>
</head>
<body data-experiment="${escapeHtml(chosen.id)}">
<a class="skip" href="#map">To the map</a>
<main>
<h1>${toHtml(title)}</h1>
<p class="quiet"><code>${escapeHtml(chosen.id)}</code> · ${toHtml(source)} · seed ${seed}, scale ${escapeHtml(scale)} · <code>${escapeHtml(store.dir)}</code></p>
<p id="connection" class="notice" role="status" hidden></p>
<noscript><p class="notice">This page needs JavaScript. <code>basin report</code> writes a page that does not.</p></noscript>
<nav id="experiments" aria-label="Experiments"></nav>
${BEFORE.map(part).join('\n')}
<section id="map" aria-labelledby="map-title" hidden>
<h2 id="map-title">Cells</h2>
<p class="controls"><label>Show <select id="shown"></select></label> <span id="scale" class="scale"></span></p>
<div class="map"><canvas id="tiles" tabindex="0" role="application" aria-label="Map of the cells: arrow keys move, Enter lists the trials of a cell" aria-describedby="cell"></canvas></div>
<p id="cell" class="quiet" role="status">Each tile is a cell and fills with its trials. Click one, or move with the arrow keys and press Enter.</p>
<div id="detail" tabindex="-1" hidden></div>
<details id="table"><summary></summary>
<p class="controls"><label>Only cells with <input id="filter" type="search" placeholder="d = 20" size="16"></label> <button id="earlier" type="button">Earlier</button> <button id="later" type="button">Later</button> <span id="range" class="quiet"></span></p>
<div class="scroll"><table class="cells"><thead></thead><tbody></tbody></table></div></details>
</section>
${AFTER.map(part).join('\n')}
</main>
</body>
</html>
`;
}
