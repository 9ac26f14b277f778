/**
 * A user's own experiment before its study runs: whether its code is the one that the folder knows, and whether its
 * trials can be made again.
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
 * What will run, under the ids that the store knows. Throws `InputError` for changed code and for trials that are not
 * the same twice.
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
