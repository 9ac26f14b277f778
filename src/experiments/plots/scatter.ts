/** Two numbers against each other, with intervals of both. */
import type { Series, Spec } from './axes.js';
import { layered } from './layered.js';
import { barLayers, colourOf, pointLayer } from './layers.js';

/** `hasIntervals`: whether rows have the ends of intervals, those of x in the fields xLow and xHigh. */
export function scatter(series: Series, hasIntervals: boolean): Spec {
  if (!hasIntervals)
    return layered(series, [{ ...pointLayer(series), mark: { type: 'point', opacity: 0.6, size: 26 } }]);
  const across = {
    transform: [
      { filter: `isValid(datum.xLow) && isValid(datum.xHigh)${series.xLog === true ? ' && datum.xLow > 0' : ''}` },
    ],
    mark: { type: 'rule', strokeWidth: 1.4 },
    encoding: {
      ...colourOf(series),
      x: { field: 'xLow', type: 'quantitative' },
      x2: { field: 'xHigh' },
      y: { field: series.y, type: 'quantitative' },
    },
  };
  return layered(series, [across, ...barLayers(series), pointLayer(series)]);
}
