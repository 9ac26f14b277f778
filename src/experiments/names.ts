/**
 * The ids of the papers' experiments apart from the experiments: a misspelt one is refused before any of them is
 * loaded. A test holds the list equal to the registry's.
 */
import { InputError } from '../base/errors.js';
import { listed, suggest } from '../base/suggest.js';

/** In the order of `basin list`. */
export const EXPERIMENT_IDS: readonly string[] = [
  'fu2018-fig2',
  'fu2018-fig3',
  'fu2018-fig4',
  'fu2018-thm1',
  'fu2018-population',
  'fu2018-thm1-condition',
  'fu2018-thm1-samples',
  'fu2018-concentration',
  'fu2018-thm2',
  'fu2018-alg2',
  'basin-radius',
  'fu2019-fig1',
  'fu2019-success',
  'fu2019-error',
  'fu2019-loss',
  'fu2019-thm1',
  'fu2019-thm2',
  'gao2018-fig1',
  'gao2018-fig2',
  'gao2018-fig3',
  'gao2018-fig4',
  'gao2018-laws',
  'gao2018-thm1',
  'gao2018-thm2',
  'gao2018-degree4',
  'gao2018-critical',
  'soltanolkotabi2017-fig1',
  'soltanolkotabi2017-fig2a',
  'soltanolkotabi2017-fig2b',
  'soltanolkotabi2017-fig3a',
  'soltanolkotabi2017-fig3b',
  'soltanolkotabi2017-fig4a',
  'soltanolkotabi2017-fig4b',
  'soltanolkotabi2017-thm21',
  'soltanolkotabi2017-thm22',
  'soltanolkotabi2017-thm25',
  'soltanolkotabi2017-jacobian',
  'soltanolkotabi2017-spectrum',
  'zhong2017-fig1a',
  'zhong2017-fig1b',
  'zhong2017-fig1c',
  'zhong2017-alg2',
  'zhong2017-thm35',
  'zhong2017-thm42',
  'zhong2017-thm44',
  'zhong2017-thm56',
  'zhong2017-remark43',
  'zhong2017-claim55',
  'zhong2017-kcl',
  'zhong2017-fig1c-printed',
  'safran2018-square',
  'safran2018-wider',
  'safran2018-minima',
  'mei2018-runaway',
  'goldt2019-dynamics',
  'goldt2019-final',
];

/** @throws InputError for an id that does not exist */
export function requireExperimentId(id: string): void {
  if (!EXPERIMENT_IDS.includes(id))
    throw new InputError(
      `experiment must be ${listed(EXPERIMENT_IDS, 'basin list')}, got '${id}'${suggest(id, EXPERIMENT_IDS)}`,
    );
}

/** Checks a word of a list of ids, in which `all` stands for every experiment. */
export function requireIds(word: string): void {
  if (word !== 'all') requireExperimentId(word);
}
