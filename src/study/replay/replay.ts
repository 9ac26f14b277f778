/** Runs one stored trial again. */
import { InputError } from '../../base/errors.js';
import { withPrecision } from '../../core/descent/precisions.js';
import type { NativeKernels } from '../../core/kernels/contract.js';
import { partitionedKernels } from '../../core/kernels/partitioned.js';
import type { Experiment, TrialContext } from '../../experiments/spec.js';
import type { LeaseResult, PerformedTrial } from '../../pool/protocol.js';
import { performTrial } from '../../pool/trial.js';
import { differences, type TrialRecord } from '../../store/differences.js';
import type { StoredCell, StudyReader } from '../../store/reader.js';
import type { TrialStatus } from '../../store/status.js';
import type { StoredTrial } from '../../store/trials.js';
import { formatAddress, parseAddress, type Address } from '../../store/address.js';
import { suggest } from '../../base/suggest.js';
import { cellOf } from '../grid/cells.js';
import { rowsOf } from '../leases/rows.js';
import { cellWork, type CellWork } from '../leases/work.js';

export interface ReplayedTrial {
  readonly status: TrialStatus;
  readonly measures: Readonly<Record<string, number>>;
  readonly error: string | null;
}

export interface Replay {
  readonly address: string;
  /** whether status, error, and every bit of measures and curves are the same */
  readonly identical: boolean;
  readonly stored: ReplayedTrial;
  readonly replayed: ReplayedTrial;
}

/**
 * Runs the trial with the given address again and compares it with the stored one. `keep` receives the arrays from
 * which the measures are computed. Throws `InputError` when the address is malformed, when nothing is stored there, or
 * when the experiment's version has changed since.
 */
export function replayTrial(
  store: StudyReader,
  addressText: string,
  findExperiment: (id: string) => Experiment,
  kernels: NativeKernels,
  keep?: TrialContext['keep'],
): Replay {
  const address = parseAddress(addressText);
  const { cell, stored } = findStored(store, address);
  const experiment = findExperiment(address.experiment);
  const { settings, key, partitions, precision = 'float64' } = storedWork(store, cell, experiment).template;
  const performed = performTrial(
    { settings, key, experiment, trial: address.trial, keep },
    withPrecision(partitionedKernels(kernels, { partitions }), precision),
    new Int32Array(1),
  );
  const replayed = recordOf(performed);
  const identical = differences(recordAt(store, cell, stored), replayed).length === 0;
  return {
    address: formatAddress(address),
    identical,
    stored: withoutCurves(stored),
    replayed: withoutCurves(replayed),
  };
}

/** The work for the trials of a stored cell. Throws `InputError` when the experiment's version has changed since. */
export function storedWork(store: StudyReader, cell: StoredCell, experiment: Experiment): CellWork {
  const stored = store.experiments().find(({ id }) => id === experiment.id);
  if (stored?.version !== experiment.version) {
    throw new InputError(
      `the study holds ${experiment.id} version ${stored?.version}, this program has version ${experiment.version}: its trials cannot be replayed`,
    );
  }
  const { identity } = store;
  return cellWork(experiment, identity, cellOf({ experiment, values: stored.values }, identity.seed, cell.settings));
}

/** A stored trial with its curves. */
export function recordAt(store: StudyReader, cell: StoredCell, stored: StoredTrial): TrialRecord {
  return { ...stored, curves: store.curves(cell, stored.trial) };
}

/** A trial that was performed now, in the form of a stored trial. */
export function recordOf({
  status,
  error,
  measures,
  curves,
}: Pick<PerformedTrial, 'error' | 'measures' | 'curves'> & Pick<TrialRecord, 'status'>): TrialRecord {
  return { status, error, measures, curves };
}

/** The trial of a lease with one trial; undefined when it was told to stop. */
export function recordFrom(trial: number, result: LeaseResult): TrialRecord | undefined {
  const [row] = rowsOf(trial, result);
  if (result.done === 0) return undefined;
  return recordOf({ ...row, curves: Object.fromEntries(result.curves.map(({ name, values }) => [name, values])) });
}

function withoutCurves({ status, measures, error }: ReplayedTrial): ReplayedTrial {
  return { status, measures, error };
}

function findStored(store: StudyReader, address: Address): { cell: StoredCell; stored: StoredTrial } {
  const ids = store.experiments().map(({ id }) => id);
  if (!ids.includes(address.experiment)) throw unknown('experiment', address.experiment, ids);
  const cells = store.cells(address.experiment);
  const cell = cells.find(({ text }) => text === address.cell);
  if (cell === undefined)
    throw unknown(
      `cell of ${address.experiment}`,
      address.cell,
      cells.map(({ text }) => text),
    );
  const stored = store.trial(cell, address.trial);
  if (stored?.status === 'censored')
    throw new InputError(
      `the address must name a trial that is done, got '${formatAddress(address)}', which is censored: ${stored.error ?? ''}`,
    );
  if (stored !== undefined) return { cell, stored };
  throw new InputError(
    `the address must name a stored trial, got '${formatAddress(address)}', which is not in the study`,
  );
}

const MOST_SHOWN = 5;

function unknown(what: string, given: string, known: readonly string[]): InputError {
  const shown =
    known.slice(0, MOST_SHOWN).join(' | ') +
    (known.length > MOST_SHOWN ? ` | … ${known.length - MOST_SHOWN} more` : '');
  return new InputError(`the address must name a stored ${what} (${shown}), got '${given}'${suggest(given, known)}`);
}
