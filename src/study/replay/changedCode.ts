/** Handles a study folder that holds trials of the same experiment made by other code. */
import { InputError } from '../../base/errors.js';
import type { Experiment, OwnCode } from '../../experiments/spec.js';
import { storedAs, type StoredExperiment } from '../../store/identity.js';
import type { StudyReader } from '../../store/reader.js';
import type { StudyWriter } from '../../store/writer.js';
import type { ExperimentGrid } from '../grid/cells.js';
import type { CodeChange } from './codeChange.js';
import type { Verification } from './verify.js';

/** Number of old trials that the new code performs again, spread over the cells. */
export const SAME_VERSION_TRIALS = 20;

export interface SettleOptions {
  readonly store: StudyWriter;
  readonly change: CodeChange;
  /** returns the experiment of a store's entry, see definitions/stored.ts */
  readonly experimentOf: (stored: StoredExperiment) => Experiment;
  /** performs a sample of the trials of a stored experiment with other code */
  readonly replay: (of: StoredExperiment, by: Experiment) => Promise<Verification>;
}

/**
 * The experiment under the id that it has in the study: the id that the store gave to its code, or a new one. Throws
 * `InputError` when the code has changed and no option says what to do, and when old trials give other results.
 */
export async function settleCode(
  grid: ExperimentGrid,
  { store, change, experimentOf, replay }: SettleOptions,
): Promise<ExperimentGrid> {
  const { experiment, values } = grid;
  const { code } = experiment;
  if (code === undefined) return grid;
  const known = store.definitions().find((one) => one.code.digest === code.digest);
  // Uses the source map of the first file with this code, because errors of stored trials have its line numbers.
  if (known !== undefined) {
    const stored = { ...storedAs(experiment, values), id: known.experiment, code: known.code };
    return { ...grid, experiment: experimentOf(stored) };
  }
  const old = othersOf(store, experiment).at(-1);
  if (old === undefined || change === 'new-version') return grid;
  const before = old.code?.digest ?? '';
  if (change === 'refuse') {
    throw new InputError(
      `study folder '${store.dir}' holds ${old.id}, whose code has SHA-256 ${before}; ${code.name} has ${code.digest}: ` +
        '--new-version adds its results beside the old ones, --same-version keeps the old ones if a sample of them comes out to the same bits; or choose another --out',
    );
  }
  const same = { ...experiment, id: old.id };
  requireSame(old, code, await replay(old, same));
  store.addDefinition(old.id, code);
  return { ...grid, experiment: same };
}

/** Experiments with the same name and other code that have trials. Those without trials are ignored. */
function othersOf(store: StudyReader, experiment: Experiment): StoredExperiment[] {
  const name = experiment.id.slice(0, experiment.id.indexOf('@') + 1);
  return store
    .experiments()
    .filter(
      ({ id, code }) =>
        code !== undefined && id.startsWith(name) && store.cells(id).some((cell) => store.countFrom(cell, 0) > 0),
    );
}

function requireSame(old: StoredExperiment, code: OwnCode, { sampled, replayed, differing }: Verification): void {
  if (replayed < sampled)
    throw new InputError(
      `--same-version needs a sample of ${sampled} trials of ${old.id}, got ${replayed} before it was stopped; nothing was changed`,
    );
  const [first] = differing;
  if (first === undefined) return;
  const [{ name, first: stored, second }] = first.differences;
  throw new InputError(
    `--same-version needs the same bits, got ${differing.length} of ${sampled} trials of ${old.id} otherwise by ${code.name} (SHA-256 ${code.digest}), ` +
      `the first ${first.address}: ${name} ${String(stored)} is now ${String(second)}; --new-version adds new results beside the old ones`,
  );
}
