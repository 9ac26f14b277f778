/** Vega-Lite specs that experiments share. The data is the named source `rows`; the theme is added when a figure is drawn. */
import { logAxis } from './plots/logAxis.js';
import { arrowLayers, bandLayer, barLayers, guideLayer, lineLayer, pointLayer, referenceLayers, type Layer } from './plots/layers.js';

export type Spec = Readonly<Record<string, unknown>>;

/** What every plot of y against x takes: fields of the rows, titles and axes. */
export interface Axes {
  readonly x: string;
  readonly y: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xLog?: boolean;
  readonly yLog?: boolean;
  readonly xZero?: boolean;
  readonly yZero?: boolean;
  readonly xDomain?: readonly [number, number];
  readonly yDomain?: readonly [number, number];
  /** values of x and y marked by dashed lines across the plot */
  readonly xReference?: readonly number[];
  readonly yReference?: readonly number[];
}

export interface Series extends Axes {
  /** fields of the interval's ends; an end that is null, infinite or off a log axis is drawn as an arrow */
  readonly low: string;
  readonly high: string;
  /** field that tells the lines apart by colour and shape */
  readonly colour?: string;
  readonly colourTitle?: string;
  /** draws a dashed line of this slope below the data; for two log axes */
  readonly guideSlope?: number;
}

/** A smooth line without sampling error. */
export function curve(axes: Axes): Spec {
  return layered(axes, [{ mark: { type: 'line', interpolate: 'monotone' } }]);
}

/** Lines through points with interval bars: for few points, or for lines that cross. */
export function lineWithBars(series: Series): Spec {
  return layered(series, [...guides(series), ...barLayers(series), lineLayer(series), pointLayer(series), ...arrowLayers(series)]);
}

/** Lines through points over interval bands: for many points per line. */
export function lineWithBand(series: Series): Spec {
  return layered(series, [...guides(series), bandLayer(series), lineLayer(series), pointLayer(series), ...arrowLayers(series)]);
}

function guides(series: Series): Layer[] {
  return series.guideSlope === undefined ? [] : [guideLayer(series, series.guideSlope)];
}

function layered(axes: Axes, layers: readonly Layer[]): Spec {
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
