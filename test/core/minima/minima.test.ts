/** The printed minimum of Safran and Shamir for seven rows, in many copies. */
import { describe, expect, it } from 'vitest';
import type { Points } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { certifiedEnd, type CertifiedMinimum, type OpenEnd } from '../../../src/core/minima/certified.js';
import { minimaOf } from '../../../src/core/minima/minima.js';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { frobeniusNorm } from '../../../src/core/networks/teachers.js';
import { populationRisk } from '../../../src/core/risk/risk.js';
import { Draws } from '../../statistics/draws.js';
import { gaussian } from '../kernels/cases.js';

const kernels = loadNativeKernels();
const K = 7;
const ONES = new Float64Array(K).fill(1);
const ONES_AND_ONE = new Float64Array(K + 1).fill(1);
const IDENTITY = Float64Array.from({ length: K * K }, (_, at) => (at % (K + 1) === 0 ? 1 : 0));
const teacher = { weights: IDENTITY, outputWeights: ONES };
const risk = populationRisk(kernels, { activation: parseActivation('relu'), dimension: K, teacher });

/** Row 0 has the entries −0.63 and 0.19; the others 0.26, 0.997 and −0.035. Printed to ten digits. */
const PRINTED = Float64Array.from({ length: K * K }, (_, at) => {
  const [i, j] = [Math.floor(at / K), at % K];
  if (i === 0) return j === 0 ? -0.6327039049 : 0.1859910463;
  return j === 0 ? 0.2616910758 : i === j ? 0.9969227988 : -0.0350801559;
});

const draws = new Draws(5);
const shuffled = (): number[] => {
  const keyed = Array.from({ length: K }, (_, i) => ({ i, key: draws.uniform() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ i }) => i);
};

/** A copy with rows and columns in another order, moved a little. */
function copy(weights: Float64Array, seed: number, columns = shuffled()): Float64Array {
  const noise = gaussian(K * K, seed, 1e-6);
  const copied = shuffled().flatMap((i) => columns.map((j) => weights[i * K + j]));
  return Float64Array.from(copied, (entry, at) => entry + noise[at]);
}

const point = (weights: Float64Array): Points => ({ starts: 1, weights, outputWeights: ONES });
const end = (weights: Float64Array): CertifiedMinimum | OpenEnd =>
  certifiedEnd(kernels, risk, point(weights), frobeniusNorm(weights));

function minimum(weights: Float64Array): CertifiedMinimum {
  const found = end(weights);
  if (typeof found === 'string') throw new Error(`no minimum but ${found}`);
  return found;
}

describe('the end of a descent', () => {
  it('is certified with the loss and curvature that are published', () => {
    const { loss, lambdaMin, gradientNorm, reach } = minimum(PRINTED);
    expect(loss).toBeCloseTo(0.0232027149, 9);
    expect(lambdaMin).toBeCloseTo(0.01406, 5);
    expect(gradientNorm).toBeLessThan(1e-12);
    expect(reach).toBeLessThan(1e-10);
  });

  it('is open away from a minimum, at a saddle, and where the minima are not isolated', () => {
    const noise = gaussian(K * K, 8, 0.02);
    expect(end(PRINTED.map((w, at) => w + noise[at]))).toBe('cap');
    expect(end(new Float64Array(K * K).fill(0.2))).toBe('saddle');
    const half = IDENTITY.map((entry, at) => (at < K ? entry / 2 : entry));
    const halved = {
      starts: 1,
      weights: new Float64Array([...half, ...half.slice(0, K)]),
      outputWeights: ONES_AND_ONE,
    };
    expect(certifiedEnd(kernels, risk, halved, 3)).toBe('cap');
    expect(certifiedEnd(kernels, risk, point(PRINTED), 0.01)).toBe('runaway');
  });
});

describe('minimaOf', () => {
  const ends = [
    end(copy(PRINTED, 1)),
    end(IDENTITY),
    'diverged' as const,
    end(copy(PRINTED, 2)),
    end(copy(IDENTITY, 3)),
    end(copy(PRINTED, 4)),
    'saddle' as const,
  ];

  it('sorts copies into classes, lowest loss first, and keeps the others apart', () => {
    const { classes, open } = minimaOf(ends, { rows: K, parity: 'none', teacher });
    expect(classes.map(({ members }) => members)).toEqual([
      [1, 4],
      [0, 3, 5],
    ]);
    expect(classes.map(({ representative }) => representative.loss.toFixed(9))).toEqual(['0.000000000', '0.023202715']);
    expect([...open]).toEqual([
      [2, 'diverged'],
      [6, 'saddle'],
    ]);
  });

  it('finds more classes where columns count', () => {
    const { classes } = minimaOf(ends, { rows: K, parity: 'none' });
    expect(classes.length).toBeGreaterThan(2);
    const columns = [0, 1, 2, 3, 4, 5, 6];
    const rows = [end(copy(PRINTED, 6, columns)), end(copy(PRINTED, 7, columns))];
    expect(minimaOf(rows, { rows: K, parity: 'none' }).classes).toHaveLength(1);
  });

  it('does not depend on the order of starts', () => {
    const there = minimaOf(ends, { rows: K, parity: 'none', teacher });
    const back = minimaOf(ends.toReversed(), { rows: K, parity: 'none', teacher });
    const last = ends.length - 1;
    expect(back.classes.map(({ members }) => members.map((l) => last - l).reverse())).toEqual(
      there.classes.map(({ members }) => members),
    );
  });

  it('of no ends has no classes', () => {
    expect(minimaOf([], { rows: K, parity: 'none' })).toEqual({ classes: [], open: new Map() });
  });
});
