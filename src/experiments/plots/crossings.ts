/** Points at which fitted curves cross a level: a diamond with the interval of x, drawn over a plot. */
import type { Series, Spec } from './axes.js';
import { colourOf } from './layers.js';

/**
 * For rows whose field `kind` is `crossing`. The diamond is at (x, y); `low` and `high` are the ends of the interval of
 * x.
 */
export function crossings(
  plot: Spec,
  series: Pick<Series, 'x' | 'y'> & Partial<Series>,
  low: string,
  high: string,
): Spec {
  const color = colourOf({ xTitle: '', yTitle: '', ...series });
  const isCrossing = "datum.kind === 'crossing'";
  const layers = [
    {
      transform: [{ filter: `${isCrossing} && isValid(datum['${low}']) && isValid(datum['${high}'])` }],
      mark: { type: 'rule', strokeWidth: 3, opacity: 0.55 },
      encoding: {
        x: { field: low, type: 'quantitative' },
        x2: { field: high },
        y: { field: series.y, type: 'quantitative' },
        ...color,
      },
    },
    {
      transform: [{ filter: isCrossing }],
      mark: { type: 'point', shape: 'diamond', size: 90, filled: true, stroke: '#222222', strokeWidth: 1 },
      encoding: color,
    },
  ];
  return { ...plot, layer: [...(plot['layer'] as Spec[]), ...layers] };
}
