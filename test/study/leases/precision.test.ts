import { describe, expect, it } from 'vitest';
import { findExperiment, findRunner } from '../../../src/experiments/registry.js';
import { STUDY_ID } from '../../../src/experiments/spec.js';
import type { Settings } from '../../../src/settings/types.js';
import { requirePrecision } from '../../../src/study/leases/precision.js';

const MIXED = { precision: 'mixed' } as const;

function refusal(id: string, settings: Settings, more: { readonly partitions?: number } = {}): string | undefined {
  try {
    requirePrecision(findRunner(id), { ...MIXED, ...more }, settings);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

it('float64 is taken by every experiment', () => {
  expect(() => {
    requirePrecision(findExperiment('fu2018-fig2'), {}, {});
  }).not.toThrow();
});

describe('mixed precision', () => {
  it('is refused for an experiment whose trials have other descents, or none', () => {
    expect(refusal('fu2018-fig2', {})).toBe(
      "--precision must be float64 for fu2018-fig2: mixed is of experiments all of whose descents are plain gradient descents on training sets, got 'mixed'",
    );
  });

  it('is refused for training sets in partitions', () => {
    expect(refusal('fu2018-fig4', { n: 1000, d: 20 })).toBeUndefined();
    const message = (n: number): string =>
      `--precision must be float64 for fu2018-fig4 with n = ${n}, d = 20, whose training sets are in partitions, got 'mixed'`;
    expect(refusal('fu2018-fig4', { n: 1000, d: 20 }, { partitions: 2 })).toBe(message(1000));
    expect(refusal('fu2018-fig4', { n: 1e7, d: 20 })).toBe(message(1e7));
  });

  it.each<[Settings, boolean]>([
    [{ d: 3, n: 40 }, true],
    [{ d: 3, n: 40, loss: 'cross-entropy', trainOutput: 'no', start: 'gaussian' }, true],
    [{ d: 3, n: 40, method: 'momentum' }, false],
    [{ d: 3, n: 40, method: 'sgd' }, false],
    [{ d: 3, n: 40, schedule: 'inverse-time:10' }, false],
    [{ d: 3, risk: 'population', labels: 'regression' }, false],
    [
      { d: 3, n: 40, loss: 'landscape-L', activation: 'relu', output: 'sum', labels: 'regression', teacherScale: 1 },
      false,
    ],
  ])('in a study of one’s own with %j: %s', (settings, isTaken) => {
    const found = refusal(STUDY_ID, { K: 3, ...settings });
    if (isTaken) expect(found).toBeUndefined();
    else expect(found).toMatch(/^--precision must be float64 for study\/.*: mixed is of method gd .*, got 'mixed'$/);
  });
});
