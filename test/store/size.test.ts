import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { STORE_FILE } from '../../src/store/found.js';
import { openStudy } from '../../src/store/open.js';
import { curveBytes, rowBytes } from '../../src/store/size.js';
import type { CurveRow, TrialRow } from '../../src/store/writer.js';
import { temporaryFolder } from '../study/toy.js';

/** Bytes of a store with rows in 20 cells, ten rounds of all cells, minus those of an empty one. */
function growth(
  trials: number,
  rowOf: (trial: number) => TrialRow,
  curvesOf: (trial: number) => readonly CurveRow[],
): number {
  const dir = temporaryFolder();
  const size = (): number => statSync(join(dir, STORE_FILE)).size;
  const identity = { seed: 1, scale: 'smoke', overrides: {} } as const;
  const store = openStudy(dir, identity);
  const cells = store.addExperiment(
    { id: 'toy', version: 1, values: {} },
    Array.from({ length: 20 }, (_, n) => ({ text: `n=${n}`, settings: { n } })),
  );
  store.close();
  const empty = size();
  const writer = openStudy(dir, identity);
  const perRound = trials / cells.length / 10;
  for (let first = 0; first < 10 * perRound; first += perRound) {
    for (const cell of cells) {
      const own = Array.from({ length: perRound }, (_, index) => first + index);
      writer.commit([{ cell, rows: own.map(rowOf), curves: own.flatMap(curvesOf) }]);
    }
  }
  writer.close();
  return size() - empty;
}

function rowOf(trial: number): TrialRow {
  return {
    trial,
    status: 'ok',
    seconds: trial / 7,
    measures: { estimationError: 1 / (trial + 3), success: 1 },
    error: null,
  };
}

describe('the predicted size of a store', () => {
  it.each([0, 3, 40, 300, 600, 5000])(
    'is that of its file, within a third: trials with a curve of %i numbers',
    (length) => {
      const curvesOf = (trial: number): CurveRow[] =>
        length === 0 ? [] : [{ trial, name: 'loss', values: new Float64Array(length).fill(trial) }];
      const trials = length > 1000 ? 600 : 6000;
      const predicted = Array.from(
        { length: trials },
        (_, trial) => rowBytes(rowOf(trial % 300)) + curvesOf(trial).reduce((sum, curve) => sum + curveBytes(curve), 0),
      ).reduce((sum, bytes) => sum + bytes, 0);
      const ratio = growth(trials, rowOf, curvesOf) / predicted;
      expect(ratio).toBeGreaterThan(0.75);
      expect(ratio).toBeLessThan(1.33);
    },
  );
});
