/** Differences: a point with its interval at each place, over pale points for single differences. */
import { usermeta, type Series, type Spec } from './axes.js';
import { colourOf, shapeOf } from './layers.js';
import { NAMES_AXIS } from './namesAxis.js';
import { linearLabels } from './numbers.js';

/** The field `kind` of a row is `point` or `single`; a point has the fields value, low and high. */
export interface PairedOptions extends Pick<
  Series,
  'x' | 'xTitle' | 'yTitle' | 'xLog' | 'xDomain' | 'colour' | 'colourTitle'
> {
  /** whether the places are names, which keep the order of the rows */
  readonly xNames: boolean;
  /** whether it is the plot of a panel, which gives it its size */
  readonly isPanel: boolean;
  readonly yDomain: readonly [number, number];
}

const WIDTH = 460;
const HEIGHT = 300;

/** Lines of equal x stand side by side. A dashed line is at 0. */
export function pairedPoints(options: PairedOptions): Spec {
  const { x, xTitle, xNames, xLog = false, colour } = options;
  const colours = colourOf({ y: 'value', ...options });
  const axis = xNames ? { labelAngle: 0, ...NAMES_AXIS } : { labelAngle: 0, labelExpr: "format(datum.value, '~r')" };
  const place = {
    x: { field: x, type: 'ordinal', title: xTitle, sort: xNames ? null : 'ascending', axis: { grid: false, ...axis } },
    ...(colour === undefined ? {} : { xOffset: { field: colour, type: 'nominal', sort: null } }),
  };
  const y = (field: string): Spec => ({
    field,
    type: 'quantitative',
    title: options.yTitle,
    scale: { nice: false, padding: 14, domain: options.yDomain },
    axis: { labelExpr: linearLabels('y') },
  });
  const only = (kind: string): Spec[] => [{ filter: `datum.kind === '${kind}' && isValid(datum.value)` }];
  const hasEnds = { filter: 'isValid(datum.low) && isValid(datum.high)' };
  return {
    data: { name: 'rows' },
    ...usermeta({ x, xNames: true, y: 'value', xLog, xPlace: place, ...colours }),
    ...(options.isPanel ? {} : { width: WIDTH, height: HEIGHT }),
    layer: [
      { mark: { type: 'rule', strokeDash: [5, 4], strokeWidth: 1.2, color: '#555555' }, encoding: { y: { datum: 0 } } },
      {
        transform: only('single'),
        mark: { type: 'point', size: 18, opacity: 0.3 },
        encoding: { ...place, y: y('value'), ...colours },
      },
      {
        transform: [...only('point'), hasEnds],
        mark: { type: 'rule', strokeWidth: 2.2 },
        encoding: { ...place, y: y('low'), y2: { field: 'high' }, ...colours },
      },
      {
        transform: only('point'),
        mark: { type: 'point', size: 80, stroke: '#ffffff', strokeWidth: 1 },
        encoding: { ...place, y: y('value'), ...colours, ...shapeOf(colours) },
      },
    ],
  };
}
