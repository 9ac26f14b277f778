/** The style sheet of report.html: readable on a phone, on a desk and on paper, without anything from the network. */
export const STYLE = `
:root { --text: #1c1c1c; --quiet: #5a5a5a; --rule: #d9d9d9; --tint: #f5f6f8; --link: #0b5cad; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem; color: var(--text); background: #fff;
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
.notice { border: 1px solid #e0b64c; border-left-width: 5px; background: #fff9e8; border-radius: 4px; padding: .6rem 1rem; max-width: none; }
figure { margin: 1.5rem 0; }
figure svg { display: block; width: 100%; max-width: 40rem; height: auto; margin: 0 auto; }
figcaption { max-width: 40rem; margin: .5rem auto 0; font-size: .92rem; }
.files { font-size: .85rem; color: var(--quiet); max-width: 40rem; margin: .25rem auto 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; margin: .5rem 0; }
th, td { padding: .35rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
thead th { border-bottom: 2px solid #8a8a8a; white-space: nowrap; }
tbody th { font-weight: 500; }
.right { text-align: right; white-space: nowrap; }
.cells tbody tr:nth-child(even) { background: var(--tint); }
.claims td:nth-child(2) { min-width: 15rem; } .claims td:nth-child(4) { min-width: 10rem; }
.verdict { white-space: nowrap; font-weight: 600; }
.holds { color: #006b4a; } .fails { color: #a83200; } .undecided, .not-applicable { color: #5a5a5a; }
dl.legend { font-size: .88rem; color: var(--quiet); margin: .25rem 0 0; }
dl.legend div { display: flex; gap: .5rem; } dl.legend dt { font-weight: 600; } dl.legend dd { margin: 0; }
details { margin: .75rem 0; } summary { cursor: pointer; font-weight: 600; }
.values td { overflow-wrap: anywhere; min-width: 9rem; } .values th { white-space: nowrap; }
nav ul { padding-left: 1.25rem; }
@media (max-width: 36rem) { body { padding: 1rem .9rem 3rem; } th, td { padding: .3rem .5rem; } }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } h2 { break-after: avoid; } figure, tr, .notice { break-inside: avoid; }
  .scroll { overflow: visible; } a { color: inherit; text-decoration: none; } .files { display: none; } }
`;
