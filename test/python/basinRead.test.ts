/** python/basin_read.py against the exports, to the bit, and the notebook that uses it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { READERS_PYTHON, readersDue } from '../../scripts/setup/extras.mjs';
import { basin, scratchFolder } from '../cli/basin.js';
import { here } from '../cli/here.js';
import { storeOwnStudy } from '../export/ownStudy.js';

const ROOT = join(import.meta.dirname, '..', '..');
const PRESENT = existsSync(READERS_PYTHON) && !readersDue();
const folder = scratchFolder();

async function exported(study: string, what: string, name: string): Promise<void> {
  const { code, stderr } = await here(
    ...['export', join(folder, study), '--what', what, '--format', name.split('.')[1], '--out', join(folder, name)],
  );
  expect(code, stderr).toBe(0);
}

it.runIf(PRESENT)('the reader gives what exports give, and its notebook runs', async () => {
  storeOwnStudy(join(folder, 'odd'));
  const example = join(ROOT, 'examples', 'label-noise.yaml');
  const ran = basin('run', example, '--scale', 'smoke', '--out', join(folder, 'study'), '--workers', '1');
  expect(ran.code, ran.stderr).toBe(0);
  for (const study of ['odd', 'study'])
    for (const kind of ['csv', 'parquet']) await exported(study, 'trials', `${study}.${kind}`);
  await exported('study', 'curves', 'curves.csv');
  for (const kind of ['csv', 'json']) await exported('study', 'cells', `cells.${kind}`);
  const { stdout, stderr } = spawnSync(
    READERS_PYTHON,
    [
      join(import.meta.dirname, 'basin_read_facts.py'),
      folder,
      join(ROOT, 'python'),
      join(ROOT, 'examples', 'python', 'study.ipynb'),
    ],
    { encoding: 'utf8', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } },
  );
  expect(stderr).toBe('');
  const same = (rows: number) =>
    Object.fromEntries(
      ['pandas', 'polars'].flatMap((by) => ['csv', 'parquet'].map((kind) => [`${by} ${kind}`, [rows]])),
    );
  expect(JSON.parse(stdout)).toEqual({
    odd: same(256),
    study: same(16),
    curves: { names: ['error', 'iteration', 'loss'], differ: [] },
    cells: [4, 4],
    // A number that is another one is seen.
    seen: ['measures.finalLoss'],
    refused: [
      expect.stringMatching(/^the folder must hold a study of basin, got none at /),
      'an export must be .csv, .json or .parquet, got cells.txt',
      "frames must be one of pandas, polars, got 'numpy'",
    ],
    notebook: { rate: 1, low: expect.closeTo(0.4729, 4) as number, high: 1, iterations: 500 },
  });
});
