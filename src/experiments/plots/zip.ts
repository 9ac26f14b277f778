/** Zip plots: intervals one above the other, in the order of their distance from the truth. */
import type { Spec } from './axes.js';
import { linearLabels } from './numbers.js';

const COVERS = { domain: ['covers the truth', 'misses the truth'], range: ['#56B4E9', '#B03A00'] };

/** Px of a panel; a study may have many. */
const HEIGHT = 150;

/**
 * The field `kind` of a row is `trial` (rank in percent, estimate, low, high, covers) or `coverage` (truth, coverage,
 * coverageLow and coverageHigh in percent).
 */
export function zip(xTitle: string): Spec {
  const y = {
    type: 'quantitative',
    title: 'rank of the distance from the truth in %',
    scale: { domain: [0, 100], nice: false },
    axis: { values: [0, 25, 50, 75, 95], grid: false },
  };
  const x = {
    type: 'quantitative',
    title: xTitle,
    scale: { zero: false, nice: false, padding: 8 },
    axis: { tickCount: 4, grid: false, labelExpr: linearLabels('x') },
  };
  const only = (kind: string): Spec[] => [{ filter: `datum.kind === '${kind}'` }];
  const covers = { field: 'covers', type: 'nominal', title: null, scale: COVERS };
  return {
    data: { name: 'rows' },
    height: HEIGHT,
    layer: [
      {
        transform: only('coverage'),
        mark: { type: 'rect', color: '#bbbbbb', opacity: 0.45 },
        encoding: { y: { ...y, field: 'coverageLow' }, y2: { field: 'coverageHigh' } },
      },
      {
        transform: only('trial'),
        mark: { type: 'rule', strokeWidth: 0.9 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y: { ...y, field: 'rank' }, color: covers },
      },
      {
        transform: only('coverage'),
        mark: { type: 'rule', strokeDash: [5, 4], color: '#333333' },
        encoding: { y: { ...y, datum: 95 } },
      },
      {
        transform: only('coverage'),
        mark: { type: 'rule', color: '#000000', strokeWidth: 1.3 },
        encoding: { x: { ...x, field: 'truth' } },
      },
    ],
  };
}
