/** Figures of the existence of a finite minimiser. */
import { cellRows } from '../../common/cellRows.js';
import { scaled } from '../../../statistics/estimate.js';
import { runawayBoundary } from '../../../theory/runaway.js';
import { separationBoundary } from '../../../theory/separability.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import { fitRows, HALF_WORDS, halfFigure } from '../../common/halfFigure.js';
import { halfSuccess } from '../../common/spread.js';
import { facets, heatMap, lineWithBars, tile, tileEdges } from '../../plots.js';
import type { Figure, FigureMaker, FigureRow } from '../../spec.js';
import { largest, type PlaceCell } from './runawayClaims.js';
import type { RunawayValues } from './runawaySettings.js';

/** The two losses: the rate of finite minimisers, and the n/d at which it jumps for d → ∞. */
const LOSSES = [
  { name: 'cross entropy', measure: 'overlappingRate', boundary: separationBoundary },
  { name: 'squared loss', measure: 'finiteRate', boundary: runawayBoundary },
] as const;

/** Points of a predicted line between neighbouring norms of the map. */
const LINE_POINTS = 4;

function map(cells: readonly PlaceCell[], norms: readonly number[]): Figure {
  const own = norms.flatMap((norm) => largest(cells, norm));
  const height = ({ settings: { n, d } }: PlaceCell): number => Math.log2(n / d);
  const [x, y] = [tileEdges(norms), tileEdges([...new Set(own.map(height))])];
  const tiles = cellRows(own, (cell) => ({
    ...tile(x(cell.settings.norm), y(height(cell))),
    norm: cell.settings.norm,
    ratio: cell.settings.n / cell.settings.d,
    trials: cell.trials,
    rate: cell.measures['finiteRate'].value,
  }));
  const between = norms
    .slice(1)
    .flatMap((norm, i) =>
      Array.from({ length: LINE_POINTS }, (_, k) => norms[i] + (k * (norm - norms[i])) / LINE_POINTS),
    );
  const lines = LOSSES.flatMap(({ name, boundary }) =>
    [...between, norms[norms.length - 1]].map((norm) => ({ level: name, x: norm, y: Math.log2(boundary(norm)) })),
  );
  return {
    name: 'mei2018-runaway',
    title: 'Training sets with a finite minimum of the squared loss',
    caption: `Share of training sets on which gradient descent from w = 0 ends at a finite minimum, d = ${own[0]?.settings.d}, ${trialCounts(own)} training sets per tile. Lines: where a finite minimiser begins to exist for d → ∞, by Candès and Sur for the cross entropy and by the replica-symmetric equations for the squared loss.`,
    ...tiles,
    rows: [...tiles.rows, ...lines],
    spec: heatMap({
      xTitle: 'norm of the teacher ‖w*‖',
      yTitle: 'samples per dimension, log₂(n/d)',
      value: 'rate',
      valueTitle: 'finite',
      valueDomain: [0, 1],
      large: 'light',
      lines: 'level',
      linesTitle: 'predicted',
    }),
  };
}

function boundaries(cells: readonly PlaceCell[], norms: readonly number[]): Figure {
  const rows = LOSSES.flatMap(({ name, measure, boundary }) =>
    norms.flatMap((norm): FigureRow[] => {
      const own = largest(cells, norm);
      const { value, low, high } = scaled(halfSuccess(own, measure), 1 / own[0].settings.d);
      const predicted = boundary(norm);
      return [
        { line: name, norm, ratio: value, low, high },
        { line: `${name}, d → ∞`, norm, ratio: predicted, low: predicted, high: predicted },
      ];
    }),
  );
  return {
    name: 'mei2018-runaway-boundary',
    title: 'The n/d at which half of the training sets have a finite minimiser',
    caption: `Logistic fits of the rate over log n at the largest d, ${trialCounts(cells)} training sets per n, with 95 % profile-likelihood intervals; and the predictions for d → ∞.`,
    rows,
    spec: lineWithBars({
      x: 'norm',
      y: 'ratio',
      low: 'low',
      high: 'high',
      xTitle: 'norm of the teacher ‖w*‖',
      yTitle: 'samples per dimension n/d at 50 %',
      yLog: true,
      colour: 'line',
      colourTitle: 'loss',
    }),
  };
}

function rates(cells: readonly PlaceCell[], norms: readonly number[], ds: readonly number[]): Figure {
  const panelOf = (norm: number): string => `‖w*‖ = ${norm}`;
  const points = cellRows(cells, ({ settings: { d, n, norm }, trials, measures: { finiteRate } }) => ({
    kind: 'point',
    d,
    ratio: n / d,
    panel: panelOf(norm),
    trials,
    rate: finiteRate.value,
    low: finiteRate.low,
    high: finiteRate.high,
  }));
  const fits = norms.flatMap((norm) =>
    ds.flatMap((d) => {
      const own = cells.filter(({ settings }) => settings.d === d && settings.norm === norm);
      return fitRows(own, { d, panel: panelOf(norm) }, { measure: 'finiteRate', x: 'ratio', unit: d });
    }),
  );
  const rows = [...points.rows, ...fits];
  const axes = { x: 'ratio', xTitle: 'samples per dimension n/d', yTitle: 'share with a finite minimum', colour: 'd' };
  return {
    name: 'mei2018-runaway-rates',
    title: 'Finite minima of the squared loss over n/d',
    caption: `Share of training sets on which gradient descent from w = 0 ends at a finite minimum of the squared loss, ${trialCounts(cells)} training sets per point. Bars: 95 % Blaker intervals. ${HALF_WORDS} The claims on the squared loss use the largest d. The transition sharpens with d.`,
    ...points,
    rows,
    spec: facets(halfFigure(rows, 'd', axes), 'panel', norms.map(panelOf)),
  };
}

export function figures(cells: readonly PlaceCell[], values: RunawayValues): FigureMaker[] {
  const norms = ascending(values.norm);
  return [() => map(cells, norms), () => boundaries(cells, norms), () => rates(cells, norms, ascending(values.d))];
}
