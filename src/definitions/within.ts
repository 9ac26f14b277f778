/** A user's definitions for study files are active while the user's study runs. */
import { NO_OWN_WORDS, withOwnWords, type OwnWords } from '../core/networks/ownWords.js';
import { withOwnMeasures, type OwnMeasure } from '../experiments/own/ownMeasures.js';
import type { Experiment, FigureMaker, OwnCode } from '../experiments/spec.js';
import { fileName, ownId } from './experiment.js';

export interface Vocabulary {
  readonly words: OwnWords;
  readonly measures: readonly OwnMeasure[];
}

export const NO_VOCABULARY: Vocabulary = { words: NO_OWN_WORDS, measures: [] };

/** Runs a synchronous function while a user's definitions are active. */
export function inForce<T>({ words, measures }: Vocabulary, run: () => T): T {
  return withOwnWords(words, () => withOwnMeasures(measures, run));
}

type AnyFunction = (...given: readonly unknown[]) => unknown;

/** A study whose id identifies the code that it uses. Its random numbers are the same as without the code. */
export function within(code: OwnCode, vocabulary: Vocabulary, make: () => Experiment): Experiment {
  const study = inForce(vocabulary, make);
  const parts = Object.entries(study).map(([name, part]: [string, unknown]) => {
    const run: AnyFunction = (...given) => inForce(vocabulary, () => (part as AnyFunction)(...given));
    return [name, typeof part === 'function' ? run : part];
  });
  const { figures, alsoStored = [] } = study;
  const id = ownId(study.id, code);
  return {
    ...(Object.fromEntries(parts) as Experiment),
    id,
    streamId: study.streamId ?? study.id,
    code,
    alsoStored: [...alsoStored, ...vocabulary.measures.map(({ of }) => of)],
    figures: (cells, values) =>
      inForce(vocabulary, () => figures(cells, values)).map((make) =>
        ofCode(study.id, id, () => inForce(vocabulary, make)),
      ),
  };
}

/** A figure whose name has the id with its code: a folder may hold studies of several versions. */
function ofCode(plain: string, id: string, make: FigureMaker): FigureMaker {
  return () => {
    const figure = make();
    return { ...figure, name: figure.name.replace(plain, fileName(id)) };
  };
}
