import { expect, it } from 'vitest';
import { overMemory, overTime, predictedBytes } from '../../src/pool/limits.js';

it('a trial holds what its experiment says, or its inputs and a fifth with 32 MiB beside, or nothing is known', () => {
  expect(predictedBytes({ bytes: ({ n }) => 3 * Number(n) }, { n: 5, d: 7 })).toBe(15);
  expect(predictedBytes({}, { n: 1000, d: 10 })).toBe(1.2 * 1000 * 10 * 8 + 2 ** 25);
  expect([
    predictedBytes({}, { n: 1000 }),
    predictedBytes({}, { d: 10 }),
    predictedBytes({}, { n: 'many', d: 10 }),
  ]).toEqual([0, 0, 0]);
});

it('what is censored says why', () => {
  expect(overTime(12.3456, 10)).toBe('cut after 12.3 s: --trial-time allows 10 s');
  expect(overMemory(1.5e9, 1e9)).toBe('not begun: it would hold about 1500 MB, --trial-memory allows 1000 MB');
});
