/** The gallery page, and the figures that pages of papers get beside their text. */
import { formatEstimate } from '../../dist/report/format.js';
import { anchorOf } from './markdown.mjs';

/** @typedef {import('./experiments.mjs').Shown} Shown */

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '{': '&#123;', '}': '&#125;' };
/** Text that is neither HTML nor an expression of the generator's templates. @param {string} text */
const escaped = (text) => text.replace(/[&<>"{}]/g, (sign) => ENTITIES[/** @type {'&'} */ (sign)]);

const VERDICTS = ['holds', 'fails', 'undecided', 'not-applicable'];

/** JSON has no NaN: an unknown number is null. @param {number | null} number */
const known = (number) => number ?? Number.NaN;

/** @param {Shown} shown @param {Shown['figures'][number]} figure */
function picture({ id }, { file, title, width, height }) {
  const size = `width="${width}" height="${height}"`;
  return `<img class="figure" src="/studies/${id}/figures/${file}" alt="${escaped(title)}" ${size} loading="lazy">`;
}

/** @param {string} summary @param {readonly string[]} lines */
const folded = (summary, lines) =>
  lines.length === 0 ? [] : [`<details><summary>${summary}</summary>`, ...lines, '</details>'];

/** @param {Shown} shown @returns {string[]} lines: the first figure, and the others folded */
function pictures(shown) {
  const [first, ...others] = shown.figures.map((figure) => picture(shown, figure));
  if (first === undefined) return [];
  return [first, ...folded(others.length === 1 ? 'one more figure' : `${others.length} more figures`, others)];
}

/** @param {Shown} shown @param {string} root relative address of the site's root */
function reportLink({ id, scale }, root) {
  return `<a href="${root}studies/${id}/report.html" target="_blank">Interactive report</a> (${scale} scale)`;
}

/** How many claims have which verdict: `holds 3, fails 1`. @param {Shown} shown */
export function verdicts({ claims }) {
  const counts = VERDICTS.map((verdict) => [verdict, claims.filter((claim) => claim.verdict === verdict).length]);
  const said = counts.filter(([, count]) => count !== 0).map(([verdict, count]) => `${verdict} ${count}`);
  return said.length === 0 ? 'no claims' : said.join(', ');
}

/** @param {Shown} shown */
function claimsTable({ claims }) {
  const rows = claims.map(({ statement, verdict, reason, value, low, high }) => {
    const said = reason === undefined ? verdict : `${verdict}: ${reason}`;
    const number = formatEstimate({ value: known(value), low: known(low), high: known(high) });
    return `<tr><td>${escaped(statement)}</td><td>${number}</td><td>${escaped(said)}</td></tr>`;
  });
  const head = '<thead><tr><th>claim</th><th>value</th><th>verdict</th></tr></thead>';
  return rows.length === 0 ? [] : folded('claims', ['<table>', head, '<tbody>', ...rows, '</tbody>', '</table>']);
}

/** The experiments that a heading of a page names: `fu2018-fig2: ρ(σ)`, `x-fig2a, -fig2b: …`. @param {string} heading */
function namedBy(heading) {
  const [names] = heading.split(': ');
  let paper = '';
  return names.split(', ').map((name) => {
    if (name.startsWith('-')) return paper + name;
    [paper] = name.split('-');
    return name;
  });
}

/**
 * A page with the figures of every experiment below the heading that names it.
 * @param {string} markdown
 * @param {readonly Shown[]} all
 * @param {string} root relative address of the site's root
 */
export function withFigures(markdown, all, root) {
  return markdown.replace(/^## (.+)$/gm, (line, heading) => {
    const named = namedBy(heading);
    const blocks = all
      .filter(({ id }) => named.includes(id))
      .map((shown) =>
        ['<div class="study">', ...pictures(shown), `<p>${shown.id}: ${reportLink(shown, root)}</p>`, '</div>'].join(
          '\n',
        ),
      );
    return [line, ...blocks].join('\n\n');
  });
}

/** @param {Shown} shown @param {(paper: string, experiment: string) => string | undefined} pageOf */
function entry(shown, pageOf) {
  const page = pageOf(shown.paper, shown.id);
  const told = page === undefined ? [] : [`[what was chosen, and what came out](${page})`];
  const links = [reportLink(shown, ''), ...told].join(' · ');
  const block = ['<div class="study">', ...pictures(shown), ...claimsTable(shown), '</div>'].join('\n');
  return [`### ${shown.id}`, `${escaped(shown.title)} (${escaped(shown.source)}).`]
    .concat([`Claims: ${verdicts(shown)}. ${links}`, block])
    .join('\n\n');
}

/**
 * The page of all experiments that were run.
 * @param {readonly Shown[]} all
 * @param {(paper: string, experiment: string) => string | undefined} pageOf link to the page of a paper
 */
export function galleryPage(all, pageOf) {
  const head = '# Experiments\n\n';
  if (all.length === 0) return `${head}This site was made without runs: \`npm run site\` makes them.\n`;
  const papers = [...new Set(all.map(({ paper }) => paper))];
  const parts = papers.map((paper) => {
    const own = all.filter((shown) => shown.paper === paper);
    return [`## ${paper}`, ...own.map((shown) => entry(shown, pageOf))].join('\n\n');
  });
  const intro = [
    `${all.length} experiments at ${all[0].scale} scale, as \`basin reproduce\` made them for this site.`,
    'An interactive report is one file, which works without a network.',
    'At a scale below the paper’s most open claims lack trials:',
    '[the statements of the papers](docs/papers/README.md) have verdicts of larger runs.',
  ].join(' ');
  return `${head}${intro}\n\n${parts.join('\n\n')}\n`;
}

/**
 * The heading of a page that names an experiment, as an anchor.
 * @param {string} markdown
 * @param {string} experiment
 */
export function anchorFor(markdown, experiment) {
  const headings = [...markdown.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  const heading = headings.find((one) => namedBy(one).includes(experiment));
  return heading === undefined ? undefined : anchorOf(heading);
}
