/** What a worker must know of a cell to perform its trials. */
import type { Experiment, OwnCode, StudyFile } from '../../experiments/spec.js';
import type { Lease } from '../../pool/protocol.js';
import type { StudyIdentity } from '../../store/identity.js';
import type { StudyCell } from '../grid/cells.js';
import { requirePrecision } from './precision.js';
import { sharedEntries } from './together.js';

export interface CellWork {
  /** operations of one trial, > 0 */
  readonly cost: number;
  /** n·d of a training set that all workers share; 0 when one worker performs a trial */
  readonly sharedEntries: number;
  /** the code that performs its trials, when it is a user's own */
  readonly code?: OwnCode | undefined;
  /** the files of numbers that its settings name */
  readonly files?: readonly StudyFile[] | undefined;
  readonly template: Omit<Lease, 'first' | 'count'>;
}

/** The work of a cell of a study's grid. Throws `InputError` where its trials do not work in the study's precision. */
export function cellWork(
  experiment: Experiment,
  { partitions, precision }: Pick<StudyIdentity, 'partitions' | 'precision'>,
  { key, trialSettings: settings }: StudyCell,
): CellWork {
  requirePrecision(experiment, { partitions, precision }, settings);
  const shared = sharedEntries(experiment, settings, partitions);
  return {
    cost: Math.max(1, experiment.cost(settings)),
    sharedEntries: shared,
    code: experiment.code,
    files: experiment.files,
    template: {
      experiment: experiment.id,
      settings,
      key,
      partitions,
      ...(precision === undefined ? {} : { precision }),
      team: shared > 0,
      ...(experiment.code === undefined ? {} : { own: true }),
    },
  };
}

/** The lease of consecutive trials of a cell. */
export function leaseOf({ cell, first, count }: Pick<Lease, 'first' | 'count'> & { readonly cell: CellWork }): Lease {
  return { ...cell.template, first, count };
}
