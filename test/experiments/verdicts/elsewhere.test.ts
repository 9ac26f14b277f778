/** What is said of printed numbers is judged at the paper's settings only: smoke has others. */
import { expect, it } from 'vitest';
import { judgedClaims } from '../../../src/experiments/claims.js';
import { findExperiment } from '../../../src/experiments/registry.js';
import type { CellSummary } from '../../../src/experiments/spec.js';
import { UNKNOWN } from '../../../src/statistics/estimate.js';
import { resolveValues } from '../../../src/study/grid/values.js';

/** Ids of the claims that are judged at smoke scale. */
function judgedIds(id: string): string[] {
  const experiment = findExperiment(id);
  const values = resolveValues(experiment, 'smoke', new Map());
  const measures = Object.fromEntries(experiment.measures.map(({ name }) => [name, UNKNOWN]));
  const cells = experiment
    .cells(values)
    .map(({ settings, trials }): CellSummary => ({
      settings,
      trials: 0,
      planned: trials,
      failed: 0,
      diverged: 0,
      measures,
    }));
  return judgedClaims(experiment, cells, values)
    .filter(({ verdict }) => verdict !== 'not-applicable')
    .map((claim) => claim.id);
}

it.each([
  'fu2018-fig3',
  'fu2018-fig4',
  'fu2019-success',
  'fu2019-error',
  'fu2019-loss',
  'gao2018-fig3',
  'gao2018-fig4',
  ...['fig2a', 'fig2b', 'fig3a', 'fig3b', 'fig4a', 'fig4b'].map((figure) => `soltanolkotabi2017-${figure}`),
])('no claim of %s', (id) => {
  expect(judgedIds(id)).toEqual([]);
});

it.each(['gao2018-fig1', 'gao2018-fig2'])('of %s what is said of any size, and no slope', (id) => {
  expect(judgedIds(id)).toEqual(['S2', 'S4'].flatMap((score) => [`decreases-${score}`, `consistent-${score}`]));
});

it('what the theorems say is judged at any size', () => {
  expect(judgedIds('fu2018-thm1')).toEqual([
    'positive-definite',
    'lambda-max',
    'concentration',
    'lambda-min-exact',
    'lambda-max-exact',
  ]);
});
