/** Both networks of fu2019 side by side: their grids, and the settings that they share. */
import { networkShape, type Architecture } from '../../core/networks.js';
import { everywhere, PLANTED_PARAMETERS, textOf } from '../planted.js';
import { numbersOf, sampleGrid } from '../sampleGrid.js';
import type { Cell, CellSummary, Parameter, ParameterValues, PublishedSettings, Scale } from '../spec.js';

/** fu2019's planted problem: cross entropy, orthonormal rows of norm 2 for the FCN, one row of norm 2 for the CNN. */
export const FU2019_PARAMETERS = {
  ...PLANTED_PARAMETERS,
  loss: { description: 'loss', kind: 'choice', words: ['cross-entropy', 'squared'], default: everywhere('cross-entropy') },
} as const satisfies Record<string, Parameter>;

/** The printed K and what goes with it in all experiments; the CNN's d are the multiples of K nearest to the printed ones, see docs/papers/fu2019.md. */
export const FU2019_PUBLISHED = { K: 3, inputs: 'gaussian', labels: 'classification', loss: 'cross-entropy' } as const satisfies PublishedSettings;

export const NETWORKS: readonly Architecture[] = ['fcn', 'cnn'];

/** List parameters of both grids. Non-overlapping strides need K | d, so the CNN has dimensions of its own. */
export function gridParameters(defaults: { fcn: Record<Scale, number[]>; cnn: Record<Scale, number[]>; fcnRatios: Record<Scale, number[]>; cnnRatios: Record<Scale, number[]> }): Record<string, Parameter> {
  const dimensions = { kind: 'integer', list: true, min: 1, max: 1000 } as const;
  const ratios = { kind: 'number', list: true, min: 1e-2, max: 1e6 } as const;
  return {
    d: { ...dimensions, description: 'input dimensions of the fully connected network', default: defaults.fcn },
    cnnD: { ...dimensions, description: 'input dimensions of the convolutional network, multiples of K', default: defaults.cnn },
    n: { description: 'sample sizes of both, or auto', kind: 'integer', list: true, words: ['auto'], min: 1, max: 1e7, default: everywhere(['auto']) },
    perDimension: { ...ratios, description: 'values of n/d of the FCN when n is auto', default: defaults.fcnRatios },
    cnnPerDimension: { ...ratios, description: 'values of n/d of the CNN when n is auto', default: defaults.cnnRatios },
  };
}

/** Cells {architecture, K, d, n} of the FCN's grid, then of the CNN's. Throws `InputError` when K does not divide the CNN's d. */
export function bothGrids(values: ParameterValues): Cell[] {
  for (const d of dimensionsOf(values, 'cnn')) networkShape('cnn', values['K'] as number, d);
  const trials = values['trials'] as number;
  const fcn = sampleGrid(values).map((settings) => ({ settings: { ...settings, architecture: 'fcn' }, trials }));
  const cnn = sampleGrid(values, { d: 'cnnD', perDimension: 'cnnPerDimension' }, 1).map((settings) => ({ settings: { ...settings, architecture: 'cnn' }, trials }));
  return [...fcn, ...cnn];
}

/** The cells of one network and, when given, one dimension. */
export function cellsOf(cells: readonly CellSummary[], architecture: Architecture, d?: number): CellSummary[] {
  return cells.filter(({ settings }) => textOf(settings, 'architecture') === architecture && (d === undefined || settings['d'] === d));
}

/** The dimensions of one network's grid. */
export function dimensionsOf(values: ParameterValues, architecture: Architecture): number[] {
  return numbersOf(values, architecture === 'fcn' ? 'd' : 'cnnD');
}

/** `FCN d = 20`, the name of a line. */
export function seriesName(architecture: string, d: number): string {
  return `${architecture.toUpperCase()} d = ${d}`;
}
