/** Values by category: points with interval bars side by side, in one colour for each series. */
import { usermeta, type Spec } from './axes.js';
import { colourOf, shapeOf } from './layers.js';
import { NAMES_AXIS, namesHeader } from './namesAxis.js';
import { linearLabels } from './numbers.js';

/**
 * Fields of a row: its category, its series, its value and the ends of its interval. A further field may split the
 * plot.
 */
export interface Categories {
  readonly category: string;
  readonly categoryTitle: string;
  readonly series: string;
  readonly seriesTitle: string;
  readonly value: string;
  readonly valueTitle: string;
  readonly low: string;
  readonly high: string;
  readonly valueDomain?: readonly [number, number];
  readonly facet?: string;
  /** the values of `facet` in the order of the panels; default: the order of the rows */
  readonly facetOrder?: readonly unknown[];
}

/** Fields that a series must have but that its colour does not depend on. */
const UNPLACED = { x: '', y: '', xTitle: '', yTitle: '' };
/** Size of the plot in px. Nominal axes take their size from the plot, not from the theme. */
const WIDTH = 460;
const HEIGHT = 300;
/** Height of one panel when the plot is split. */
const PANEL_HEIGHT = 190;

/** Categories and series are in the order of the rows. */
export function categoryBars(options: Categories): Spec {
  const { category, series, value, low, high, facet } = options;
  const place = {
    x: {
      field: category,
      type: 'nominal',
      title: options.categoryTitle,
      sort: null,
      axis: { labelAngle: 0, ...NAMES_AXIS },
    },
    xOffset: { field: series, type: 'nominal', sort: null, scale: { paddingOuter: 0.25 } },
    ...colourOf({ ...UNPLACED, colour: series, colourTitle: options.seriesTitle }, null),
  };
  const scale = {
    zero: false,
    nice: false,
    padding: 10,
    ...(options.valueDomain ? { domain: options.valueDomain } : {}),
  };
  const axis = { labelExpr: linearLabels('y') };
  const y = (field: string): Spec => ({ field, type: 'quantitative', title: options.valueTitle, scale, axis });
  // If an end of the interval is missing, both ends take the value, so that no bar is drawn.
  const end = (field: string): string =>
    `isValid(datum['${low}']) && isValid(datum['${high}']) ? datum['${field}'] : datum['${value}']`;
  const ends = [
    { calculate: end(low), as: 'drawnLow' },
    { calculate: end(high), as: 'drawnHigh' },
  ];
  const layers = [
    {
      transform: ends,
      mark: { type: 'rule', strokeWidth: 1.4 },
      encoding: { ...place, y: y('drawnLow'), y2: { field: 'drawnHigh' } },
    },
    { mark: { type: 'point' }, encoding: { ...place, y: y(value), ...shapeOf(place) } },
  ];
  const meta = usermeta({
    x: category,
    xNames: true,
    y: value,
    ...(place.color === undefined ? {} : { color: place.color }),
    xPlace: { x: place.x, xOffset: place.xOffset },
  });
  if (facet === undefined) return { data: { name: 'rows' }, ...meta, width: WIDTH, height: HEIGHT, layer: layers };
  return {
    data: { name: 'rows' },
    ...meta,
    facet: {
      row: {
        field: facet,
        type: 'nominal',
        title: null,
        sort: options.facetOrder ?? null,
        header: { ...namesHeader(WIDTH), labelAngle: 0, labelAlign: 'left', labelOrient: 'top', labelAnchor: 'start' },
      },
    },
    spec: { width: WIDTH, height: PANEL_HEIGHT, layer: layers },
  };
}
