/** A study whose words are a user's own: they are in force while one of its functions runs. */
import { withOwnWords, type OwnWords } from '../core/networks/ownWords.js';
import type { Experiment, OwnCode } from '../experiments/spec.js';
import { ownId } from './experiment.js';

type AnyFunction = (...given: readonly unknown[]) => unknown;

/** The study under an id that says which code it uses; its random numbers stay those of the study without. */
export function within(code: OwnCode, words: OwnWords, study: Experiment): Experiment {
  const inForce =
    (run: AnyFunction): AnyFunction =>
    (...given) =>
      withOwnWords(words, () => run(...given));
  const parts = Object.entries(study).map(([name, part]: [string, unknown]) => [
    name,
    typeof part === 'function' ? inForce(part as AnyFunction) : part,
  ]);
  const { figures } = study;
  return {
    ...(Object.fromEntries(parts) as Experiment),
    id: ownId(study.id, code),
    streamId: study.streamId ?? study.id,
    code,
    figures: (cells, values) =>
      withOwnWords(words, () => figures(cells, values)).map((make) => () => withOwnWords(words, make)),
  };
}
