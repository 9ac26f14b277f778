/** docs/results.md and results/ say what the stored trials say. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuns } from '../../scripts/papers/runs.mjs';
import { PAGE, resultsPage } from '../../scripts/results/page.mjs';
import { readResults, RESULTS } from '../../scripts/results/read.mjs';
import { MOST_KEPT, resultOf, resultText } from '../../scripts/results/take.mjs';
import { experimentContent } from '../../src/app/results.js';
import { findExperiment } from '../../src/experiments/registry.js';
import { readStudy } from '../../src/store/open.js';

const ROOT = join(RESULTS, '..');
/** Experiments with more trials are not summarised again here: npm run results -- --from does it. */
const MOST_TRIALS = 300;

it('the page says what the results say: after a change, npm run results', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(resultsPage(readResults(), readRuns()));
});

/** The last digits of logarithms and powers depend on the version of V8. */
function numbersRounded(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(12)) : value,
  );
}

describe.each(Array.from(readResults()))('the result of %s', (id, result) => {
  it('is of the present version, and has its tables and figures', () => {
    expect(result.version).toBe(findExperiment(id).version);
    const kept = result.trials <= MOST_KEPT ? ['trials.parquet'] : [];
    const files = [...kept, 'cells.csv', ...result.figures.map(({ name }) => `figures/${name}.svg`)];
    expect(files.filter((file) => !existsSync(join(RESULTS, id, file)))).toEqual([]);
  });

  it.runIf(result.trials <= MOST_TRIALS)('is what its stored trials say', () => {
    const store = readStudy(join(ROOT, result.study));
    try {
      const stored = store.experiments().find((one) => one.id === id);
      if (stored === undefined) throw new Error(`${result.study} must have ${id}`);
      const content = experimentContent(store, stored);
      const figures = content.figures.filter(({ name }) => result.figures.some((one) => one.name === name));
      const text = resultText(resultOf(store, stored, content, figures));
      expect(numbersRounded(text)).toEqual(numbersRounded(readFileSync(join(RESULTS, id, 'result.json'), 'utf8')));
    } finally {
      store.close();
    }
  });
});
