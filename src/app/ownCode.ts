/**
 * Checks a user's experiment before its study runs: whether its code is the code that the folder has recorded, and
 * whether its trials are reproducible.
 */
import { BREACH } from '../definitions/guard.js';
import { storedExperiment } from '../definitions/stored.js';
import type { StudyControl } from '../pool/control.js';
import type { StudyWriter } from '../store/writer.js';
import { SAME_VERSION_TRIALS, settleCode } from '../study/replay/changedCode.js';
import type { CodeChange } from '../study/replay/codeChange.js';
import { rehearse } from '../study/replay/rehearsal.js';
import { sampleTrials } from '../study/replay/sample.js';
import type { ExperimentGrid } from '../study/grid/cells.js';
import { verifyStudy } from '../study/replay/verify.js';
import type { StudyRequest } from './request.js';

export interface OwnCodeOptions extends Pick<StudyRequest, 'workers'> {
  readonly limits: StudyRequest['limits'] | undefined;
  readonly store: StudyWriter;
  readonly control: StudyControl;
  readonly change: CodeChange;
}

/**
 * The grids to run, under the ids in the store. Throws `InputError` for changed code, and for trials whose result
 * differs when they run twice.
 */
export async function prepareOwnCode(
  grids: readonly ExperimentGrid[],
  { store, control, change, workers, limits = {} }: OwnCodeOptions,
): Promise<readonly ExperimentGrid[]> {
  const settled: ExperimentGrid[] = [];
  for (const one of grids) {
    const known = await settleCode(one, {
      store,
      change,
      experimentOf: storedExperiment,
      replay: (of, by) =>
        verifyStudy({
          store,
          workers,
          control,
          findExperiment: () => by,
          sample: sampleTrials(store, { trials: SAME_VERSION_TRIALS }, store.identity.seed, [of.id]),
        }),
    });
    await rehearse(known, { ...limits, store, control, isBreach: (error) => error.includes(BREACH) });
    settled.push(known);
  }
  return settled;
}
