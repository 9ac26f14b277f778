import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareRuns, hasRegressed } from '../../bench/compare.mjs';
import { peakOf, rooflineOf, spread, tableOf } from '../../bench/statistics.mjs';
import { FLOPS, runOf, spreadOf } from './runs.js';

const column = ({ table }: Pick<ReturnType<typeof runOf>, 'table'>, name: string) => table['A']?.[name];

const steady = runOf([39, 40, 41]);
const slower = runOf([29, 30, 31]);
const noisy = runOf([29, 30, 45]);

describe('the table', () => {
  it('takes ratios inside a round and shows median, lowest and highest', () => {
    expect(spread([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
    expect(column(steady, 'of dgemm')).toEqual({ median: 0.8, low: 39 / 50, high: 41 / 50 });
    expect(column(steady, '× NumPy')?.median).toBe(10);
  });
  it('measures by the fastest contender, not by the plain loop', () => {
    expect(column(steady, '× best')?.median).toBe(4);
    expect(column(runOf([40], { NumPy: 4 }), '× best')).toBeUndefined();
    expect(column(runOf([40], {}), '× NumPy')).toBeUndefined();
  });
  it('takes the faster dgemm, and adds the time with a single feature to that of the products', () => {
    expect(peakOf({ dgemm: { basin: 7, NumPy: 70 } })).toBe(70);
    // 1e6 flops at 50 GFLOP/s take 20 µs, activation as long again.
    expect(rooflineOf(50, FLOPS, 20e-6)).toBeCloseTo(25, 12);
    expect(column(steady, 'of limit')?.median).toBeCloseTo(40 / 25, 12);
  });
});

describe('comparing two runs', () => {
  it.each([
    ['the same run', steady, steady, 'same'],
    ['slower by more than both spreads', steady, slower, 'regression'],
    ['faster by more than both spreads', slower, steady, 'faster'],
    [
      'slower by more than both spreads, but within the drift between sittings',
      runOf([39.9, 40, 40.1]),
      runOf([36.4, 36.5, 36.6]),
      'same',
    ],
    ['slower, but the new run also saw the old rate', steady, noisy, 'same'],
    ['slower, but the old run also saw the new rate', noisy, slower, 'same'],
  ])('%s', (_, older, newer, verdict) => {
    expect(compareRuns(older, newer).map((line) => line.verdict)).toEqual([verdict]);
    expect(hasRegressed(compareRuns(older, newer))).toBe(verdict === 'regression');
  });
  it('a workload that is gone counts as a regression', () => {
    expect(hasRegressed(compareRuns(steady, { ...steady, table: {} }))).toBe(true);
  });
  it('a faster or slower dgemm changes nothing by itself', () => {
    const everythingSlower = slower.rounds.map((round) => ({ ...round, dgemm: { basin: 37.5, NumPy: 1 } }));
    const [line] = compareRuns(steady, { table: tableOf([{ name: 'A', flops: FLOPS }], everythingSlower) });
    expect(line?.verdict).toBe('same');
  });
});

describe('comparing the rows around the kernels', () => {
  const COORDINATION = 'coordination: µs per trial';
  const ONLINE = "S: × NumPy's loop";
  const withRows = (online: number, coordination: number) => ({
    ...steady,
    results: { online: { [ONLINE]: spreadOf(online) }, coordination: { [COORDINATION]: spreadOf(coordination) } },
  });
  const verdicts = (older: object, newer: object) =>
    Object.fromEntries(compareRuns(older, newer).map(({ name, verdict }) => [name, verdict]));

  it('takes less for better where the aim is an upper bound', () => {
    expect(verdicts(withRows(10, 5), withRows(20, 10))).toEqual({
      'A: of dgemm': 'same',
      [ONLINE]: 'faster',
      [COORDINATION]: 'regression',
    });
    expect(verdicts(withRows(10, 5), withRows(5, 2))).toMatchObject({
      [ONLINE]: 'regression',
      [COORDINATION]: 'faster',
    });
  });
  it('leaves out what one of the runs did not measure', () => {
    expect(verdicts(steady, withRows(10, 5))).toEqual({ 'A: of dgemm': 'same' });
    const { table, ...rest } = withRows(10, 5);
    expect(table).toBeDefined();
    expect(verdicts(withRows(10, 5), { ...rest, results: { online: rest.results.online } })).toEqual({
      [ONLINE]: 'same',
    });
  });
  it('counts a measurement that failed as a regression', () => {
    const failed = { ...withRows(10, 5), results: {}, failed: { online: 'no numpy' } };
    expect(verdicts(withRows(10, 5), failed)).toEqual({ 'A: of dgemm': 'same', [ONLINE]: 'missing' });
  });
  it('compares times with those of the same processor only', () => {
    const elsewhere = { ...withRows(10, 9), machine: { ...steady.machine, cpu: 'another processor' } };
    expect(verdicts(withRows(10, 5), elsewhere)).toEqual({ 'A: of dgemm': 'same', [ONLINE]: 'same' });
  });
});

describe('npm run bench -- --compare', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'basin-bench-test-'));
    for (const [name, run] of Object.entries({ steady, slower }))
      writeFileSync(join(folder, name), JSON.stringify(run));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const bench = (older: string, newer: string) =>
    spawnSync(process.execPath, ['bench/run.mjs', '--run', join(folder, newer), '--compare', join(folder, older)], {
      cwd: join(import.meta.dirname, '..', '..'),
      encoding: 'utf8',
    });

  it('exits with 1 and names the workload when it has become slower', () => {
    const { status, stdout } = bench('steady', 'slower');
    expect(stdout).toContain('A: of dgemm: regression, 0.60 (0.58–0.62), before 0.80 (0.78–0.82)');
    expect(status).toBe(1);
  });
  it.each([
    ['steady', 'steady'],
    ['slower', 'steady'],
  ])('exits with 0 from %s to %s', (older, newer) => {
    expect(bench(older, newer).status).toBe(0);
  });
});
