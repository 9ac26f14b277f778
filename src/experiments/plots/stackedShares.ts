/** Shares that sum to 1, stacked over an ordered axis, with a line for one more share. */
import type { Spec } from './axes.js';

/** One class of the stack. The classes are stacked from the bottom in the given order. */
export interface StackedClass {
  readonly title: string;
  readonly colour: string;
}

/**
 * Fields of a row: its place `x`, its `class` (a title), the `order` of the class in the stack, and its `share`. The
 * field `line` has the same value in all rows of a place.
 */
export interface StackedOptions {
  readonly xTitle: string;
  readonly yTitle: string;
  /** whether the places are names, which keep the order of the rows; otherwise they are ascending numbers */
  readonly xNames?: boolean;
  readonly classes: readonly StackedClass[];
  /** the title of `line` in the legend; absent: there is no line */
  readonly lineTitle?: string;
}

const LINE_COLOUR = '#000000';

/** Bars of height 1, and points connected by a line for `line`. */
export function stackedShares({ xTitle, yTitle, classes, lineTitle, xNames = false }: StackedOptions): Spec {
  const scale = { domain: classes.map(({ title }) => title), range: classes.map(({ colour }) => colour) };
  const x = {
    field: 'x',
    type: 'ordinal',
    title: xTitle,
    sort: xNames ? null : 'ascending',
    axis: { labelAngle: 0, grid: false, ...(xNames ? {} : { labelExpr: "format(datum.value, '~r')" }) },
  };
  const y = (field: string): Spec => ({
    field,
    type: 'quantitative',
    title: yTitle,
    scale: { domain: [0, 1], nice: false },
  });
  const bars = {
    mark: { type: 'bar', stroke: '#ffffff', strokeWidth: 0.8 },
    encoding: {
      x,
      y: { ...y('share'), stack: 'zero' },
      color: { field: 'class', type: 'nominal', title: null, scale },
      order: { field: 'order' },
    },
  };
  return {
    data: { name: 'rows' },
    layer: [bars, ...(lineTitle === undefined ? [] : lineLayers(x, y('line'), lineTitle))],
  };
}

/** A black line with a white edge, which is visible on every colour of the bars. */
function lineLayers(x: Spec, y: Spec, title: string): Spec[] {
  const [transform, encoding] = [[{ filter: 'datum.order === 0 && isValid(datum.line)' }], { x, y }];
  return [
    { transform, mark: { type: 'line', color: '#ffffff', strokeWidth: 4 }, encoding },
    { transform, mark: { type: 'line', color: LINE_COLOUR, strokeWidth: 1.8 }, encoding },
    {
      transform,
      mark: { type: 'point', color: LINE_COLOUR, stroke: '#ffffff', strokeWidth: 1 },
      encoding: {
        ...encoding,
        shape: { datum: title, legend: { title: null, symbolFillColor: LINE_COLOUR, symbolStrokeColor: LINE_COLOUR } },
      },
    },
  ];
}
