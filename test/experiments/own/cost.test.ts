import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { studyBytes, studyCost } from '../../../src/experiments/own/cost.js';

const LANDSCAPE = {
  activation: 'relu',
  output: 'sum',
  teacherScale: 1,
  labels: 'regression',
  loss: 'landscape-L',
  start: 'gaussian',
  inputs: 'logistic',
  mu: 0.5,
};

describe('what a trial of a study takes', () => {
  it('grows with starts, samples and iterations, and knows what a tensor start adds', () => {
    const cell = { K: 3, d: 20, n: 4000 };
    expect(studyCost({ ...cell, starts: 10 })).toBeGreaterThan(8 * studyCost(cell));
    expect(studyCost({ ...cell, iterations: 4000 })).toBeGreaterThan(1.8 * studyCost(cell));
    expect(studyCost({ ...cell, start: 'tensor' })).toBeGreaterThan(studyCost(cell));
  });

  it('of another width grows with the student, and of the population risk with both widths and no n', () => {
    const cell = { K: 3, d: 20, n: 4000, start: 'gaussian' };
    expect(studyCost({ ...cell, studentK: 30 })).toBeGreaterThan(5 * studyCost({ ...cell, studentK: 3 }));
    expect(studyBytes({ ...cell, studentK: 3 })).toBeGreaterThan(studyBytes(cell) + 8 * 10_000 * 20);
    const risk = { K: 10, d: 20, activation: 'relu', labels: 'regression', risk: 'population', stepSize: 0.1 };
    expect(studyCost({ ...risk, n: 1e8 })).toBe(studyCost(risk));
    expect(studyCost({ ...risk, studentK: 20 })).toBeGreaterThan(2.5 * studyCost(risk));
    expect(studyCost({ ...risk, outcomes: 'polish' })).toBeGreaterThan(studyCost(risk));
    expect(studyCost({ ...risk, activation: 'tanh' })).toBeGreaterThan(1000 * studyCost(risk));
  });

  // In a process of its own: its peak is that of this trial.
  it.runIf(process.platform === 'linux').each([
    { K: 3, d: 20, n: 200_000, iterations: 2 },
    { K: 3, d: 20, n: 200_000, iterations: 2, start: 'tensor' },
    { ...LANDSCAPE, K: 20, d: 20, n: 100_000, iterations: 1 },
    { ...LANDSCAPE, K: 20, d: 20, n: 100_000, iterations: 1, loss: 'landscape-G' },
  ])('is about the memory that %j takes', (settings) => {
    const script = `
      import { readFileSync } from 'node:fs';
      const { studyTrial } = await import('./dist/experiments/own/trial.js');
      const { loadNativeKernels } = await import('./dist/core/kernels/native.js');
      const kernels = loadNativeKernels();
      const before = process.memoryUsage().rss;
      studyTrial({ settings: ${JSON.stringify(settings)}, kernels, cancel: new Int32Array(1), stream: (purpose) => ({ key: [1, 2], trial: 0, purpose }) });
      console.log(1024 * /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1] - before);`;
    const peak = Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }));
    expect(peak / studyBytes(settings)).toBeGreaterThan(0.5);
    expect(peak / studyBytes(settings)).toBeLessThan(2);
  });
});
