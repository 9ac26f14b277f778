/** Vega-Lite specs that experiments share. The data is the named source `rows`; the theme is added when a figure is drawn. */
import type { Axes, Series, Spec } from './plots/axes.js';
import type { CurveBand, FigureRow } from './spec.js';
import { logAxis } from './plots/logAxis.js';
import { arrowLayers, bandLayer, barLayers, guideLayer, lineLayer, pointLayer, referenceLayers } from './plots/layers.js';

export { categoryBars } from './plots/categories.js';
export { facets } from './plots/facets.js';
export { heatMap, tile, tileEdges } from './plots/heatMap.js';
export { ordinalMap } from './plots/ordinalMap.js';
export { stackedShares } from './plots/stackedShares.js';

/** Smooth lines without sampling error. */
export function curve(axes: Axes & Pick<Series, 'colour' | 'colourTitle'>): Spec {
  return layered(axes, [{ ...lineLayer(axes), mark: { type: 'line', interpolate: 'monotone' } }]);
}

/** Lines through points with interval bars: for few points, or for lines that cross. */
export function lineWithBars(series: Series): Spec {
  return layered(series, [...guides(series), ...barLayers(series), lineLayer(series), pointLayer(series), ...arrowLayers(series)]);
}

/** Points with interval bars, and smooth curves of their own where there are any: rows whose field `kind` is `point` or `fit`. */
export function pointsWithFit(series: Series, hasFit: boolean): Spec {
  const only = (kind: string) => (layer: Spec): Spec => ({ ...layer, transform: [{ filter: `datum.kind === '${kind}'` }, ...((layer['transform'] as Spec[] | undefined) ?? [])] });
  return layered(series, [...(hasFit ? [lineLayer(series)] : []).map(only('fit')), ...[...barLayers(series), pointLayer(series)].map(only('point'))]);
}

/** Lines through points over interval bands: for many points per line. */
export function lineWithBand(series: Series): Spec {
  return layered(series, [...guides(series), bandLayer(series), lineLayer(series), pointLayer(series), ...arrowLayers(series)]);
}

/** Median lines over the bands from the 25th to the 75th and from the 5th to the 95th percentile: fields p5, p25, p50, p75 and p95. */
export function percentileBands(axes: Omit<Axes, 'y'> & Pick<Series, 'colour' | 'colourTitle' | 'colourOrder'>): Spec {
  const series = { ...axes, y: 'p50' };
  return layered(series, [
    bandLayer({ ...series, low: 'p5', high: 'p95' }, 0.15),
    bandLayer({ ...series, low: 'p25', high: 'p75' }, 0.3),
    lineLayer(series),
  ]);
}

/** The rows of a curve band for `percentileBands`, each with further fields. */
export function bandRows(band: CurveBand | undefined, fields: FigureRow): FigureRow[] {
  if (band === undefined) return [];
  return Array.from(band.at, (at, i) => ({ ...fields, at, p5: band.p5[i], p25: band.p25[i], p50: band.p50[i], p75: band.p75[i], p95: band.p95[i] }));
}

function guides(series: Series): Spec[] {
  return series.guideSlope === undefined ? [] : [guideLayer(series, series.guideSlope)];
}

function layered(axes: Axes, layers: readonly Spec[]): Spec {
  return {
    data: { name: 'rows' },
    transform: [...positive(axes.x, axes.xLog), ...positive(axes.y, axes.yLog)],
    encoding: {
      x: position('x', axes.x, axes.xTitle, axes.xLog, axes.xZero, axes.xDomain),
      y: position('y', axes.y, axes.yTitle, axes.yLog, axes.yZero, axes.yDomain),
    },
    layer: [...referenceLayers(axes), ...layers],
  };
}

/** Leaves out what a log axis has no place for; a missing value stays, and breaks the line. */
function positive(field: string, log = false): Spec[] {
  return log ? [{ filter: `datum['${field}'] === null || datum['${field}'] > 0` }] : [];
}

/** Room in px between the outermost data and the frame, so that no marker or arrow is cut. */
const MARGIN = { x: 12, y: 20 };

function position(channel: 'x' | 'y', field: string, title: string, log = false, zero = false, domain?: readonly [number, number]): Spec {
  const kind = log ? { type: 'log' } : { zero };
  const scale = { ...kind, ...(domain ? { domain } : {}), padding: MARGIN[channel], nice: false };
  return { field, type: 'quantitative', title, scale, ...(log ? { axis: logAxis(channel) } : {}) };
}
