import { describe, expect, it } from 'vitest';
import { drawLabels, LABEL_KINDS, labelsOf } from '../../src/core/networks/labels.js';
import { KNOWN_OUTPUTS, outputOf, outputWeights, TEACHER_OUTPUTS } from '../../src/core/networks/networks.js';
import { drawGaussianStarts, drawOutputStarts, drawStarts, START_LAWS } from '../../src/core/networks/starts.js';
import { frobeniusNorm } from '../../src/core/networks/teachers.js';
import { expectMean, kernels, streamOf } from './tables/random.js';

const stream = streamOf(4);

describe.each(LABEL_KINDS)('labels %s', (kind) => {
  const {
    outputs: [low, high],
    values,
    ofTeacher,
  } = labelsOf(kind);
  const f = low === -Infinity ? 7 : low + 0.3 * (high - low);
  const drawn = drawLabels(kernels, kind, new Float64Array(20_000).fill(f), stream);

  it('lie where the entry says', () => {
    const [least, most] = values([f, f]);
    expect(drawn.every((y) => y >= least && y <= most)).toBe(true);
  });

  it('have mean f* where they are of the teacher, and else do not change with it', () => {
    if (ofTeacher) expectMean(drawn, f, kind);
    else expect(drawLabels(kernels, kind, new Float64Array(20_000), stream)).toEqual(drawn);
  });
});

it('classification draws 0 and 1, sign-classification ±1, regression repeats the teacher, random are N(0, 1)', () => {
  expect(new Set(drawLabels(kernels, 'classification', new Float64Array(100).fill(0.3), stream))).toEqual(
    new Set([0, 1]),
  );
  expect(new Set(drawLabels(kernels, 'sign-classification', new Float64Array(100).fill(-0.4), stream))).toEqual(
    new Set([-1, 1]),
  );
  expect([...drawLabels(kernels, 'regression', Float64Array.of(0.2, 0.9), stream)]).toEqual([0.2, 0.9]);
  const random = drawLabels(kernels, 'random', new Float64Array(20_000), stream);
  [0, 1, 0, 3].forEach((moment, at) => {
    expectMean(
      random.map((y) => y ** (at + 1)),
      moment,
      `moment ${at + 1}`,
    );
  });
});

describe.each(START_LAWS)('starts %s', (law) => {
  const centre = Float64Array.of(3, 0, 0, 4);
  const drawn = drawStarts(kernels, law, centre, 4000, 0.1, stream);
  const offsets = Array.from({ length: 4000 }, (_, l) => centre.map((value, j) => drawn[4 * l + j] - value));

  it('lie within radius·‖W*‖_F, in all directions alike', () => {
    for (const offset of offsets) expect(frobeniusNorm(offset)).toBeLessThanOrEqual(0.5 * (1 + 1e-12));
    for (let j = 0; j < 4; j++)
      expectMean(
        offsets.map((offset) => offset[j]),
        0,
        `entry ${j}`,
      );
    expectMean(
      offsets.map(([a, b]) => a * b),
      0,
      'product of entries',
    );
  });

  it('have the depths that the entry says: on the sphere 1, in the ball (depth^D) uniform', () => {
    const depths = offsets.map((offset) => frobeniusNorm(offset) / 0.5);
    if (law === 'sphere') for (const depth of depths) expect(depth).toBeCloseTo(1, 12);
    else
      expectMean(
        depths.map((depth) => depth ** 4),
        0.5,
        'depth^D',
      );
  });
});

describe('starts without a centre', () => {
  it('have N(0, scale²) entries', () => {
    const weights = drawGaussianStarts(kernels, 20_000, 0.5, stream);
    expectMean(weights, 0, 'entries');
    expectMean(
      weights.map((w) => w * w),
      0.25,
      'squares',
    );
  });

  it('have v of ±1 with equal chance, or of ones', () => {
    const signs = drawOutputStarts(kernels, 'rademacher', 20_000, stream);
    expect(new Set(signs)).toEqual(new Set([-1, 1]));
    expectMean(signs, 0, 'signs');
    expect([...drawOutputStarts(kernels, 'ones', 3, stream)]).toEqual([1, 1, 1]);
  });
});

it.each(TEACHER_OUTPUTS)('output %s: |v_k| add up to its total, or have no bound', (output) => {
  const known = KNOWN_OUTPUTS.find((name) => name === output);
  expect(known === undefined).toBe(!outputOf(output).isKnown);
  const totals: Readonly<Record<string, number>> = { mean: 1, sum: 49, signs: 49, gaussian: Infinity };
  expect(outputOf(output).total(49)).toBe(totals[output]);
  if (known !== undefined)
    expect([...outputWeights(known, 2, 4)]).toEqual(new Array(8).fill(outputOf(known).total(4) / 4));
});
