/** Students of another width than the teacher, and descents on the population risk. */
import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import type { NetworkWeights } from '../../../src/core/matching/foundRows.js';
import { STUDY_MEASURES } from '../../../src/experiments/own/measures.js';
import { FUNCTION_MEASURES } from '../../../src/experiments/own/functionMeasures.js';
import { judgeOf } from '../../../src/experiments/own/judge.js';
import { drawStudyProblem } from '../../../src/experiments/own/problem.js';
import { cellSettings, streamText, studySettings } from '../../../src/experiments/own/settings.js';
import { studyTrial } from '../../../src/experiments/own/trial.js';
import { safran2018Square } from '../../../src/experiments/papers/safran2018/square.js';
import type { TrialContext } from '../../../src/experiments/spec.js';
import type { Settings } from '../../../src/settings/types.js';
import { trialSettings } from '../../../src/settings/trialSettings.js';
import { resolveValues } from '../../../src/study/grid/values.js';

const kernels = loadNativeKernels();

function contextOf(settings: Settings, trial = 0): TrialContext {
  return { settings, kernels, cancel: new Int32Array(1), stream: (purpose) => ({ key: [7, 11], trial, purpose }) };
}

function measuresOf(settings: Settings, trial = 0): Readonly<Record<string, number>> {
  return studyTrial(contextOf(settings, trial)).measures;
}

function judgeFor(cell: Settings) {
  const settings = studySettings(cell);
  const context = { ...contextOf(cell), settings };
  const drawn = drawStudyProblem(context);
  return { judge: judgeOf(context, drawn), teacher: { weights: drawn.teacher, v: drawn.teacherOutput } };
}

const RELU = { K: 2, d: 4, activation: 'relu', output: 'sum', labels: 'regression', start: 'gaussian' };
const RISK: Settings = { ...RELU, risk: 'population' };
const OWN: readonly string[] = FUNCTION_MEASURES.map(({ of }) => of);

describe('a student as wide as the teacher', () => {
  it.each<[string, Settings]>([
    ['relu', { ...RELU, n: 200, starts: 2, iterations: 100, outcomes: 'polish' }],
    ['sigmoid, v trained', { K: 3, d: 4, n: 300, iterations: 60, trainOutput: 'yes', start: 'gaussian' }],
    ['near W*', { K: 3, d: 4, n: 300, iterations: 60 }],
  ])('has the measures of studentK: same to the bit, and those of functions beside them: %s', (_, settings) => {
    const [same, given] = ['same', Number(settings['K'])].map((studentK) =>
      studyTrial(contextOf({ ...settings, studentK })),
    );
    const { relativeRisk, ...others } = given.measures;
    expect(Object.fromEntries(Object.entries(others).filter(([name]) => !OWN.includes(name)))).toEqual(same.measures);
    expect(given.curves).toEqual(same.curves);
    expect(relativeRisk).toBeGreaterThan(0);
  });
});

describe('a wider student', () => {
  const { judge, teacher } = judgeFor({ ...RELU, n: 10, studentK: 4 });
  const [first, second] = [teacher.weights.slice(0, 4), teacher.weights.slice(4)];
  const wide = (...rows: Float64Array[]): NetworkWeights => ({
    weights: Float64Array.from(rows.flatMap((row) => [...row])),
    v: new Float64Array(rows.length).fill(1),
  });
  const times = (row: Float64Array, factor: number): Float64Array => row.map((w) => factor * w);
  const exact = wide(second, times(first, 0.25), times(first, 0.75), times(first, 0));

  it('has recovered W* with rows that add up and a row of zeros, and is as far from it as it is as a function', () => {
    expect(judge.isRecovered(exact)).toBe(true);
    expect(judge.fromTeacher(exact) / judge.size).toBeLessThan(1e-7);
    expect(judge.asFunction(exact)).toMatchObject({
      functionRecovered: 1,
      foundRows: 1,
      rowsPerFound: 1.5,
      spareRows: 0.25,
    });
    const other = wide(second, second, first, times(first, -1));
    expect(judge.isRecovered(other)).toBe(false);
    expect(judge.asFunction(other)).toMatchObject({ functionRecovered: 0, foundRows: 0.5 });
  });

  it('is compared in a metric that does not see the order of the rows', () => {
    const turned = wide(times(first, 0), times(first, 0.75), second, times(first, 0.25));
    expect(judge.between(exact, turned)).toBeLessThan(1e-7 * judge.size);
    const [a, b] = [wide(second, first, first, second), wide(first, times(second, -2), first, first)];
    expect(judge.between(a, b)).toBeCloseTo(judge.between(b, a), 12);
    expect(judge.between(a, exact)).toBeLessThanOrEqual(judge.between(a, b) + judge.between(b, exact));
    expect(judge.between(a, b)).toBeGreaterThan(0.1);
  });

  it('has the relative risk that plain loops over other samples give', () => {
    const d = 4;
    const student = wide(first, second, times(second, -0.4), times(first, 1.3));
    const x = new Float64Array(40_000 * d);
    kernels.normals({ key: [3, 4], trial: 0, purpose: 0 }, 0, x);
    const output = ({ weights, v }: NetworkWeights, i: number): number =>
      v.reduce((sum, out, k) => {
        let z = 0;
        for (let j = 0; j < d; j++) z += weights[k * d + j] * x[i * d + j];
        return sum + out * Math.max(z, 0);
      }, 0);
    let [apart, whole] = [0, 0];
    for (let i = 0; i < x.length / d; i++) {
      apart += (output(student, i) - output(teacher, i)) ** 2;
      whole += output(teacher, i) ** 2;
    }
    const { relativeRisk } = judge.asFunction(student);
    expect(Math.abs(relativeRisk / (apart / whole) - 1)).toBeLessThan(0.05);
  });

  it('is compared on fresh samples where there is no closed form: nearly the same number', () => {
    const gaussian = judgeFor({ ...RELU, n: 10, studentK: 3, activation: 'leaky-relu:0.3' });
    const sampled = judgeFor({ ...RELU, n: 10, studentK: 3, activation: 'max(0.3*z,z)' });
    const student = wide(first, first, second);
    const ratio = sampled.judge.fromTeacher(student) / gaussian.judge.fromTeacher(student);
    expect(ratio).not.toBe(1);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
  });

  it('fits what a narrower one cannot', () => {
    const more = { n: 400, starts: 4, iterations: 4000 };
    const [narrow, wider] = [1, 6].map((studentK) => measuresOf({ ...RELU, ...more, studentK }));
    expect(narrow['relativeRisk']).toBeGreaterThan(0.01);
    expect(narrow['recovered']).toBe(0);
    expect(wider).toMatchObject({ recovered: 1, foundRows: 1 });
    expect(wider['relativeRisk']).toBeLessThan(1e-4);
    expect(wider['spareRows'] * 6 + wider['rowsPerFound'] * 2).toBeCloseTo(6, 12);
  });
});

