import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { closedPair } from '../../../src/core/risk/pair.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import type { Settings } from '../../../src/settings/types.js';
import { cellProblem } from '../../../src/experiments/own/problems.js';
import { STUDY_SETTING_TABLE } from '../../../src/experiments/own/settings.js';
import { studyTrial } from '../../../src/experiments/own/trial.js';

const kernels = loadNativeKernels();
const LANDSCAPE = {
  activation: 'relu',
  output: 'sum',
  teacherScale: 1,
  labels: 'regression',
  loss: 'landscape-L',
  start: 'gaussian',
};

const WIDER = { d: 10, n: 100, K: 3, studentK: 5, start: 'gaussian', labels: 'regression' };
const POPULATION = { d: 10, activation: 'relu', labels: 'regression', risk: 'population' };

/** Quadrature takes seconds; widths.test.ts has a trial with it. */
function isSlow({ risk, activation = 'sigmoid' }: Settings): boolean {
  return risk === 'population' && closedPair(parseActivation(String(activation))) === undefined;
}

function outcomeOf(run: () => ReturnType<typeof studyTrial>): string {
  try {
    return `error ${run().measures['estimationError']}`;
  } catch (error) {
    return String(error);
  }
}

describe('what cannot be', () => {
  it.each<[string, Settings, string]>([
    ['d', { n: 100 }, 'd must be given'],
    ['K', { d: 10, n: 100, architecture: 'cnn' }, 'a divisor of d = 10'],
    ['K', { d: 2, n: 100 }, 'at most d = 2'],
    ['n', { d: 10000, n: 1e6 }, 'at most'],
    [
      'labels',
      { d: 10, n: 100, activation: 'relu' },
      'classification needs f* in [0, 1], and f* of relu with output: mean lies in [0, Infinity]',
    ],
    ['labels', { d: 10, n: 100, output: 'sum' }, 'lies in [0, 3]'],
    ['labels', { d: 10, n: 100, output: 'signs', labels: 'sign-classification' }, 'lies in [-3, 3]'],
    ['stepSize', { d: 10, n: 100, method: 'adam' }, 'stepSize must be a number with method: adam, whose steps'],
    ['batch', { d: 10, n: 100, method: 'sgd', batch: 101 }, 'batch must be at most n = 100 with method: sgd'],
    ['method', { d: 10, n: 100, method: 'sgd', risk: 'population', labels: 'regression' }, 'which has no samples'],
    ['noise', { d: 10, n: 100, noise: 0.1 }, 'noise must be 0 with labels: classification'],
    [
      'loss',
      { d: 10, n: 100, loss: 'cross-entropy', activation: 'tanh', labels: 'regression' },
      'cross-entropy needs outputs in [0, 1]',
    ],
    ['labels', { d: 10, n: 100, loss: 'cross-entropy', labels: 'random' }, 'needs labels in [0, 1]'],
    ['noise', { d: 10, n: 100, loss: 'cross-entropy', labels: 'regression', noise: 0.1 }, 'needs labels in [0, 1]'],
    ['trainOutput', { d: 10, n: 100, loss: 'cross-entropy', trainOutput: 'yes' }, 'out of [0, 1]'],
    ['inputs', { d: 10, n: 100, start: 'tensor', inputs: 'laplace' }, 'Hermite moments'],
    ['starts', { d: 10, n: 100, start: 'tensor', starts: 5 }, 'gives one start'],
    ['n', { d: 10, n: 10, start: 'tensor' }, 'at least 11'],
    [
      'activation',
      { d: 10, n: 100, start: 'tensor', activation: 'linear', labels: 'regression' },
      'third or fourth moment',
    ],
    [
      'activation',
      { d: 12, n: 100, start: 'tensor', activation: 'quadratic', labels: 'regression', architecture: 'cnn' },
      'first moment',
    ],
    ['activation', { ...LANDSCAPE, d: 10, n: 100, activation: 'sigmoid' }, 'with loss: landscape-L'],
    ['teacherScale', { ...LANDSCAPE, d: 10, n: 100, teacherScale: 2 }, 'rows of norm 1'],
    ['teacher', { ...LANDSCAPE, d: 10, n: 100, teacher: 'gaussian' }, 'orthonormal rows'],
    ['start', { d: 10, n: 100, studentK: 5 }, 'start must be gaussian or a file with studentK = 5 and K = 3'],
    ['start', { d: 10, n: 100, studentK: 2, start: 'tensor' }, 'the tensor method finds K rows'],
    ['studentK', { d: 12, n: 100, studentK: 3, architecture: 'cnn' }, 'for a cnn'],
    ['studentK', { ...LANDSCAPE, d: 10, n: 100, studentK: 4 }, 'with loss: landscape-L'],
    ['inputs', { d: 10, n: 100, studentK: 3, inputs: 'file:00' }, 'fresh samples'],
    [
      'trainOutput',
      { ...WIDER, output: 'signs' },
      "trainOutput must be yes with output: signs with studentK = 5 and K = 3: the student has no v* to know, got 'no'",
    ],
    [
      'labels',
      { d: 10, risk: 'population' },
      "labels must be regression with risk: population, whose labels are those of f*, got 'classification'",
    ],
    ['inputs', { ...POPULATION, inputs: 'laplace' }, 'inputs must be gaussian with risk: population'],
    ['noise', { ...POPULATION, noise: 0.1 }, 'noise must be 0 with risk: population'],
    ['loss', { ...POPULATION, loss: '(f-y)^4' }, 'loss must be squared with risk: population'],
    ['architecture', { ...POPULATION, architecture: 'cnn', d: 12 }, 'architecture must be fcn with risk: population'],
    ['start', { ...POPULATION, start: 'tensor' }, 'needs no training set'],
    ['activation', { ...POPULATION, activation: 'max(z-1,0)' }, 'kinks at 0 only'],
  ])('%s of %j: %s', (setting, settings, message) => {
    expect(cellProblem(settings)).toMatchObject({ setting, message: expect.stringContaining(message) as string });
  });

  it('lets other widths and the population risk through where they have a meaning', () => {
    for (const settings of [
      WIDER,
      { ...WIDER, output: 'signs', trainOutput: 'yes' },
      POPULATION,
      { ...POPULATION, studentK: 3 },
    ])
      expect(cellProblem(settings), JSON.stringify(settings)).toBeUndefined();
  });

  it('asks nothing of n where it is looked for', () => {
    expect(cellProblem({ d: 10, start: 'tensor' })).toBeUndefined();
  });

  // Every pair of words: what the check lets through runs, so that nothing is found out in the middle of a study.
  it('lets through only what a trial can do', () => {
    const words: [string, string][] = Object.entries(STUDY_SETTING_TABLE).flatMap(([name, setting]) =>
      (setting.words ?? []).map((word): [string, string] => [name, word]),
    );
    const all: [string, string | number][] = [
      ...words,
      ['studentK', 4],
      ...['sigmoid', 'tanh', 'softplus:2', 'relu', 'squared-relu', 'quadratic', 'erf:std'].map(
        (word): [string, string] => ['activation', word],
      ),
    ];
    let ran = 0;
    for (const base of [{}, LANDSCAPE, { labels: 'regression', activation: 'tanh' }]) {
      for (const [a, b] of all.flatMap((one, i) => all.slice(i).map((other) => [one, other]))) {
        const settings = { d: 6, n: 300, iterations: 3, ...base, [a[0]]: a[1], [b[0]]: b[1] };
        if (isSlow(settings) || cellProblem(settings) !== undefined) continue;
        ran += 1;
        const run = () =>
          studyTrial({
            settings,
            kernels,
            cancel: new Int32Array(1),
            stream: (purpose) => ({ key: [1, 2], trial: 0, purpose }),
          });
        // What depends on the draw cannot be known before: a trial whose loss bends down in every direction at W0
        // fails, and counts.
        expect(outcomeOf(run), JSON.stringify(settings)).toMatch(
          /^error [\d.e+-]+$|^error Infinity$|needs a positive Hessian eigenvalue/,
        );
      }
    }
    expect(ran).toBeGreaterThan(500);
  });
});
