/** The style sheet of the live page, beside that of every page. */
import { inDark } from '../report/colours.js';
import { STYLE } from '../report/style.js';

export const LIVE_STYLE = `${STYLE}
:root { --likely: #9dc3e6; --middle: #0b5cad; --running: #006b4a; }
${inDark('--likely: #2f5d8a; --middle: #7db8ff; --running: #4fd0a0;')}
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--page); padding: .25rem .5rem; z-index: 1; }
.running { color: var(--running); }
section:empty, nav:empty { display: none; }
[hidden] { display: none !important; }
progress { width: 12rem; max-width: 40vw; height: .8rem; vertical-align: middle; accent-color: var(--middle); }
nav ul { columns: 22rem; list-style: none; padding: 0; max-width: none; font-size: .92rem; } nav progress { width: 5rem; }
nav a[aria-current] { font-weight: 700; }
svg.band { width: 100%; max-width: 20rem; height: 1rem; display: block; }
.track { fill: var(--rule); } .likely { fill: var(--likely); } rect.middle { fill: var(--middle); }
polyline.middle { fill: none; stroke: var(--middle); stroke-width: 2; vector-effect: non-scaling-stroke; }
figure.trend { margin: .75rem 0; } figure.trend svg { width: 100%; max-width: 28rem; height: 3rem; display: block; } figure.trend figcaption { margin: 0; color: var(--quiet); font-size: .85rem; }
figure img { max-width: 100%; height: auto; display: block; margin: 0 auto; border-radius: 4px; background: #fff; }
.map canvas { display: block; width: 100%; border-radius: 4px; cursor: pointer; touch-action: manipulation; }
canvas:focus-visible, a:focus-visible, button:focus-visible, select:focus-visible, input:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.controls { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; max-width: none; }
.controls label { min-width: 0; max-width: 100%; }
select, input, button { font: inherit; font-size: .92rem; color: var(--text); background: var(--tint); border: 1px solid var(--strong); border-radius: 4px; padding: .25rem .5rem; max-width: 100%; }
button:disabled { opacity: .5; }
#detail { border: 1px solid var(--strong); border-radius: 6px; padding: .25rem 1rem 1rem; margin: 1rem 0; }
#detail h3 { overflow-wrap: anywhere; }
#detail[aria-busy] { opacity: .6; cursor: progress; }
figure.weights { margin: .5rem 0; text-align: left; } figure.weights figcaption { margin: 0; font-size: .85rem; } figure.weights svg { display: block; max-width: 100%; border: 1px solid var(--rule); }
.ground { fill: var(--page); } .above { fill: var(--middle); } .below { fill: var(--bad); }
.scale canvas { width: 9rem; height: .8rem; vertical-align: middle; margin: 0 .4rem; border-radius: 2px; }
td svg.interval { width: 6rem; height: .8rem; }
.cells td, .trials td { white-space: nowrap; }
h2.now { font-size: 1.05rem; margin-top: 1rem; border: 0; padding: 0; }
.working { max-width: none; max-height: 9rem; overflow-y: auto; margin: .25rem 0; padding-left: 1.25rem; } .working li { overflow-wrap: anywhere; }
.failures { max-width: none; padding-left: 1.25rem; } .failures li { margin: .5rem 0; overflow-wrap: anywhere; }
.runs .prose { overflow-wrap: break-word; }
#table tbody tr:hover { background: var(--tint); }
@media (max-width: 36rem) { h1 { font-size: 1.35rem; } #detail { padding: .1rem .6rem .6rem; } }
`;
