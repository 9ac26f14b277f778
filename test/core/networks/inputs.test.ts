import { describe, expect, it } from 'vitest';
import { drawInputs, INPUT_LAWS, inputLaw, type InputLaw } from '../../../src/core/networks/inputs.js';
import { expectMean, kernels, streamOf } from '../tables/random.js';

const SAMPLES = 40_000;

function draw(law: InputLaw, samples: number, dimension: number, trial = 3): Float64Array {
  return drawInputs(kernels, law, samples, dimension, streamOf(4, trial)).values.slice(0, samples * dimension);
}

type Moments = ReturnType<typeof inputLaw>['moments'];

/** Moments of every coordinate, covariances of coordinates, and none between one sample and the next. */
function expectMoments(x: Float64Array, dimension: number, { mean, variance, fourth, covariance }: Moments): void {
  const column = (j: number): number[] =>
    Array.from({ length: x.length / dimension }, (_, i) => x[i * dimension + j] - mean);
  const columns = Array.from({ length: dimension }, (_, j) => column(j));
  columns.forEach((values, j) => {
    expectMean(values, 0, `mean of coordinate ${j}`);
    expectMean(
      values.map((v) => v ** 2),
      variance,
      `variance of coordinate ${j}`,
    );
    expectMean(
      values.map((v) => v ** 4),
      fourth,
      `fourth moment of coordinate ${j}`,
    );
    expectMean(
      values.slice(1).map((v, i) => v * values[i]),
      0,
      `covariance of samples in coordinate ${j}`,
    );
    columns.slice(j + 1).forEach((others, k) => {
      expectMean(
        values.map((v, i) => v * others[i]),
        covariance,
        `covariance of coordinates ${j} and ${j + 1 + k}`,
      );
    });
  });
}

/**
 * Mean, variance and fourth moment of one coordinate by summing over the density, which decides what the entry may say.
 */
function momentsOfDensity(density: (x: readonly number[]) => number): [number, number, number] {
  const grid = Array.from({ length: 40_001 }, (_, i) => (i - 20_000) / 250);
  const mass = grid.map((x) => density([x]));
  const total = mass.reduce((sum, m) => sum + m, 0);
  const about = (centre: number, power: number): number =>
    grid.reduce((sum, x, i) => sum + (mass[i] / total) * (x - centre) ** power, 0);
  const mean = about(0, 1);
  return [mean, about(mean, 2), about(mean, 4)];
}

describe.each(INPUT_LAWS)('inputs %s', (law) => {
  const { moments, density } = inputLaw(law);

  it('have the moments that the entry says, coordinates and samples as independent as it says', () => {
    expectMoments(draw(law, SAMPLES, 3), 3, moments);
  });

  it('have the density that the entry says', () => {
    momentsOfDensity(density).forEach((value, at) =>
      expect(value).toBeCloseTo([moments.mean, moments.variance, moments.fourth][at], 4),
    );
  });

  it('are the same from the same stream, and others from another', () => {
    expect(draw(law, 5, 3)).toEqual(draw(law, 5, 3));
    expect(draw(law, 5, 3)).not.toEqual(draw(law, 5, 3, 4));
  });
});

describe('the check finds what is wrong', () => {
  const { moments } = inputLaw('gaussian');
  const x = draw('gaussian', SAMPLES, 3);
  it.each([
    ['a mean', { ...moments, mean: 0.05 }],
    ['a variance', { ...moments, variance: 1.05 }],
    ['a fourth moment', { ...moments, fourth: 3.3 }],
    ['a covariance', { ...moments, covariance: 0.05 }],
  ])('%s', (_, wrong) => {
    expect(() => {
      expectMoments(x, 3, wrong);
    }).toThrow();
  });

  it('samples that depend on each other', () => {
    const doubled = x.map((_, at) => x[Math.floor(at / 6) * 3 + (at % 3)]);
    expect(() => {
      expectMoments(doubled, 3, moments);
    }).toThrow('covariance of samples');
  });
});

it('an exact mixture has half of its samples on either side', () => {
  const { values } = drawInputs(kernels, 'mixture', 2001, 50, streamOf(4), 'exact');
  const sides = Array.from({ length: 2001 }, (_, i) =>
    Math.sign(values.subarray(50 * i, 50 * (i + 1)).reduce((sum, x) => sum + x, 0)),
  );
  expect(sides.filter((side) => side < 0).length).toBe(1000);
});
