/** Turns a paper's experiment into a study file that a researcher can edit. */
import { InputError } from '../base/errors.js';
import { EXPERIMENTS } from '../experiments/registry.js';
import type { Experiment, StudyForm } from '../experiments/spec.js';
import type { Scale } from '../settings/scale.js';
import { resolveValues } from '../study/grid/values.js';
import { ejectedText } from '../studyfile/eject.js';

export interface EjectRequest {
  readonly experiment: Experiment;
  /** values by key, as in `--set` */
  readonly overrides: ReadonlyMap<string, string>;
  readonly seed: number;
}

/**
 * The text of a study file that runs the trials of an experiment.
 * @throws InputError for an experiment that a study file cannot express
 */
export function ejectStudy({ experiment, overrides, seed }: EjectRequest): string {
  const { id, study } = experiment;
  if (study === undefined) {
    const sayable = EXPERIMENTS.filter((one) => one.study !== undefined).map((one) => one.id);
    throw new InputError(
      `basin eject must be given an experiment whose trials a study file can describe (${sayable.join(', ')}), got ${id}; docs/own-code.md has trials of one's own`,
    );
  }
  const at = (scale: Scale): StudyForm => study(resolveValues(experiment, scale, overrides));
  const [cell] = experiment.cells(resolveValues(experiment, 'paper', overrides));
  return ejectedText(
    experiment,
    { smoke: at('smoke'), quick: at('quick'), paper: at('paper') },
    Object.keys(cell.settings).sort(),
    seed,
  );
}
