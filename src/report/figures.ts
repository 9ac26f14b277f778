/** Draws figures from data: Vega-Lite to SVG without a browser, SVG to PNG with the bundled font alone. */
import { loader, parse, View, type Loader, type LoggerInterface, type Spec as VegaSpec } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Figure } from '../experiments/spec.js';
import { toCsv } from './csv.js';
import { withEdges } from './edges.js';
import { checkFields } from './fields.js';
import { withOrders } from './orders.js';
import { removeLabels } from './labels.js';
import { withShortTitles, wrap } from './titles.js';
import { setScripts } from './markup.js';
import { measureTextByFont } from './measure.js';
import { THEME, TITLE_SIZE, WIDTH } from './theme.js';
import { strictLog } from './strict.js';
import { rasterise, USUAL_DPI } from './png.js';

/** Figures have their data inside and load nothing. */
const OFFLINE: Loader = Object.assign(loader(), { load: () => Promise.reject(new Error('a figure loads nothing')) });

export interface RenderedFigure {
  /** the complete Vega-Lite spec: data and theme inside, drawn alike by any Vega-Lite of the same major version */
  readonly spec: Readonly<Record<string, unknown>>;
  readonly svg: string;
  /** the same with what each mark shows in its `aria-label`, for the page's tooltips */
  readonly labelled: string;
  readonly png: Uint8Array;
  readonly csv: string;
  /** the rows that the plot cannot place, for the caption; empty where it shows all */
  readonly note: string;
}

/**
 * A figure as the page shows it: drawn, or left out because of a problem, or because no trial has given it data yet.
 */
export interface DrawnFigure {
  readonly figure: Figure;
  readonly drawn?: RenderedFigure;
  readonly problem?: string;
}

/** A figure without its raster picture and its table. */
export type DrawnVector = Pick<RenderedFigure, 'spec' | 'svg' | 'note'>;

/**
 * Draws a figure. Equal figures give equal bytes, whatever was drawn before. Throws where Vega would only warn, and
 * where the spec names a field that no row has.
 */
export async function renderFigure(figure: Figure, dpi = USUAL_DPI): Promise<RenderedFigure> {
  const { spec, note } = complete(figure);
  const { name } = figure;
  // Both pictures come from one view: compiling it and placing its marks is most of the work.
  const { labelled, svg } = await drawn({ ...spec, config: { ...THEME, aria: true } }, name, async (view) => {
    const labelled = await svgOf(view, name);
    removeLabels(view);
    return { labelled, svg: await svgOf(view, name) };
  });
  return { spec, note, svg, labelled, png: rasterise(svg, dpi), csv: toCsv(figure.rows) };
}

/** The same without labels, PNG and CSV. `look` sees the view before it is gone. */
export async function drawFigure(figure: Figure, look?: (view: View) => void): Promise<DrawnVector> {
  const { spec, note } = complete(figure);
  const svg = await drawn(spec, figure.name, async (view) => {
    const picture = await svgOf(view, figure.name);
    look?.(view);
    return picture;
  });
  return { spec, note, svg };
}

/** Throws where the spec names a field that no row has. */
function complete(figure: Figure): Pick<DrawnVector, 'spec' | 'note'> {
  checkFields(figure);
  const { note, ...edged } = withEdges(figure);
  return { spec: completeSpec({ ...figure, ...edged }), note };
}

function completeSpec(figure: Figure): Record<string, unknown> {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: wrap(figure.title, WIDTH, TITLE_SIZE, 'bold'),
    ...withShortTitles(withOrders(figure.spec, figure.rows), figure.rows),
    data: { name: 'rows', values: figure.rows },
    config: THEME,
  };
}

/** What `take` makes of the view of a spec. Throws where Vega complains. */
async function drawn<T>(
  spec: Readonly<Record<string, unknown>>,
  name: string,
  take: (view: View) => Promise<T>,
): Promise<T> {
  measureTextByFont();
  const { logger, check } = strictLog(`figure ${name}`);
  const view = new View(parse(compileSpec(spec, name, logger)), { renderer: 'none', logger, loader: OFFLINE });
  try {
    const taken = await take(view);
    check();
    return taken;
  } finally {
    view.finalize();
  }
}

async function svgOf(view: View, name: string): Promise<string> {
  return setScripts(ownIds(await view.toSVG(), name));
}

function compileSpec(spec: Readonly<Record<string, unknown>>, name: string, logger: LoggerInterface): VegaSpec {
  try {
    // Vega-Lite's type cannot follow a spec that arrives as data
    return compile(spec as unknown as TopLevelSpec, { logger }).spec;
  } catch (error) {
    throw new Error(`figure ${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/**
 * Vega numbers clip paths and gradients continuously in a process. Here they are numbered again within each figure, so
 * that equal figures have equal bytes. The figure's name is prepended, so that figures on one page do not use each
 * other's clip paths.
 */
function ownIds(svg: string, name: string): string {
  const numbers = new Map<string, number>();
  const renamed = (id: string) => {
    if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
    return `${name}-${numbers.get(id)}`;
  };
  return svg
    .replace(/ id="([^"]+)"/g, (_, id: string) => ` id="${renamed(id)}"`)
    .replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${renamed(id)})`);
}
