import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { parameterErrors } from '../../../src/core/landscape/parameterError.js';
import { gaussian } from '../kernels/cases.js';

const kernels = loadNativeKernels();
const I = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);

describe('parameter error', () => {
  it('is 0 at a signed permutation of the rows of any teacher', () => {
    const teacher = gaussian(9, 1);
    const shuffled = Float64Array.of(
      ...teacher.slice(6, 9),
      ...teacher.slice(0, 3).map((a) => -a),
      ...teacher.slice(3, 6),
    );
    const { error, strictError, covered } = parameterErrors(kernels, shuffled, teacher, 3);
    expect(error).toBeCloseTo(0, 12);
    expect(strictError).toBeCloseTo(0, 12);
    expect(covered).toBe(1);
  });

  it('of (22) does not see that rows are found twice and others not at all; the strict one and the covered share do', () => {
    const twice = Float64Array.of(1, 0, 0, 1, 0, 0, 0, 0, -1);
    expect(parameterErrors(kernels, twice, I, 3)).toEqual({ error: 0, strictError: 1, covered: 2 / 3 });
  });

  it('is the smaller of the two directions', () => {
    // |R| has largest entries 0.8, 0.7, 0.9 by row of A*, and 0.8, 0.9, 0.7 by row of A.
    const weights = Float64Array.of(0.8, 0.1, 0.6, 0, 0.3, 0.9, 0.5, 0.7, 0.1);
    const { error, strictError, covered } = parameterErrors(kernels, weights, I, 3);
    expect(error).toBeCloseTo(0.3, 14);
    expect(strictError).toBeCloseTo(0.3, 14);
    expect(covered).toBeCloseTo(1 / 3, 14);
    expect(parameterErrors(kernels, Float64Array.of(0.8, 0, 0, 0.6, 0, 0, 0, 0, 1), I, 3)).toMatchObject({
      error: 0.4,
      strictError: 1,
    });
  });

  it('divides by the teacher: twice A* has ratio 2', () => {
    expect(
      parameterErrors(
        kernels,
        I.map((a) => 2 * a),
        I,
        3,
      ).error,
    ).toBe(-1);
    expect(
      parameterErrors(
        kernels,
        I,
        I.map((a) => 2 * a),
        3,
      ).error,
    ).toBe(0.5);
  });

  it('refuses a singular teacher', () => {
    expect(() => parameterErrors(kernels, I, new Float64Array(9), 3)).toThrow('singular');
  });
});
