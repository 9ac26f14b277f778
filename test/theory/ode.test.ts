import { describe, expect, it } from 'vitest';
import { solveOde } from '../../src/theory/ode.js';

const oscillator = ([x, v]: Float64Array): Float64Array => Float64Array.of(v, -x);

/** The largest error of cos and −sin at times up to 20. */
function oscillatorError(tolerance: number): number {
  const times = [0, 0.1, 3, 3, 20];
  const solved = solveOde(oscillator, Float64Array.of(1, 0), times, { tolerance });
  return Math.max(
    ...solved.flatMap(([x, v], i) => [Math.abs(x - Math.cos(times[i])), Math.abs(v + Math.sin(times[i]))]),
  );
}

describe('solveOde', () => {
  it('has the error that is asked for, per step', () => {
    const errors = [1e-4, 1e-7, 1e-10].map(oscillatorError);
    expect(errors[0]).toBeLessThan(3e-3);
    expect(errors[1]).toBeLessThan(3e-6);
    expect(errors[2]).toBeLessThan(3e-9);
  });

  it('is of order 5: the error falls as the tolerance, and the evaluations grow as its fifth root', () => {
    const evaluations = (tolerance: number): number => {
      let count = 0;
      solveOde((y) => ((count += 1), oscillator(y)), Float64Array.of(1, 0), [100], { tolerance });
      return count;
    };
    const growth = Math.log(evaluations(1e-10) / evaluations(1e-5)) / Math.log(1e5);
    expect(growth).toBeGreaterThan(0.17);
    expect(growth).toBeLessThan(0.23);
  });

  it('refuses a solution that ends before the time', () => {
    expect(() => solveOde((y) => y.map((x) => x * x), Float64Array.of(1), [2])).toThrow(
      'the steps vanish at t = 0.999999',
    );
    expect(() => solveOde((y) => y.map(() => Number.NaN), Float64Array.of(1), [2])).toThrow(
      'the steps vanish at t = 0',
    );
  });
});
