/** gao2018's experiments on landscapes in process: facts at small scale, with intervals wide enough not to flake. */
import { describe, expect, it } from 'vitest';
import { runInProcess, trialInProcess } from './inProcess.js';

describe('gao2018-fig3', () => {
  const run = runInProcess('gao2018-fig3', { loss: 'L,G', trials: '6' });
  const cell = (teacher: string, loss: string) =>
    run.cells.find(({ settings }) => settings['teacher'] === teacher && settings['loss'] === loss)?.measures ?? {};

  it('L ends on coordinate axes for either teacher, which is the teacher only when A* = I', () => {
    for (const teacher of ['identity', 'rotated']) expect(cell(teacher, 'L')['axesError'].value).toBeLessThan(0.01);
    expect(cell('identity', 'L')['recoveredRate'].value).toBe(1);
    expect(cell('rotated', 'L')['recoveredRate'].value).toBe(0);
    expect(cell('rotated', 'L')['teacherLoss'].value).toBeGreaterThan(2 * cell('rotated', 'L')['finalLoss'].value);
  });

  it('e(A) of 0 does not mean a permutation: L finds rows twice', () => {
    expect(cell('identity', 'L')['covered'].value).toBeLessThan(0.95);
    expect(cell('identity', 'L')['strictError'].value).toBeGreaterThan(0.5);
  });

  it('judges what was run, and not what was left out', () => {
    expect(run.claims.map(({ id }) => id)).toEqual(['L-recovers', 'G-suboptimal', 'L-recovers-rotated']);
    const rotated = run.claims.find(({ id }) => id === 'L-recovers-rotated');
    expect(rotated?.high).toBeLessThan(0.9);
    expect(rotated).toMatchObject({
      verdict: 'not-applicable',
      reason: expect.stringMatching(/^the paper has d = 50, n = 8192, .*; here d = 6, n = 2048, /) as string,
    });
    expect(run.claims.find(({ id }) => id === 'G-suboptimal')?.value).toBeGreaterThan(5);
  });

  it('records e(A) on a schedule that goes on after the descent has settled', () => {
    const { curves, measures } = run.outcomes[0][0];
    const { step, parameterError } = curves as Record<string, Float64Array>;
    expect([step[0], step[step.length - 1]]).toEqual([0, 1000]);
    for (const published of [50, 100, 200, 500]) expect(step).toContain(published);
    expect(measures['steps']).toBeLessThan(500);
    expect(parameterError[parameterError.length - 1]).toBe(measures['parameterError']);
    expect(parameterError[step.indexOf(500)]).toBe(measures['parameterError']);
  });

  it('draws every teacher’s curves with rows on log axes', () => {
    expect(run.figures.map(({ name }) => name)).toEqual([
      'gao2018-fig3',
      'gao2018-fig3-first',
      'gao2018-fig3-rotated',
      'gao2018-fig3-rotated-first',
      'gao2018-fig3-ends',
      'gao2018-fig3-rotated-ends',
      'gao2018-fig3-covered',
    ]);
    expect(run.figures[0].rows.every((row) => (row['at'] as number) > 0 && (row['p5'] as number) > 0)).toBe(true);
    expect(run.figures[0].rows.some((row) => row['line'] === 'L, published run')).toBe(true);
    expect(run.figures[2].rows.some((row) => row['line'] === 'L, published run')).toBe(false);
  });

  it('ℓ2 by Adam and by plain descent lower their loss from the same law of starts', () => {
    for (const loss of ['l2-adam', 'l2-descent']) {
      const { curves, measures } = trialInProcess('gao2018-fig3', {}, { d: 6, n: 2048, teacher: 'identity', loss }, 0);
      expect(measures['finalLoss']).toBeLessThan(curves?.['loss'][1] ?? 0);
      expect(measures['teacherLoss']).toBe(0);
      expect(measures['steps']).toBe(1000);
    }
  });

  it('with free rows and a penalty is the printed loss', () => {
    const cellSettings = { d: 6, n: 2048, teacher: 'identity', loss: 'L' };
    const free = trialInProcess('gao2018-fig3', { rows: 'free', penalty: '2000', stepSize: '0.0001' }, cellSettings, 0);
    expect(free.status).toBe('ok');
    const { measures } = trialInProcess('gao2018-fig3', { rows: 'free', stepSize: '1' }, cellSettings, 0);
    expect(measures['parameterError']).toBe(Infinity);
  });
});

describe('gao2018-fig4', () => {
  const run = runInProcess('gao2018-fig4', {});

  it('has L with the exact score equal to G on Gaussian inputs', () => {
    const [gaussian] = run.outcomes;
    for (const { measures } of gaussian) expect(measures['errorExact']).toBe(measures['errorG']);
  });

  it('pairs its differences, and judges either law', () => {
    for (const { measures } of run.outcomes.flat())
      expect(measures['errorDifference']).toBe(measures['errorG'] - measures['errorEstimated']);
    expect(run.claims.map(({ id }) => id)).toEqual(['L-close-to-G-n=256', 'L-below-G-n=256']);
  });

  it('estimates Gaussian scores well enough to come as near as G does', () => {
    const {
      cells: [{ measures }],
    } = runInProcess('gao2018-fig4', {
      inputs: 'gaussian',
      n: '4096',
      mu: '0.5',
      trials: '6',
      iterations: '4000',
      stepSize: '0.01',
    });
    expect(measures['coveredEstimated'].value).toBeGreaterThan(0.8);
    expect(measures['errorEstimated'].value).toBeLessThan(0.05);
  });

  it('draws a figure for each law with the published runs, and the difference', () => {
    expect(run.figures.map(({ name }) => name)).toEqual([
      'gao2018-fig4-gaussian-n256',
      'gao2018-fig4-mixture-n256',
      'gao2018-fig4-difference',
    ]);
    expect(new Set(run.figures[0].rows.map(({ line }) => line))).toEqual(
      new Set(['L, score estimated', 'G', 'L, published run', 'G, published run']),
    );
  });
});

describe('gao2018-laws', () => {
  it('shows where the matched score helps: logistic inputs, where G finds next to nothing', () => {
    const {
      cells: [{ measures }],
      claims,
    } = runInProcess('gao2018-laws', { inputs: 'logistic', n: '2048', trials: '6' });
    expect(measures['coveredL'].value).toBeGreaterThan(0.9);
    expect(measures['coveredG'].value).toBeLessThan(0.6);
    expect(claims.map(({ id }) => id)).toEqual(['L-above-G-logistic-rotated-d=2-mu=0.5']);
  });

  it('pairs its gains and has no claim on Gaussian inputs', () => {
    const run = runInProcess('gao2018-laws', { inputs: 'gaussian', trials: '3' });
    expect(run.claims).toEqual([]);
    for (const { measures } of run.outcomes[0]) {
      expect(measures['gainOverG']).toBe(0);
      expect(measures['gainOverL2']).toBe(measures['coveredL'] - measures['coveredL2']);
    }
  });
});
