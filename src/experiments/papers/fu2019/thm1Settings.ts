/** The settings of fu2019-thm1 and its cells: both networks, at norms that the theorems allow. */
import { parseActivation } from '../../../core/networks/activations.js';
import type { Architecture } from '../../../core/networks/networks.js';
import { requireTeacher } from '../../../core/networks/teachers.js';
import { number } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import { LARGEST_PLANE } from '../../../theory/asymptotics.js';
import { quantities } from '../../../theory/quantities.js';
import { ascending } from '../../common/ascending.js';
import * as common from '../../common/settings.js';
import type { Cell, CellSummary } from '../../spec.js';
import { NETWORKS } from './architectures.js';

const norms = (network: string, values: readonly number[]) =>
  number({ description: `norms ‖w*‖ of the ${network}`, list: true, min: 0.1, max: 2, default: values });

const neurons = (network: string, values: readonly number[]) =>
  number({
    description: `numbers of neurons of the ${network} at the largest n, beside K`,
    integer: true,
    list: true,
    min: 1,
    max: LARGEST_PLANE,
    default: { smoke: values.slice(0, 2), quick: values, paper: values },
  });

/** The settings that the theorems fix, and a law of W* with κ = λ = 1. */
export const THEOREM_PROBLEM = {
  teacher: 'orthonormal',
  inputs: 'gaussian',
  labels: 'classification',
  loss: 'cross-entropy',
} as const;

export const SETTINGS = {
  K: number({ description: 'neurons of teacher and student', integer: true, min: 1, max: LARGEST_PLANE, default: 2 }),
  startLaw: { ...common.nearby.startLaw, description: 'law of the random points of the ball' },
  radius: number({
    description: 'radius of the ball, divided by the Frobenius norm of W*',
    min: 1e-6,
    max: 10,
    default: 0.01,
  }),
  teacherScale: norms('fully connected network', [1]),
  cnnScale: norms('convolutional network', [0.5, 1]),
  d: common.dimension({ smoke: 4, quick: 6, paper: 6 }, { max: 100 }),
  stride: number({
    description: 'entries m of a stride of the convolutional network: d = K·m',
    integer: true,
    min: 1,
    max: 100,
    default: { smoke: 4, quick: 6, paper: 10 },
  }),
  n: common.samples(
    { smoke: [2000, 8000], quick: [16000, 64000, 256000], paper: [16000, 64000, 256000, 1024000] },
    { description: 'sample sizes of the fully connected network' },
  ),
  cnnN: common.samples(
    { smoke: [500, 2000], quick: [1000, 4000, 16000], paper: [1000, 4000, 16000, 64000] },
    { description: 'sample sizes of the convolutional network' },
  ),
  sweep: neurons('fully connected network', [2, 3, 4]),
  cnnSweep: neurons('convolutional network', [1, 2, 3, 4]),
  trials: common.trials({ smoke: 3, quick: 18, paper: 20 }),
  points: number({ description: 'random points of the ball', integer: true, min: 1, max: 1e4, default: 2 }),
  restarts: number({
    description: 'searches for the least curved point: from W*, then from the random points',
    integer: true,
    min: 1,
    max: 1e4,
    default: { smoke: 1, quick: 1, paper: 2 },
  }),
  moves: number({ description: 'largest number of moves of a search', integer: true, min: 1, max: 1e4, default: 10 }),
};

export type TheoremValues = Values<typeof SETTINGS>;

/** The settings of a cell. `teacherScale` is ‖w*‖. */
export interface TheoremPlace {
  readonly architecture: Architecture;
  readonly teacherScale: number;
  readonly K: number;
  readonly d: number;
  readonly n: number;
}

export type TheoremCell = CellSummary<TheoremPlace>;

/** One network at one norm. */
export interface Line {
  readonly architecture: Architecture;
  readonly norm: number;
  readonly samples: readonly number[];
  /** numbers of neurons in addition to K, at the largest n */
  readonly sweep: readonly number[];
}

type GridOfLines = Pick<TheoremValues, 'n' | 'cnnN' | 'sweep' | 'cnnSweep' | 'teacherScale' | 'cnnScale'>;
type Grid = GridOfLines & Pick<TheoremValues, 'K' | 'd' | 'stride' | 'trials'>;

/** The lines of the figures, the FCN first. */
export function linesOf(values: GridOfLines): Line[] {
  return NETWORKS.flatMap((architecture) => {
    const isFcn = architecture === 'fcn';
    const samples = ascending(isFcn ? values.n : values.cnnN);
    const sweep = ascending(isFcn ? values.sweep : values.cnnSweep);
    return ascending(isFcn ? values.teacherScale : values.cnnScale).map((norm) => ({
      architecture,
      norm,
      samples,
      sweep,
    }));
  });
}

/**
 * The cells of K at all n, and of the other numbers of neurons at the largest n. Throws `InputError` when no teacher
 * fits.
 */
export function theoremCells(values: Grid): Cell<TheoremPlace>[] {
  const { K, trials } = values;
  return linesOf(values).flatMap(({ architecture, norm, samples, sweep }) => {
    const place = (units: number, n: number): TheoremPlace => {
      const d = architecture === 'fcn' ? values.d : units * values.stride;
      requireTeacher(
        THEOREM_PROBLEM.teacher,
        architecture === 'fcn' ? units : 1,
        architecture === 'fcn' ? d : values.stride,
      );
      return { architecture, teacherScale: norm, K: units, d, n };
    };
    const others = sweep.filter((units) => units !== K).map((units) => place(units, Math.max(...samples)));
    return [...samples.map((n) => place(K, n)), ...others].map((settings) => ({ settings, trials }));
  });
}

/** The cells of a line, ordered by K, then by n. */
export function cellsOf(all: readonly TheoremCell[], { architecture, norm }: Line): TheoremCell[] {
  return all
    .filter(({ settings }) => settings.architecture === architecture && settings.teacherScale === norm)
    .toSorted((a, b) => a.settings.K - b.settings.K || a.settings.n - b.settings.n);
}

/** ρ_FCN(σ) or ρ_CNN(σ) of the sigmoid. */
export function rhoOf(architecture: Architecture, sigma: number): number {
  const { rho } = quantities(parseActivation('sigmoid'), sigma);
  return architecture === 'fcn' ? rho.fu2019Fcn : rho.fu2019Cnn;
}
