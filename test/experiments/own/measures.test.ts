import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import type { StudySpec } from '../../../src/experiments/own/spec.js';
import { isShare, STUDY_MEASURES } from '../../../src/experiments/own/measures.js';
import { intervalKind } from '../../../src/experiments/own/shown.js';
import { studyTrial } from '../../../src/experiments/own/trial.js';

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

it('every number of a trial is a measure, and the other way round', () => {
  const { measures } = studyTrial({
    settings: { K: 2, studentK: 2, d: 2, n: 200, starts: 2, iterations: 20, outcomes: 'polish' },
    kernels: loadNativeKernels(),
    cancel: new Int32Array(1),
    stream: (purpose) => ({ key: [7, 11], trial: 0, purpose }),
  });
  expect(new Set(Object.keys(measures))).toEqual(new Set(STUDY_MEASURES.map(({ of }) => of)));
});

it('docs/studies-measures.md names every measure', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'studies-measures.md'), 'utf8');
  expect(STUDY_MEASURES.filter(({ name }) => !page.includes(`\`${name}\``)).map(({ name }) => name)).toEqual([]);
});
