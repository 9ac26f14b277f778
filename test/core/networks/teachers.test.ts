import { describe, expect, it } from 'vitest';
import {
  drawSigns,
  drawTeacher,
  frobeniusNorm,
  hasDraw,
  requireTeacher,
  teacherOf,
  TEACHER_LAWS,
  type TeacherLaw,
} from '../../../src/core/networks/teachers.js';
import { expectMean, kernels, streamOf } from '../tables/random.js';

const [K, D] = [3, 7];

function draw(law: TeacherLaw, { scale = 1, condition = 1, trial = 3 } = {}): Float64Array {
  return drawTeacher(kernels, law, K, D, scale, streamOf(5, trial), condition);
}

describe.each(TEACHER_LAWS)('teacher %s', (law) => {
  const { rows, takesCondition, squaredNorm } = teacherOf(law);

  it('scales with s', () => {
    const one = draw(law);
    draw(law, { scale: 2.5 }).forEach((value, j) => expect(value).toBeCloseTo(2.5 * one[j], 12));
  });

  it('has the norm that its entry says: on average, and always where its rows are bound', () => {
    const norms = Array.from({ length: 2000 }, (_, trial) => frobeniusNorm(draw(law, { condition: 2, trial })) ** 2);
    expectMean(norms, squaredNorm(K, D, 2), 'squared norm');
    if (rows !== 'any') for (const norm of norms) expect(norm).toBeCloseTo(squaredNorm(K, D, 2), 10);
  });

  it('has rows as its entry says', () => {
    const W = draw(law, { condition: 3 });
    const gram = kernels.multiply(W, W, K, K, D, false, true);
    const isOrthonormal = gram.every((value, at) => Math.abs(value - (at % (K + 1) === 0 ? 1 : 0)) < 1e-12);
    expect(isOrthonormal).toBe(rows === 'orthonormal');
    expect(kernels.svd(W, K, D).s[K - 1]).toBeGreaterThan(1e-6);
  });

  it('takes a condition number or not', () => {
    const [first, last] = [0, K - 1].map((at) => kernels.svd(draw(law, { condition: 4 }), K, D).s[at]);
    if (takesCondition) expect(first / last).toBeCloseTo(4, 10);
    else expect(draw(law, { condition: 4 })).toEqual(draw(law));
  });

  it('needs K ≤ d where its rows are independent', () => {
    expect([hasDraw(law, 4, 4), hasDraw(law, 5, 4)]).toEqual([true, rows === 'any']);
    const five = (): Float64Array => drawTeacher(kernels, law, 5, 4, 1, streamOf(5));
    if (rows === 'any') expect(five()).toHaveLength(20);
    else expect(five).toThrow(`${law} teacher must be at most d = 4, got 5`);
  });
});

it('orthonormal is Haar distributed, so the first entry of a row has mean 0 and variance 1/d', () => {
  const entries = Array.from({ length: 4000 }, (_, trial) => draw('orthonormal', { trial })[0]);
  expectMean(entries, 0, 'first entry');
  expectMean(
    entries.map((x) => x * x),
    1 / D,
    'its square',
  );
});

it('gaussian-unit has norm s', () => {
  expect(frobeniusNorm(draw('gaussian-unit', { scale: 2 }))).toBeCloseTo(2, 12);
});

describe('the spectrum teacher', () => {
  it('has singular values evenly spaced from s to s·κ', () => {
    const W = drawTeacher(kernels, 'spectrum', 5, 12, 3, streamOf(4), 2);
    const { s } = kernels.svd(W, 5, 12);
    [6, 5.25, 4.5, 3.75, 3].forEach((value, i) => expect(s[i]).toBeCloseTo(value, 10));
  });

  it('mixes them: no neuron has the norm of a singular value, and draws differ', () => {
    const [one, other] = [1, 2].map((trial) => drawTeacher(kernels, 'spectrum', 3, 6, 1, streamOf(4, trial), 4));
    for (let k = 0; k < 3; k++) {
      const norm = frobeniusNorm(one.subarray(6 * k, 6 * (k + 1)));
      for (const value of [1, 2.5, 4]) expect(Math.abs(norm - value)).toBeGreaterThan(1e-6);
    }
    expect(one).not.toEqual(other);
  });

  it('with one neuron has norm s; with κ = 1 orthonormal rows; with K > d it is refused', () => {
    expect(frobeniusNorm(drawTeacher(kernels, 'spectrum', 1, 4, 2, streamOf(4), 5))).toBeCloseTo(2, 12);
    const W = drawTeacher(kernels, 'spectrum', 2, 4, 1, streamOf(4), 1);
    const gram = kernels.multiply(W, W, 2, 2, 4, false, true);
    [1, 0, 0, 1].forEach((value, i) => expect(gram[i]).toBeCloseTo(value, 12));
    expect(() => {
      requireTeacher('spectrum', 5, 4);
    }).toThrow('at most d = 4, got 5');
  });
});

it('signs are ±1 with equal chance', () => {
  const signs = drawSigns(kernels, 20_000, streamOf(4));
  expect(new Set(signs)).toEqual(new Set([-1, 1]));
  expectMean(signs, 0, 'signs');
});
