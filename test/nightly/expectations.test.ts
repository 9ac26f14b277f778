import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findExperiment } from '../../src/experiments/registry.js';
import type { CellSummary } from '../../src/experiments/spec.js';
import { EXPECTATIONS } from '../../src/nightly/expectations.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { UNKNOWN } from '../../src/statistics/estimate.js';

/** The claims that an experiment makes at paper scale, before any trial. */
function claimIds(id: string): string[] {
  const experiment = findExperiment(id);
  const values = resolveValues(experiment, 'paper', new Map());
  const cells = experiment
    .cells(values)
    .map(({ settings, trials }): CellSummary => ({
      settings,
      planned: trials,
      trials: 0,
      failed: 0,
      diverged: 0,
      measures: Object.fromEntries(experiment.measures.map(({ name }) => [name, UNKNOWN])),
      replicates: Object.fromEntries((experiment.replicates ?? []).map(({ name }) => [name, new Float64Array()])),
    }));
  return experiment.claims(cells, values).map((claim) => claim.id);
}

describe('claims that are expected to fail', () => {
  it.each([...new Set(EXPECTATIONS.map(({ experiment }) => experiment))])('are claims of %s', (id) => {
    const expected = EXPECTATIONS.filter(({ experiment }) => experiment === id).map(({ claim }) => claim);
    expect(claimIds(id)).toEqual(expect.arrayContaining(expected));
    expect(new Set(expected).size).toBe(expected.length);
  });

  it.each([...new Set(EXPECTATIONS.map(({ page }) => page))])(
    'have a page that speaks of their experiments: %s',
    (page) => {
      const path = join(import.meta.dirname, '..', '..', page);
      expect(existsSync(path)).toBe(true);
      const figures = EXPECTATIONS.filter((known) => known.page === page).map(
        ({ experiment }) => experiment.split('-')[1],
      );
      for (const figure of figures) expect(readFileSync(path, 'utf8')).toMatch(new RegExp(`^## .*-${figure}`, 'm'));
    },
  );
});
