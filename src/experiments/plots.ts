/**
 * Vega-Lite specs that experiments share. The data is the named source `rows`. The theme is added when a figure is
 * drawn.
 */
import { usermeta, type Axes, type Series, type Spec } from './plots/axes.js';
import type { CurveBand, FigureRow } from './spec.js';
import { DODGED, dodging } from './plots/dodge.js';
import { drawnBy, layered } from './plots/layered.js';
import { arrowLayers, bandLayer, barLayers, dashedLayer, guideLayers, lineLayer, pointLayer } from './plots/layers.js';

export { categoryBars } from './plots/categories.js';
export { crossings } from './plots/crossings.js';
export { drawnFields } from './plots/drawnFields.js';
export { facets } from './plots/facets.js';
export { heatMap, tile, tileEdges } from './plots/heatMap.js';
export { mapWidth, ordinalMap } from './plots/ordinalMap.js';
export { stackedShares } from './plots/stackedShares.js';

/** Smooth lines without sampling error. */
export function curve(axes: Axes & Pick<Series, 'colour' | 'colourTitle'>): Spec {
  return layered(axes, [{ ...dashedLayer(axes), mark: { type: 'line', interpolate: 'monotone' } }]);
}

/** Lines through points with interval bars: for few points, or for lines that cross. */
export function lineWithBars(series: Series): Spec {
  const transform = dodging(series);
  const drawn = transform.length === 0 ? series : { ...series, x: DODGED };
  const layers = [...guides(drawn), ...barLayers(drawn), lineLayer(drawn), pointLayer(drawn), ...arrowLayers(drawn)];
  return { ...layered(drawn, layers, transform), ...usermeta(drawnBy(series, drawn.x)) };
}

/**
 * Points with interval bars side by side, and separate smooth curves if there are any. The field `kind` of a row is
 * `point` or `fit`.
 */
export function pointsWithFit(series: Series, hasFit: boolean): Spec {
  const only =
    (kind: string) =>
    (layer: Spec): Spec => ({
      ...layer,
      transform: [{ filter: `datum.kind === '${kind}'` }, ...((layer['transform'] as Spec[] | undefined) ?? [])],
    });
  const transform = dodging(series);
  const points = transform.length === 0 ? series : { ...series, x: DODGED };
  const dodged = (layer: Spec): Spec => ({
    ...layer,
    transform: [...transform, ...((layer['transform'] as Spec[] | undefined) ?? [])],
    encoding: { ...(layer['encoding'] as Spec), x: { field: points.x, type: 'quantitative' } },
  });
  return layered(series, [
    ...(hasFit ? [lineLayer(series)] : []).map(only('fit')),
    ...[...barLayers(points), pointLayer(points)].map(dodged).map(only('point')),
  ]);
}

/** Lines through points over interval bands: for many points per line. */
export function lineWithBand(series: Series): Spec {
  return layered(series, [
    ...guides(series),
    bandLayer(series),
    lineLayer(series),
    pointLayer(series),
    ...arrowLayers(series),
  ]);
}

/**
 * Median lines over two bands: from the 25th to the 75th percentile and from the 5th to the 95th. The fields are p5,
 * p25, p50, p75 and p95.
 */
export function percentileBands(axes: Omit<Axes, 'y'> & Pick<Series, 'colour' | 'colourTitle' | 'colourOrder'>): Spec {
  const series = { ...axes, y: 'p50' };
  return layered(series, [
    bandLayer({ ...series, low: 'p5', high: 'p95' }, 0.15),
    bandLayer({ ...series, low: 'p25', high: 'p75' }, 0.3),
    dashedLayer(series),
  ]);
}

/** The rows of a curve band for `percentileBands`, each with additional fields. */
export function bandRows(band: CurveBand | undefined, fields: FigureRow): FigureRow[] {
  if (band === undefined) return [];
  return Array.from(band.at, (at, i) => ({
    ...fields,
    at,
    p5: band.p5[i],
    p25: band.p25[i],
    p50: band.p50[i],
    p75: band.p75[i],
    p95: band.p95[i],
  }));
}

/** Points whose area shows a count. */
export function sizedPoints({
  size,
  sizeTitle,
  ...axes
}: Axes & { readonly size: string; readonly sizeTitle: string }): Spec {
  const encoding = { size: { field: size, type: 'quantitative', title: sizeTitle, scale: { rangeMax: 400 } } };
  return layered(axes, [{ mark: { type: 'point' }, encoding }]);
}

function guides(series: Series): Spec[] {
  return series.guideSlope === undefined ? [] : guideLayers(series, series.guideSlope);
}
