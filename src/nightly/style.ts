/** The style of nightly.html, in addition to the style of every page. */
export const NIGHT_STYLE = `
body { max-width: 76rem; }
.headline { border-left: 8px solid; border-radius: 4px; padding: .75rem 1rem; max-width: none; font-size: 1.1rem; font-weight: 600; background: var(--tint); }
.green { border-color: #00855d; } .amber { border-color: #e0a000; } .red { border-color: #c03a00; }
.attention li { margin: .25rem 0; }
h3 + .attention { margin-top: 0; } .attention { max-width: none; }
.claims th .quiet { font-weight: 400; }
.claims th[scope="rowgroup"] { background: var(--tint); text-align: left; font-weight: 600; }
.expected, .unfinished, .not-applicable { color: var(--quiet); } .surprise { color: var(--link); }
.strip { white-space: nowrap; letter-spacing: .1em; font-family: ui-monospace, Menlo, Consolas, monospace; } .strip a { text-decoration: none; color: inherit; }
@media screen and (max-width: 64rem) { .claims th[scope="rowgroup"] { display: block; border: 0; } .strip::before { letter-spacing: 0; font-family: system-ui, sans-serif; } }
`;
