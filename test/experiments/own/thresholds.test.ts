import { describe, expect, it } from 'vitest';
import { resolvePoint } from '../../../src/experiments/own/grid.js';
import { thresholds } from '../../../src/experiments/own/thresholds.js';
import type { AxisValue } from '../../../src/experiments/own/spec.js';

const BASE = { d: 4, n: 100, start: 'gaussian' };
const ROWS = '‖Ŵ − W*‖ ≤ 0.01 ‖W*‖';
const FUNCTIONS = '‖f̂ − f*‖ ≤ 0.01 ‖f*‖';

function caption(...points: Readonly<Record<string, AxisValue>>[]): string {
  return thresholds(
    ['recoveryRate'],
    points.map((point) => ({ settings: resolvePoint({ ...BASE, ...point }) })),
  );
}

describe('a caption says what counts as recovered', () => {
  it.each<[string, Readonly<Record<string, AxisValue>>[], string]>([
    ['rows', [{}, { K: 4 }], ` Recovered: ${ROWS}.`],
    ['rows, of a student that is given as wide as the teacher', [{ K: 3, studentK: 3 }], ` Recovered: ${ROWS}.`],
    ['functions, of other widths', [{ studentK: 2 }, { studentK: 'K+1' }], ` Recovered: ${FUNCTIONS}.`],
    ['functions, of the population risk', [{ risk: 'population' }], ` Recovered: ${FUNCTIONS}.`],
    [
      'both',
      [{ studentK: 'K' }, { studentK: 'K+1' }],
      ` Recovered: ${FUNCTIONS}, or ${ROWS} where teacher and student are equally wide.`,
    ],
  ])('%s', (_, points, text) => {
    expect(caption(...points)).toBe(text);
  });
});
