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
