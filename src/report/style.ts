/**
 * The style sheet of report.html: readable on phones, wide screens and paper, in light and dark mode, without anything
 * from the network.
 */
import { DARK, inDark, LIGHT, properties } from './colours.js';

/** Rows as cards, each value beside the title of its column, for tables that are too wide for the page. */
function cards(name: string, width: string): string {
  const table = `table.${name}`;
  const each = (parts: string): string =>
    parts
      .split(',')
      .map((part) => `${table}${part}`)
      .join(', ');
  return `@media screen and (max-width: ${width}) {
.controls.${name} .sorter { display: inline; }
${each(', tbody, tr')} { display: block; } ${table} thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; } ${table} thead button { visibility: hidden; }
${table} td:empty { display: none !important; }
${table} tr { border: 1px solid var(--rule); border-radius: 6px; padding: .25rem .6rem; margin: 0 0 .6rem; }
${each(' td, th[scope="row"]')} { display: block; border: 0; padding: .1rem 0; min-width: 0; text-align: left; white-space: normal; overflow-wrap: anywhere; }
${each(' td::before, th[scope="row"]::before')} { content: attr(data-title) ": "; color: var(--quiet); font-weight: 400; }
}
`;
}

export const STYLE = `
:root { color-scheme: light dark; ${properties(LIGHT)} }
${inDark(`color-scheme: dark; ${properties(DARK)}`)}
@media screen { :root[data-colours="light"] { color-scheme: light; } }
${inDark('filter: invert(.9) hue-rotate(180deg);', ':is(figure:not(.cellmap) > .picture svg, figure img)')}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 78rem; color: var(--text); background: var(--page);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 3rem 0 .25rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
h3 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
p, ul { margin: .5rem 0; max-width: 46rem; }
a { color: var(--link); }
code, pre { font: .9em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { background: var(--tint); border: 1px solid var(--rule); border-radius: 6px; padding: .75rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
sub, sup { line-height: 0; }
.quiet { color: var(--quiet); }
.notice { border: 1px solid #e0b64c; border-left-width: 5px; background: var(--notice); border-radius: 4px; padding: .6rem 1rem; max-width: none; }
figure { margin: 1.5rem 0; }
.picture { overflow-x: auto; } .picture .chosen { stroke: #000; stroke-width: 3px; } .picture svg { display: block; margin: 0 auto; border-radius: 4px; }
.cellmap .filled:not([fill]) { fill: var(--strong); } .cellmap .ground { fill: var(--tile); } .cellmap .mark { fill: var(--bad); } .cellmap text { fill: var(--quiet); } .cellmap .picture .chosen { stroke: var(--text); }
.scale { white-space: nowrap; }
figcaption { max-width: 46rem; margin: .5rem auto 0; font-size: .92rem; }
.files { font-size: .85rem; color: var(--quiet); max-width: 46rem; margin: .25rem auto 0; overflow-wrap: anywhere; }
.shared { max-width: none; } .shared span { white-space: nowrap; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; margin: .5rem 0; }
th, td { padding: .35rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
thead th { border-bottom: 2px solid var(--strong); }
tbody th { font-weight: 500; }
.right { text-align: right; white-space: nowrap; }
.cells tbody tr:nth-child(even) { background: var(--tint); }
@media (min-width: 64rem) { .claims td:nth-child(2) { min-width: 15rem; } .claims td:nth-child(4) { min-width: 10rem; } }
.verdict { white-space: nowrap; font-weight: 600; }
.holds { color: var(--holds); } .fails { color: var(--fails); } .undecided, .not-applicable { color: var(--quiet); }
dl.legend { font-size: .88rem; color: var(--quiet); margin: .25rem 0 0; }
dl.legend div { display: flex; flex-wrap: wrap; column-gap: .5rem; } dl.legend dt { font-weight: 600; } dl.legend dd { margin: 0; }
details { margin: .75rem 0; } summary { cursor: pointer; font-weight: 600; }
.prose { overflow-wrap: anywhere; } .values th { white-space: nowrap; }
nav ul { padding-left: 1.25rem; }
th button { min-width: 24px; min-height: 24px; font: inherit; color: inherit; text-align: inherit; background: none; border: 0; padding: 0; cursor: pointer; } th button:hover { text-decoration: underline; }
th[aria-sort="ascending"] button::after { content: " ▲"; } th[aria-sort="descending"] button::after { content: " ▼"; }
.controls:not([hidden]) { display: flex; } .controls { flex-wrap: wrap; gap: .25rem .75rem; align-items: center; max-width: none; } figure .controls { justify-content: center; font-size: .85rem; }
.controls input, .controls select, .controls button { min-height: 28px; font: inherit; max-width: 100%; color: var(--text); background: var(--page); border: 1px solid var(--strong); border-radius: 4px; padding: .15rem .4rem; }
.controls button { padding: .15rem .6rem; cursor: pointer; } .controls button[aria-pressed="true"] { border-color: var(--link); box-shadow: inset 0 0 0 1px var(--link); }
.sorter { display: none; }
.tooltip { position: fixed; z-index: 1; max-width: 22rem; padding: .35rem .6rem; font-size: .85rem; line-height: 1.4; color: var(--text); background: var(--page); border: 1px solid var(--strong); border-radius: 6px; pointer-events: none; }
.tooltip[hidden] { display: none; }
button.colours { min-height: 28px; float: right; font: inherit; font-size: .85rem; margin: 0 0 .5rem 1rem; padding: .15rem .6rem; color: var(--text); background: var(--tint); border: 1px solid var(--strong); border-radius: 4px; cursor: pointer; }
button:focus-visible, input:focus-visible, a:focus-visible, summary:focus-visible, .picture:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media (max-width: 36rem) { body { padding: 1rem .9rem 3rem; } th, td { padding: .3rem .5rem; } button.colours { float: none; display: block; margin: 0 0 .5rem auto; } }
@media print { .controls, .tooltip, button.colours { display: none; } body { max-width: none; padding: 0; font-size: 10pt; } h2 { break-after: avoid; } figure, tr, .notice { break-inside: avoid; }
  
  .scroll, .picture { overflow: visible; } .picture svg { max-width: 100%; height: auto; } a { color: inherit; text-decoration: none; } .files { display: none; } details::details-content { content-visibility: visible; } }
${cards('cards-small', '38rem')}${cards('cards-large', '64rem')}`;
