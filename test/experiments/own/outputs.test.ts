/** Teachers whose v* has different entries: their law, their students, and what counts as W*. */
import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { fileData } from '../../../src/experiments/common/files.js';
import { judgeOf } from '../../../src/experiments/own/judge.js';
import { cellProblem } from '../../../src/experiments/own/problems.js';
import { drawStudyProblem } from '../../../src/experiments/own/problem.js';
import { studySettings } from '../../../src/experiments/own/settings.js';
import { studyProblem, studyTrial } from '../../../src/experiments/own/trial.js';
import type { StudyFile, TrialContext } from '../../../src/experiments/spec.js';
import type { Settings } from '../../../src/settings/types.js';

const kernels = loadNativeKernels();
const V = Float64Array.of(0.5, 2, -1);
const FILE: StudyFile = { value: 'file:0123', path: 'v.npy', shape: [3], data: fileData(V) };
const BASE: Settings = { K: 3, d: 4, n: 400, activation: 'tanh', labels: 'regression' };

function contextOf(settings: Settings, trial = 0): TrialContext {
  const stream = (purpose: number) => ({ key: [7, 11] as const, trial, purpose });
  return { settings, kernels, cancel: new Int32Array(1), stream, files: [FILE] };
}

describe('v* of a law', () => {
  const outputs = Array.from({ length: 400 }, (_, trial) => [
    ...studyProblem(contextOf({ ...BASE, n: 1, output: 'gaussian' }, trial)).drawn.teacherOutput,
  ]).flat();

  it('gaussian is N(0, 1)', () => {
    const mean = outputs.reduce((sum, v) => sum + v, 0) / outputs.length;
    const square = outputs.reduce((sum, v) => sum + v * v, 0) / outputs.length;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(outputs.length));
    expect(Math.abs(square - 1)).toBeLessThan(4 * Math.sqrt(2 / outputs.length));
  });

  it('is another for every trial, and known to a student that does not train v', () => {
    expect(new Set(outputs).size).toBe(outputs.length);
    const { drawn, starts } = studyProblem(contextOf({ ...BASE, output: 'gaussian', starts: 2, start: 'gaussian' }));
    expect([...starts.outputWeights]).toEqual([...drawn.teacherOutput, ...drawn.teacherOutput]);
  });

  it('is drawn again for each start of a student that trains v away from W*', () => {
    const cell = { ...BASE, output: 'gaussian', starts: 2, start: 'gaussian', trainOutput: 'yes', studentK: 5 };
    const { drawn, starts } = studyProblem(contextOf(cell));
    expect(new Set([...starts.outputWeights, ...drawn.teacherOutput]).size).toBe(13);
  });
});

describe('v* of a file', () => {
  it('is that of every trial; a student of another width draws among its entries', () => {
    const { drawn, starts } = studyProblem(
      contextOf({ ...BASE, output: FILE.value, start: 'gaussian', trainOutput: 'yes', studentK: 60 }),
    );
    expect(drawn.teacherOutput).toEqual(V);
    expect(new Set(starts.outputWeights)).toEqual(new Set(V));
  });

  it('must have K entries', () => {
    const cell = { ...BASE, output: FILE.value };
    expect(cellProblem(cell, [FILE])).toBeUndefined();
    expect(cellProblem({ ...cell, K: 2 }, [FILE])).toMatchObject({
      setting: 'output',
      message: 'output: v.npy must have shape (K,) or (1, K) with K = 2, got (3)',
    });
    expect(cellProblem({ ...cell, labels: 'classification' }, [FILE])?.setting).toBe('labels');
    expect(cellProblem({ ...cell, start: 'tensor' }, [FILE])?.message).toContain('mean or sum or signs');
    expect(cellProblem({ ...cell, start: 'gaussian', studentK: 4 }, [FILE])?.message).toContain(
      'trainOutput must be yes',
    );
  });
});

it('a row of W* is found together with its v alone: rows in another order are not W*', () => {
  const cell = { ...BASE, output: FILE.value };
  const context = { ...contextOf(cell), settings: studySettings(cell) };
  const drawn = drawStudyProblem(context);
  const judge = judgeOf(context, drawn);
  const swapped = Float64Array.from([
    ...drawn.teacher.slice(4, 8),
    ...drawn.teacher.slice(0, 4),
    ...drawn.teacher.slice(8),
  ]);
  expect(judge.fromTeacher({ weights: drawn.teacher, v: V })).toBe(0);
  expect(judge.isRecovered({ weights: swapped, v: Float64Array.of(2, 0.5, -1) })).toBe(true);
  expect(judge.fromTeacher({ weights: swapped, v: V })).toBeGreaterThan(1);
});

it.each([{}, { trainOutput: 'yes' }, { risk: 'population', activation: 'erf' }])(
  'is recovered from nearby: %j',
  (more) => {
    for (const output of ['gaussian', FILE.value]) {
      const { measures } = studyTrial(contextOf({ ...BASE, output, iterations: 20000, n: 2000, ...more }, 1));
      expect(measures['recovered'], output).toBe(1);
    }
  },
);
