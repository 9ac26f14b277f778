/** The planted problem of one trial. The trial's own code draws it, and no descent runs. */
import { InputError } from '../../base/errors.js';
import type { NativeKernels } from '../../core/kernels/contract.js';
import { partitionedKernels } from '../../core/kernels/partitioned.js';
import type { ProblemWords } from '../../experiments/keeper.js';
import type { Experiment } from '../../experiments/spec.js';
import type { Settings } from '../../settings/types.js';
import { formatAddress } from '../../store/address.js';
import type { StudyCell } from '../../study/grid/cells.js';
import { shownSettings } from '../../study/grid/values.js';
import type { ChosenProblem } from './choose.js';
import { Collector, type KeptArray } from './collector.js';

/** The description of a trial whose arrays are handed out. */
export interface DescribedTrial {
  readonly address: string;
  readonly experiment: string;
  readonly version: number;
  readonly seed: number;
  readonly scale: string;
  readonly trial: number;
  /** all effective settings */
  readonly settings: Settings;
}

/** A trial with the arrays that it hands out. */
export interface DrawnTrial {
  readonly of: DescribedTrial;
  /** absent if the trial plants no problem that basin knows */
  readonly words?: ProblemWords;
  readonly arrays: readonly KeptArray[];
}

export interface DrawnProblem extends DrawnTrial {
  readonly words: ProblemWords;
}

/** Throws `InputError` for an experiment whose trials plant no problem. */
export function requireDraw({ id, draw }: Pick<Experiment, 'id' | 'draw'>): NonNullable<Experiment['draw']> {
  if (draw === undefined)
    throw new InputError(
      `the experiment must be one that plants a teacher and draws training sets, got '${id}', whose trials do not`,
    );
  return draw;
}

/** Throws `InputError` for an experiment that plants no problem. */
export function drawProblem(
  kernels: NativeKernels,
  { experiment, seed, scale }: ChosenProblem,
  { text, key, trialSettings }: StudyCell,
  trial: number,
): DrawnProblem {
  const draw = requireDraw(experiment);
  const keep = new Collector();
  draw({
    settings: trialSettings,
    keep,
    kernels: partitionedKernels(kernels, { partitions: undefined }),
    cancel: new Int32Array(1),
    stream: (purpose) => ({ key, trial, purpose }),
  });
  const address = formatAddress({ experiment: experiment.id, cell: text, trial });
  const { id, version } = experiment;
  return {
    of: { address, experiment: id, version, seed, scale, trial, settings: shownSettings(experiment, trialSettings) },
    ...drawnBy(keep, address),
  };
}

/** The words and arrays that were handed out. Throws `InputError` if the trial failed before it had a problem. */
export function drawnBy({ words, arrays }: Collector, address: string): Pick<DrawnProblem, 'words' | 'arrays'> {
  if (words === undefined)
    throw new InputError(`the trial must draw its problem before it fails, got '${address}', which did not`);
  return { words, arrays };
}
