import { expect, it } from 'vitest';
import { placesOf } from '../../src/shards/status.js';
import { PLACE } from './toyPlan.js';

it('units are summed by host, processor and kernels, most units first', () => {
  const here = { ...PLACE, host: 'here', workers: 2 };
  const found = placesOf([
    { ...here, host: 'there', workers: 3, seconds: 10 },
    { ...here, seconds: 1 },
    { ...here, seconds: 4 },
    { ...here, vector: 'another target', seconds: 5 },
    { ...here, seconds: 7 },
    { ...here, host: 'there', workers: 1, seconds: 20 },
  ]);
  const place = { cpu: PLACE.cpu, blas: PLACE.blas, vector: PLACE.vector };
  expect(found).toEqual([
    { ...place, host: 'here', units: 3, seconds: 12, coreSecondsPerUnit: 8 },
    { ...place, host: 'there', units: 2, seconds: 30, coreSecondsPerUnit: 25 },
    { ...place, host: 'here', vector: 'another target', units: 1, seconds: 5, coreSecondsPerUnit: 10 },
  ]);
  expect(placesOf([])).toEqual([]);
});
