/** The layers of plots. Each layer draws one thing, and takes x, y and their scales from the plot. */
import type { Axes, Series, Spec } from './axes.js';

/** Dashes of lines that may lie on one another: the line below shows in the gaps. */
const DASHES = [
  [1, 0],
  [7, 3],
  [2, 2],
  [10, 3, 2, 3],
  [5, 2, 2, 2, 2, 2],
  [12, 5],
  [4, 1],
];
const CAP_WIDTH = 7;
const ARROW_DISTANCE = 12;

/** A series without its interval. */
export type Line = Omit<Series, 'low' | 'high'>;

export function lineLayer(series: Line): Spec {
  return { mark: { type: 'line' }, encoding: colourOf(series) };
}

/** Lines without points, which differ by dashes too. */
export function dashedLayer(series: Line): Spec {
  const { color } = colourOf(series);
  const dash = color === undefined ? {} : { strokeDash: { ...color, scale: { range: DASHES } } };
  return { mark: { type: 'line' }, encoding: { ...colourOf(series), ...dash } };
}

export function pointLayer(series: Series): Spec {
  const colour = colourOf(series);
  return { mark: { type: 'point' }, encoding: { ...colour, ...shapeOf(colour) } };
}

/**
 * Shapes in addition to colours. The colour's scale is left out, because its range would be read as the paths of
 * shapes.
 */
export function shapeOf({ color }: { readonly color?: Spec }): { readonly shape?: Spec } {
  return color === undefined
    ? {}
    : { shape: { ...Object.fromEntries(Object.entries(color).filter(([name]) => name !== 'scale')), type: 'nominal' } };
}

/**
 * The interval's ends as they are drawn. An end that the axis cannot show is replaced by the point at which it is cut,
 * or by y, and is drawn as an arrow.
 */
function drawnEnds(series: Series): Spec[] {
  const end = (field: string, cut: string): string =>
    `${onAxis(series, field)} ? datum['${field}'] : isValid(datum.${cut}) ? datum.${cut} : datum['${series.y}']`;
  return [
    { calculate: end(series.low, 'cutLow'), as: 'drawnLow' },
    { calculate: end(series.high, 'cutHigh'), as: 'drawnHigh' },
  ];
}

const BETWEEN_ENDS = { y: { field: 'drawnLow', type: 'quantitative' }, y2: { field: 'drawnHigh' } };

export function bandLayer(series: Series, opacity = 0.22): Spec {
  return {
    transform: drawnEnds(series),
    mark: { type: 'area', opacity },
    encoding: { ...colourOf(series), ...BETWEEN_ENDS },
  };
}

/** A bar with caps for each interval. */
export function barLayers(series: Series): Spec[] {
  const bar = {
    transform: drawnEnds(series),
    mark: { type: 'rule', strokeWidth: 1.4 },
    encoding: { ...colourOf(series), ...BETWEEN_ENDS },
  };
  return [bar, capLayer(series, series.low, 'drawnLow'), capLayer(series, series.high, 'drawnHigh')];
}

function capLayer(series: Series, field: string, drawn: string): Spec {
  return {
    transform: drawnEnds(series),
    mark: { type: 'tick', orient: 'horizontal', size: CAP_WIDTH, thickness: 1.4 },
    encoding: {
      ...colourOf(series),
      y: { field: drawn, type: 'quantitative' },
      opacity: shownWhen(onAxis(series, field)),
    },
  };
}

/** Arrows at the open ends of one-sided intervals, so that half an interval does not look whole. */
export function arrowLayers(series: Series): Spec[] {
  const [low, high] = [onAxis(series, series.low), onAxis(series, series.high)];
  return [
    arrowLayer(series, '↓', ARROW_DISTANCE, `${high} && !${low}`),
    arrowLayer(series, '↑', -ARROW_DISTANCE, `${low} && !${high}`),
  ];
}

function arrowLayer(series: Series, arrow: string, dy: number, test: string): Spec {
  return {
    mark: { type: 'text', text: arrow, dy, fontSize: 14 },
    encoding: { ...colourOf(series), opacity: shownWhen(test) },
  };
}

function shownWhen(test: string): Spec {
  return { condition: { test, value: 1 }, value: 0 };
}

/** A dashed line y ∝ x^slope with its name, for two log axes. It lies a quarter below the highest such line with no point below it. */
export function guideLayers({ x, y }: Series, slope: number): Spec[] {
  const power = `pow(datum['${x}'], ${slope})`;
  const transform = [
    { filter: `isFinite(datum['${x}']) && datum['${x}'] > 0 && isFinite(datum['${y}']) && datum['${y}'] > 0` },
    { calculate: `datum['${y}'] / ${power}`, as: 'height' },
    { joinaggregate: [{ op: 'min', field: 'height', as: 'lowest' }] },
    { calculate: `0.75 * datum.lowest * ${power}`, as: 'guide' },
  ];
  const encoding = { y: { field: 'guide', type: 'quantitative' } };
  // The name lies below the lower end of the line, on the side where the line leads away from it.
  const isFalling = slope < 0;
  const order = isFalling ? 'descending' : 'ascending';
  const end = [
    { window: [{ op: 'row_number', as: 'fromEnd' }], sort: [{ field: x, order }] },
    { filter: 'datum.fromEnd === 1' },
  ];
  const side = isFalling ? { align: 'right', dx: -4 } : { align: 'left', dx: 4 };
  const text = `slope ${slope}`.replace('-', '−');
  return [
    { transform, mark: { type: 'line', strokeDash: [6, 4], strokeWidth: 1.3, color: '#555555' }, encoding },
    {
      transform: [...transform, ...end],
      mark: { type: 'text', text, color: '#555555', fontSize: 11.5, baseline: 'top', dy: 7, ...side },
      encoding,
    },
  ];
}

/** Dashed lines across the plot at given values of x and y. */
export function referenceLayers({ xReference = [], yReference = [] }: Axes): Spec[] {
  const mark = { type: 'rule', strokeDash: [5, 4], strokeWidth: 1.2, color: '#555555' };
  // Only one row is kept. Otherwise one rule for each row would be drawn, one over the other. Vega-Lite adds the field of
  // panels to `groupby`, which must exist for that.
  const numbered = { window: [{ op: 'row_number', as: 'rowNumber' }], groupby: [] };
  const transform = [numbered, { filter: 'datum.rowNumber === 1' }];
  return [
    ...xReference.map((datum) => ({ transform, mark, encoding: { x: { datum }, y: null } })),
    ...yReference.map((datum) => ({ transform, mark, encoding: { y: { datum }, x: null } })),
  ];
}

/** Every entry gets its own hue. Where entries are ordered, the hues follow their order when the figure is drawn. */
export function colourOf({ colour, colourTitle, colourOrder }: Line, usualSort?: null): { color?: Spec } {
  if (colour === undefined) return {};
  const order = colourOrder ?? usualSort;
  const sort = order === undefined ? {} : { sort: order };
  return { color: { field: colour, type: 'nominal', title: colourTitle ?? colour, ...sort } };
}

/** Vega expression that tests whether the y axis can show the value of the field. */
function onAxis({ yLog = false }: Axes, field: string): string {
  const value = `datum['${field}']`;
  return `(isValid(${value}) && isFinite(${value})${yLog ? ` && ${value} > 0` : ''})`;
}
