/** Plots of y against x, made of layers. */
import type { Drawn } from '../drawn.js';
import { usermeta, type Series, type Spec } from './axes.js';
import { colourOf, referenceLayers, type Line } from './layers.js';
import { logAxis } from './logAxis.js';
import { linearLabels } from './numbers.js';

/** Values that cannot be drawn have been removed from the rows, see `Drawn`. A missing value interrupts its line. */
export function layered(axes: Line & Partial<Series>, layers: readonly Spec[], transform: readonly Spec[] = []): Spec {
  return {
    data: { name: 'rows' },
    ...usermeta(drawnBy(axes)),
    ...(transform.length === 0 ? {} : { transform }),
    encoding: {
      x: position('x', axes.x, axes.xTitle, axes.xLog, axes.xZero, axes.xDomain),
      y: position('y', axes.y, axes.yTitle, axes.yLog, axes.yZero, axes.yDomain, axes.yScale),
    },
    layer: [...referenceLayers(axes), ...layers],
  };
}

/** What a plot of y against x says about itself. */
export function drawnBy(axes: Line & Partial<Series>, xDrawn = axes.x): Drawn {
  const { x, y, xLog = false, yLog = false, low, high, guideSlope, xReference } = axes;
  return {
    x,
    y,
    xLog,
    yLog,
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    ...(guideSlope === undefined ? {} : { guideSlope }),
    ...(xReference === undefined ? {} : { xReference }),
    ...(xDrawn === x ? {} : { xDrawn }),
    ...colourOf(axes),
  };
}

/** Room in px between the outermost data and the frame, so that no marker or arrow is cut. */
const MARGIN = { x: 12, y: 20 };

function position(
  channel: 'x' | 'y',
  field: string,
  title: string,
  log = false,
  zero = false,
  domain?: readonly [number, number],
  scaleName: string = channel,
): Spec {
  const kind = log ? { type: 'log' } : { zero };
  const scale = { ...kind, ...(domain ? { domain } : {}), padding: MARGIN[channel], nice: false };
  return {
    field,
    type: 'quantitative',
    title,
    scale,
    axis: log ? logAxis(scaleName) : { labelExpr: linearLabels(scaleName) },
  };
}
