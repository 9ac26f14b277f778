/** Turns a paper's experiment into a study file that a researcher can edit. */
import { InputError } from '../base/errors.js';
import type { Experiment, StudyForm } from '../experiments/spec.js';
import { STREAM_SOURCES } from '../experiments/streamSources.js';
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
  const source = STREAM_SOURCES.find((one) => one.id === id);
  if (study === undefined || source === undefined) {
    const sayable = STREAM_SOURCES.map((one) => one.id);
    throw new InputError(
      `basin eject must be given an experiment whose trials a study file can describe (${sayable.join(', ')}), got ${id}; docs/own-code.md has trials of one's own`,
    );
  }
  const at = (scale: Scale): StudyForm => study(resolveValues(experiment, scale, overrides));
  const forms = { smoke: at('smoke'), quick: at('quick'), paper: at('paper') };
  return ejectedText(experiment, forms, source, seed);
}
