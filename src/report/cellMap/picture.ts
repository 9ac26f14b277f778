/** The map of an experiment's cells as the live page shows it, frozen: a picture with its scale and a choice of measures. */
import type { CellSummary } from '../../experiments/spec.js';
import { shownSettings } from '../../study/grid/values.js';
import type { ExperimentContent } from '../content.js';
import { textWidth } from '../font.js';
import { formatEstimate } from '../format.js';
import { escapeHtml } from '../markup.js';
import { formatSetting } from '../tables.js';
import { layoutOf, type Layout } from './layout.js';
import { colourAt, scaleOf, shortNumber, type Scale } from './scale.js';
import { geometryOf, LABEL_SIZE, labelsOf, tileParts, type MapLabel, type TilePart } from './tiles.js';

/** Width in px of the page that holds the map. */
const WIDTH = 720;
/** Maps of more cells tell no numbers and have no choice: they would make most of the page. */
const MOST_TOLD = 2000;
/** Values of all measures that the choice may hold. */
const MOST_VALUES = 8000;
/** Colours in the picture of a scale. */
const RAMP = 24;

type Content = Pick<ExperimentContent, 'experiment' | 'cells'>;

/** One measure of every cell. */
interface Shown {
  readonly title: string;
  readonly scale: Scale;
  /** undefined: no finite value */
  readonly colours: readonly (string | undefined)[];
  readonly texts: readonly string[];
}

/** As HTML; empty where there is nothing to compare. */
export function cellMap({ experiment, cells }: Content): string {
  const { measures } = experiment;
  if (cells.length < 2 || measures.length === 0 || cells.every(({ trials }) => trials === 0)) return '';
  const isTold = cells.length <= MOST_TOLD;
  const shown = measures
    .slice(0, isTold ? Math.max(1, Math.floor(MOST_VALUES / cells.length)) : 1)
    .map(({ name }) => shownOf(name, cells));
  const layout = layoutOf(cells.map(({ settings }) => shownSettings(experiment, settings)));
  const settings = cells.map((cell) => settingsText(layout, shownSettings(experiment, cell.settings)));
  const picture = isTold ? toldTiles(cells, layout, shown[0], settings) : silentTiles(cells, layout, shown[0]);
  return `<figure class="cellmap">
${choice(shown)}
<div class="picture" tabindex="0">${svg(layout, picture, shown[0].title)}</div>
<figcaption>${scaleHtml(shown[0])} Each tile is a cell, filled by the share of its trials that are done. Grey: no finite value. An orange mark: failed, diverged or censored trials.</figcaption>
</figure>`;
}

function shownOf(name: string, cells: readonly CellSummary[]): Shown {
  const values = cells.map(({ measures }) => measures[name]?.value ?? Number.NaN);
  const scale = scaleOf(values.filter(Number.isFinite));
  return {
    title: name,
    scale,
    colours: values.map((value) => (Number.isFinite(value) ? colourAt(scale.place(value)) : undefined)),
    texts: cells.map(({ measures }) => (name in measures ? formatEstimate(measures[name]) : '')),
  };
}

function settingsText({ settings }: Layout, values: CellSummary['settings']): string {
  return settings.map((name) => `${name}: ${formatSetting(values[name])}; `).join('');
}

const measure = (text: string): number => textWidth(text, LABEL_SIZE, 'normal');

