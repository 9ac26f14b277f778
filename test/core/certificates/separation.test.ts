import { describe, expect, it } from 'vitest';
import { marginsOf, separationOf } from '../../../src/core/certificates/separation.js';
import type { Problem } from '../../../src/core/kernels/contract.js';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { networkShape } from '../../../src/core/networks/networks.js';
import { native, normals } from './fixtures.js';

/** Points of the plane with labels 0 and 1. */
function planar(points: readonly (readonly [number, number])[], labels: readonly number[]): Problem {
  const inputs = native.allocateInputs(points.length, 2);
  inputs.values.set(points.flat());
  return {
    inputs: native.prepare(inputs),
    labels: Float64Array.from(labels),
    shape: networkShape('fcn', 1, 2),
    activation: parseActivation('sigmoid'),
    loss: 'squared',
  };
}

/**
 * Whether some w has only positive margins, for points s_i x_i of the plane: their angles then lie in an open half-turn.
 */
function isSeparable(points: readonly (readonly [number, number])[], labels: readonly number[]): boolean {
  const angles = points
    .map(([x, y], i) => (labels[i] === 1 ? Math.atan2(y, x) : Math.atan2(-y, -x)))
    .toSorted((a, b) => a - b);
  const gaps = angles.map((angle, i) =>
    i === 0 ? angle + 2 * Math.PI - angles[angles.length - 1] : angle - angles[i - 1],
  );
  return Math.max(...gaps) > Math.PI;
}

describe('separation of two classes', () => {
  it('agrees with the angles of points of the plane, and finds both answers', () => {
    const found = Array.from({ length: 40 }, (_, trial) => {
      const [values, coins] = [normals(12, 1, trial), normals(6, 2, trial)];
      const points = Array.from({ length: 6 }, (_, i) => [values[2 * i], values[2 * i + 1]] as const);
      const labels = Array.from(coins, (coin) => (coin > 0 ? 1 : 0));
      expect(separationOf(native, planar(points, labels))).toBe(
        isSeparable(points, labels) ? 'separable' : 'overlapping',
      );
      return isSeparable(points, labels);
    });
    expect(new Set(found).size).toBe(2);
  });

  it('tells apart points that are separated by little, and by as little not', () => {
    const points = (gap: number) =>
      [
        [1, gap],
        [-1, gap],
        [0.3, 1],
      ] as const;
    expect(separationOf(native, planar(points(1e-3), [1, 1, 1]))).toBe('separable');
    expect(separationOf(native, planar(points(-1e-3), [1, 1, 1]))).toBe('overlapping');
  });

  it('leaves open what rounding decides', () => {
    expect(
      separationOf(
        native,
        planar(
          [
            [1, 0],
            [-1, 0],
            [0, 1],
          ],
          [1, 1, 1],
        ),
      ),
    ).toBe('unknown');
  });

  it('margins are positive on the right side', () => {
    const problem = planar(
      [
        [1, 0],
        [0, 1],
      ],
      [1, 0],
    );
    expect([...marginsOf(native, problem, Float64Array.of(2, 3))]).toEqual([2, -3]);
  });
});