describe('the population risk', () => {
  it('has no n: it is no part of the cell, of its random numbers, and of no trial', () => {
    const cell = cellSettings({ ...RISK, n: 100 });
    expect(cell).not.toHaveProperty('n');
    expect(cell).toEqual(cellSettings(RISK));
    expect(streamText(cell)).toBe('K=2,activation=relu,d=4,labels=regression,output=sum,risk=population');
    expect(measuresOf({ ...RISK, n: 7, iterations: 10 })).toEqual(measuresOf({ ...RISK, n: 9, iterations: 10 }));
  });

  it('is zero at the teacher, and its loss is half the square of the distance of the functions', () => {
    const { judge, teacher } = judgeFor({ ...RISK, K: 3, studentK: 5 });
    const { teacherLoss, finalLoss, estimationError } = measuresOf({ ...RISK, K: 3, studentK: 5, iterations: 5 });
    expect(teacherLoss).toBe(0);
    expect(finalLoss).toBeCloseTo(estimationError ** 2 / 2, 12);
    expect(judge.isRecovered(teacher)).toBe(true);
  });

  it('is recovered by a wider student, whose minima are not isolated, and that is no cap', () => {
    const measures = measuresOf({
      ...RISK,
      studentK: 5,
      starts: 3,
      iterations: 3000,
      stepSize: 0.1,
      outcomes: 'polish',
    });
    expect(measures).toMatchObject({
      recoveredStarts: 1,
      capStarts: 0,
      recovered: 1,
      oneMinimumNearSet: 1,
      polishedShare: 1,
    });
    expect(Math.abs(measures['lambdaMin'])).toBeLessThan(1e-6);
  });

  it('takes automatic steps, trains v, and goes by quadrature where there is no closed form', () => {
    const small = { K: 1, d: 1, labels: 'regression', risk: 'population', start: 'gaussian', iterations: 3 };
    const measures = measuresOf({ ...small, activation: 'tanh', trainOutput: 'yes', studentK: 2 });
    expect(measures['stepSize']).toBeGreaterThan(0);
    expect(measures['relativeRisk']).toBeGreaterThan(0);
    expect(measures['relativeRisk']).toBeLessThan(10);
  });

  it('ends as often at a spurious minimum as in safran2018-square, start by start', () => {
    const values = resolveValues(safran2018Square, 'smoke', new Map([['iterations', '30000']]));
    const cell: Settings = {
      ...{ K: 9, d: 9, activation: 'relu', output: 'sum', teacher: 'identity', teacherScale: 1, labels: 'regression' },
      ...{ risk: 'population', start: 'gaussian', starts: 8, stepSize: 0.1, iterations: 30000, tolerance: 1e-9 },
    };
    const trials = [0, 1].map((trial) => {
      const theirs = safran2018Square.trial(contextOf(trialSettings(values, { k: 9 }), trial)).measures;
      const ours = measuresOf({ ...cell, outcomes: 'polish' }, trial);
      expect(theirs['unfinished']).toBe(0);
      expect(ours['otherMinimumStarts']).toBeCloseTo(theirs['nonGlobal'], 12);
      expect(ours['recoveredStarts']).toBeCloseTo(1 - theirs['nonGlobal'], 12);
      return ours['otherMinimumStarts'];
    });
    expect(Math.max(...trials)).toBeGreaterThan(0);
  });
});

it('every function measure is among the measures of a study', () => {
  const names = STUDY_MEASURES.map(({ name }) => name);
  for (const { name } of FUNCTION_MEASURES) expect(names).toContain(name);
});