function svg(layout: Layout, tiles: string, title: string): string {
  const geometry = geometryOf(layout, WIDTH, measure);
  const labels = labelsOf(layout, geometry, WIDTH, measure);
  const end = Math.max(...labels.map(({ text, x }) => x + measure(text)));
  const width = Math.ceil(Math.max(geometry.left + geometry.tileWidth * layout.columns.length, Math.min(end, WIDTH)));
  const height = Math.ceil(geometry.height);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Map of the cells: ${escapeHtml(title)}">
<g class="mark-rect role-mark">${tiles}</g>
<g font-size="${LABEL_SIZE}">${labels.map(label).join('')}</g></svg>`;
}

function label({ text, x, y, baseline, most }: MapLabel): string {
  const squeezed = measure(text) > most ? ` textLength="${most.toFixed(1)}" lengthAdjust="spacingAndGlyphs"` : '';
  const down = (baseline === 'middle' ? 0.36 : 0.9) * LABEL_SIZE;
  return `<text x="${x.toFixed(1)}" y="${(y + down).toFixed(1)}"${squeezed}>${escapeHtml(text)}</text>`;
}

function partsOf(cells: readonly CellSummary[], layout: Layout): TilePart[][] {
  const geometry = geometryOf(layout, WIDTH, measure);
  return cells.map(({ trials, planned, failed, diverged, censored = 0 }, at) =>
    tileParts(geometry, layout.places[at], { planned, done: trials, failed, diverged, censored }, Math.round),
  );
}

/** Tiles that say what they show, as the marks of figures do. */
function toldTiles(
  cells: readonly CellSummary[],
  layout: Layout,
  { title, colours, texts }: Shown,
  settings: readonly string[],
): string {
  return partsOf(cells, layout)
    .map((parts, at) => {
      const { trials, planned } = cells[at];
      const told = `${settings[at]}${title}: ${texts[at]}; trials: ${trials} of ${planned}`;
      const rects = parts.map(
        ({ kind, x, y, width, height }) =>
          `<rect class="${kind}"${fillOf(kind, colours[at])} x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"/>`,
      );
      return `<g aria-label="${escapeHtml(told)}">${rects.join('')}</g>`;
    })
    .join('\n');
}

/** One path for each colour: a tenth of the size of a rectangle for each tile. */
function silentTiles(cells: readonly CellSummary[], layout: Layout, { colours }: Shown): string {
  const paths = new Map<string, string[]>();
  partsOf(cells, layout).forEach((parts, at) => {
    for (const { kind, x, y, width, height } of parts) {
      const look = `class="${kind}"${fillOf(kind, colours[at])}`;
      const path = paths.get(look) ?? [];
      path.push(`M${px(x)},${px(y)}h${px(width)}v${px(height)}h${px(-width)}z`);
      paths.set(look, path);
    }
  });
  // A mark lies over its tile.
  const last = ([look]: readonly [string, unknown]): number => Number(look.includes('"mark"'));
  return [...paths]
    .sort((a, b) => last(a) - last(b))
    .map(([look, path]) => `<path ${look} d="${path.join('')}"/>`)
    .join('\n');
}

/** A tenth of a pixel is enough. */
function px(length: number): string {
  return String(Number(length.toFixed(1)));
}

/** The style sheet has the other colours. */
function fillOf(kind: TilePart['kind'], colour: string | undefined): string {
  return kind === 'filled' && colour !== undefined ? ` fill="${colour}"` : '';
}

/** Hidden until the program of the page, page/maps.ts, makes it work. */
function choice(shown: readonly Shown[]): string {
  if (shown.length < 2) return '';
  const options = shown.map(({ title, scale, colours, texts }) => {
    const data = {
      low: shortNumber(scale.low),
      high: shortNumber(scale.high),
      colours: colours.map((colour) => colour ?? '').join(),
      texts: texts.join(';'),
    };
    const attributes = Object.entries(data).map(([name, text]) => ` data-${name}="${escapeHtml(text)}"`);
    return `<option${attributes.join('')}>${escapeHtml(title)}</option>`;
  });
  return `<p class="controls" hidden><label>Show <select>${options.join('\n')}</select></label></p>`;
}

function scaleHtml({ title, scale }: Shown): string {
  const rects = Array.from(
    { length: RAMP },
    (_, i) => `<rect x="${4 * i}" width="4" height="10" fill="${colourAt(i / (RAMP - 1))}"/>`,
  );
  return `<div class="scale"><b class="title">${escapeHtml(title)}</b> <span class="low">${shortNumber(scale.low)}</span> <svg width="${4 * RAMP}" height="10" aria-hidden="true" shape-rendering="crispEdges">${rects.join('')}</svg> <span class="high">${shortNumber(scale.high)}</span></div>`;
}
