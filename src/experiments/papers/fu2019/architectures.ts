/** Both networks of fu2019: their grids, and the settings that they share. */
import { networkShape, type Architecture } from '../../../core/networks/networks.js';
import { choice } from '../../../settings/declare.js';
import type { ByScale } from '../../../settings/scale.js';
import type { Values } from '../../../settings/types.js';
import { ascending } from '../../common/ascending.js';
import * as common from '../../common/settings.js';
import { sampleGrid, type SamplePoint } from '../../common/sampleGrid.js';
import type { Cell, CellSummary, PublishedSettings } from '../../spec.js';

/**
 * fu2019's planted problem: cross entropy; orthogonal rows of norm 2 for the FCN, and one row of norm 2 for the CNN.
 */
export const PROBLEM_SETTINGS = {
  ...common.planted,
  ...common.nearby,
  ...common.descent,
  loss: choice(['cross-entropy', 'squared'], { description: 'loss', default: 'cross-entropy' }),
};

/**
 * The printed K, and the other printed settings of all experiments. The d of the CNN are the multiples of K nearest to
 * the printed d, see docs/papers/fu2019.md.
 */
export const FU2019_PUBLISHED = {
  K: 3,
  inputs: 'gaussian',
  labels: 'classification',
  loss: 'cross-entropy',
} as const satisfies PublishedSettings;

export const NETWORKS: readonly Architecture[] = ['fcn', 'cnn'];

type Numbers = ByScale<readonly number[]>;

/** The axes of both grids. Non-overlapping strides require that K divides d, so the CNN has its own dimensions. */
export function gridSettings(defaults: {
  fcn: Numbers;
  cnn: Numbers;
  fcnRatios: Numbers;
  cnnRatios: Numbers;
  samples: ByScale<readonly (number | 'auto')[]>;
}) {
  return {
    d: common.dimensions(defaults.fcn, { description: 'input dimensions of the fully connected network' }),
    cnnD: common.dimensions(defaults.cnn, {
      description: 'input dimensions of the convolutional network, multiples of K',
    }),
    n: common.samplesOrAuto(defaults.samples, 'sample sizes of both, or auto'),
    perDimension: common.perDimension(defaults.fcnRatios, {
      description: 'values of n/d of the FCN when n is auto',
      least: 1e-2,
    }),
    cnnPerDimension: common.perDimension(defaults.cnnRatios, {
      description: 'values of n/d of the CNN when n is auto',
      least: 1e-2,
    }),
  };
}

type GridValues = Values<typeof common.planted & ReturnType<typeof gridSettings>> & { readonly trials: number };

/** The settings of a cell of either grid. */
export interface NetworkPoint extends SamplePoint {
  readonly architecture: Architecture;
}

export type NetworkCell = CellSummary<NetworkPoint>;

/** The cells of the FCN's grid, then those of the CNN's. Throws `InputError` when K does not divide the CNN's d. */
export function bothGrids(values: GridValues): Cell<NetworkPoint>[] {
  const { K, cnnD, cnnPerDimension, trials } = values;
  for (const d of ascending(cnnD)) networkShape('cnn', K, d);
  const fcn = sampleGrid(values).map((point) => ({ settings: { ...point, architecture: 'fcn' as const }, trials }));
  const cnn = sampleGrid({ ...values, d: cnnD, perDimension: cnnPerDimension }, 1).map((point) => ({
    settings: { ...point, architecture: 'cnn' as const },
    trials,
  }));
  return [...fcn, ...cnn];
}

/** The cells of one network, or of one network and one dimension. */
export function cellsOf(cells: readonly NetworkCell[], architecture: Architecture, d?: number): NetworkCell[] {
  return cells.filter(
    ({ settings }) => settings.architecture === architecture && (d === undefined || settings.d === d),
  );
}

/** The dimensions of one network's grid. */
export function dimensionsOf({ d, cnnD }: Pick<GridValues, 'd' | 'cnnD'>, architecture: Architecture): number[] {
  return ascending(architecture === 'fcn' ? d : cnnD);
}

/** `FCN d = 20`, the name of a line. */
export function seriesName(architecture: Architecture, d: number): string {
  return `${architecture.toUpperCase()} d = ${d}`;
}
