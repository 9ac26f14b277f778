import { expect, it } from 'vitest';
import type { StudySpec } from '../../../src/experiments/own/spec.js';
import { isShare, STUDY_MEASURES } from '../../../src/experiments/own/measures.js';
import { intervalKind } from '../../../src/experiments/own/shown.js';

const spec: StudySpec = { title: '', description: '', trials: 10, grid: {}, measures: [], figures: [] };
const shares = STUDY_MEASURES.filter(isShare);

it.each(shares.map((measure) => [measure.name, measure] as const))(
  'the interval of %s lies in [0, 1]',
  (_, { estimate }) => {
    for (const values of [
      [0, 0, 0, 0, 0, 1],
      [1, 1, 1, 1, 1, 0],
    ]) {
      const { value, low, high } = estimate(Float64Array.from(values), {});
      expect(value).toBeCloseTo(values[0] === 0 ? 1 / 6 : 5 / 6, 15);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
    }
  },
);

it('captions name the interval of every share', () => {
  expect(new Set(shares.map((measure) => intervalKind(measure, spec)))).toEqual(
    new Set(['95 % Blaker intervals', '95 % intervals of the mean of bounded values (Gaffke) over training sets']),
  );
});
