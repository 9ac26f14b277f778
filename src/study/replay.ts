/** Running one stored trial again. */
import { InputError } from '../core/errors.js';
import type { NativeKernels } from '../core/kernels/contract.js';
import { partitionedKernels } from '../core/kernels/partitioned.js';
import type { Experiment } from '../experiments/spec.js';
import type { PerformedTrial } from '../pool/protocol.js';
import { performTrial } from '../pool/trial.js';
import { decodeMeasures } from '../store/measures.js';
import type { StoredCell, StoredTrial, StudyReader, TrialStatus } from '../store/reader.js';
import { formatAddress, parseAddress, type Address } from '../store/address.js';
import { cellKey } from './streams.js';
import { suggest } from './suggest.js';
import { trialSettings } from './values.js';

export interface ReplayedTrial {
  readonly status: TrialStatus;
  readonly measures: Readonly<Record<string, number>>;
  readonly error: string | null;
}

export interface Replay {
  readonly address: string;
  /** status, error, and every bit of measures and curves */
  readonly identical: boolean;
  readonly stored: ReplayedTrial;
  readonly replayed: ReplayedTrial;
}

/**
 * Runs the trial of an address again and compares it with the stored one. Throws `InputError` when the address is
 * malformed or nothing is stored there, or when the experiment's version has changed since.
 */
export function replayTrial(
  store: StudyReader,
  addressText: string,
  findExperiment: (id: string) => Experiment,
  kernels: NativeKernels,
): Replay {
  const address = parseAddress(addressText);
  const { cell, stored } = findStored(store, address);
  const performed = performAgain(store, cell, address, findExperiment(address.experiment), kernels);
  const replayed = { status: performed.status, measures: decodeMeasures(performed.measures), error: performed.error };
  const identical =
    stored.status === replayed.status &&
    stored.error === replayed.error &&
    sameNumbers(stored.measures, replayed.measures) &&
    sameCurves(store.curves(cell, address.trial), performed.curves);
  const { status, measures, error } = stored;
  return { address: formatAddress(address), identical, stored: { status, measures, error }, replayed };
}

function performAgain(store: StudyReader, cell: StoredCell, address: Address, experiment: Experiment, kernels: NativeKernels): PerformedTrial {
  const stored = store.experiments().find(({ id }) => id === experiment.id);
  if (stored?.version !== experiment.version) {
    throw new InputError(`the study holds ${experiment.id} version ${stored?.version}, this program has version ${experiment.version}: its trials cannot be replayed`);
  }
  const settings = trialSettings(stored.values, cell.settings);
  const key = cellKey(experiment, store.identity.seed, cell.settings);
  const partitioned = partitionedKernels(kernels, { partitions: store.identity.partitions });
  return performTrial({ experiment, settings, key, trial: address.trial }, partitioned, new Int32Array(1));
}

function findStored(store: StudyReader, address: Address): { cell: StoredCell; stored: StoredTrial } {
  const ids = store.experiments().map(({ id }) => id);
  if (!ids.includes(address.experiment)) throw unknown('experiment', address.experiment, ids);
  const cells = store.cells(address.experiment);
  const cell = cells.find(({ text }) => text === address.cell);
  if (cell === undefined) throw unknown(`cell of ${address.experiment}`, address.cell, cells.map(({ text }) => text));
  const stored = store.trial(cell, address.trial);
  if (stored?.status === 'censored') throw new InputError(`the address must name a trial that is done, got '${formatAddress(address)}', which is censored: ${stored.error ?? ''}`);
  if (stored !== undefined) return { cell, stored };
  throw new InputError(`the address must name a stored trial, got '${formatAddress(address)}', which is not in the study`);
}

const MOST_SHOWN = 5;

function unknown(what: string, given: string, known: readonly string[]): InputError {
  const shown = known.slice(0, MOST_SHOWN).join(' | ') + (known.length > MOST_SHOWN ? ' | …' : '');
  return new InputError(`the address must name a stored ${what} (${shown}), got '${given}'${suggest(given, known)}`);
}

function sameNumbers(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && Object.is(a[name], b[name]));
}

type Curves = Readonly<Record<string, Float64Array>>;

function sameCurves(a: Curves, b: Curves): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => sameValues(a[name], b[name]));
}

function sameValues(a: Float64Array | undefined, b: Float64Array | undefined): boolean {
  return a !== undefined && a.length === b?.length && a.every((value, index) => Object.is(value, b[index]));
}
