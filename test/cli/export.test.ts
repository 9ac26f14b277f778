/** `basin export` as a command: what goes where. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openStudy } from '../../src/store/open.js';
import { storeOwnStudy } from '../export/ownStudy.js';
import { IDENTITY } from '../study/toy.js';
import { basin, isRefusal, scratchFolder } from './basin.js';

interface Row {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly current?: boolean;
}

describe('basin export', () => {
  const folder = scratchFolder();
  const study = join(folder, 'study');

  // Of a cell that has 8 trials planned.
  beforeAll(() => {
    storeOwnStudy(study);
    const store = openStudy(study, IDENTITY);
    const [cell] = store.cells('study');
    store.commit([{ cell, curves: [], rows: [{ trial: 8, status: 'ok', seconds: 1, measures: {}, error: null }] }]);
    store.close();
  });

  it('writes to standard output with --out -, and nothing else goes there', () => {
    const { code, stdout, stderr } = basin('export', study, '--format', 'json', '--out', '-');
    expect(code).toBe(0);
    const rows = JSON.parse(stdout) as Row[];
    expect(rows).toHaveLength(256);
    expect(rows.filter(({ settings }) => settings['inputs'] === 'gaussian')).toHaveLength(128);
    expect(stderr).toBe(
      [
        'export: without the trials that the study no longer plans: 1 (--all writes them too)',
        'export: infinite numbers that are null, as JSON cannot say them: 280 (csv and parquet keep them)',
        '',
      ].join('\n'),
    );
  });

  it('writes all trials with --all', () => {
    const file = join(folder, 'all.csv');
    expect(basin('export', study, '--all', '--format', 'csv', '--out', file)).toMatchObject({
      code: 0,
      stdout: `trials: ${file}\n`,
      stderr: '',
    });
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines.filter((line) => line.includes(',false,'))).toHaveLength(1);
  });

  it('knows three tables, and no estimates of what is not planned', () => {
    const refused = basin('export', study, '--what', 'cells', '--all', '--format', 'csv', '--out', '-');
    expect(isRefusal(refused)).toBe(true);
    expect(refused.stderr).toContain('--all must go with --what trials or curves, got cells');
    const unknown = basin('export', study, '--what', 'runs', '--format', 'csv', '--out', '-');
    expect(unknown.stderr).toContain("--what must be one of trials, cells, curves, got 'runs'");
  });
});
