/** A study whose folder holds trials of another code of the same experiment. */
import { InputError } from '../../base/errors.js';
import type { Experiment, OwnCode } from '../../experiments/spec.js';
import { storedAs, type StoredExperiment } from '../../store/identity.js';
import type { StudyReader } from '../../store/reader.js';
import type { StudyWriter } from '../../store/writer.js';
import type { ExperimentGrid } from '../grid/cells.js';
import type { CodeChange } from './codeChange.js';
import type { Verification } from './verify.js';

/** Of the old trials so many are performed by the new code, spread over the cells. */
export const SAME_VERSION_TRIALS = 20;

export interface SettleOptions {
  readonly store: StudyWriter;
  readonly change: CodeChange;
  /** what a store's entry is, see definitions/stored.ts */
  readonly experimentOf: (stored: StoredExperiment) => Experiment;
  /** performs a sample of the trials of a stored experiment by another code */
  readonly replay: (of: StoredExperiment, by: Experiment) => Promise<Verification>;
}

/**
 * The experiment as the study has it: under the id that the store gave to its code, or as a new one. Throws
 * `InputError` where the code has changed and nothing is said about that, and where trials come out differently.
 */
export async function settleCode(
  grid: ExperimentGrid,
  { store, change, experimentOf, replay }: SettleOptions,
): Promise<ExperimentGrid> {
  const { experiment, values } = grid;
  const { code } = experiment;
  if (code === undefined) return grid;
  const known = store.definitions().find((one) => one.code.digest === code.digest);
  // With the file's first map: the errors of its trials have the lines of that.
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

/** Experiments of the same name and other code that have trials; one without is forgotten. */
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
