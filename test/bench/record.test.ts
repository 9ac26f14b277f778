import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AIMS, boundOf, judged } from '../../bench/aims.mjs';
import { aimsTable, page, recordedPage } from '../../bench/record.mjs';
import { runOf, spreadOf } from './runs.js';

const ROOT = join(import.meta.dirname, '..', '..');
const RECORDED = join(ROOT, 'bench', 'recorded');

describe('the page', () => {
  it('shows each run in a section: its table, where it was measured, and who did not take part', () => {
    const text = page([runOf([39, 40, 41]), { ...runOf([20]), vectorTarget: 'AVX2' }]);
    expect(text).toContain('2026-01-02, commit abc, a processor, 2 cores, load 0.3, Node v20');
    expect(text).toContain('| A made up | 40.0 (39.0–41.0) | 0.80 (0.78–0.82) |');
    expect(text).toContain('- JAX does not take part');
    expect(text.match(/^## .*/gm)).toEqual(['## AVX3', '## AVX2']);
  });
  it('names a measurement that failed, and does without the kernels', () => {
    const { table, rounds, ...rest } = runOf([40]);
    expect(table).not.toEqual(rounds);
    const text = page([{ ...rest, results: {}, failed: { kernels: 'A disagrees' } }]);
    expect(text).toContain('- kernels failed: A disagrees');
    expect(text).toContain('The kernels were not measured.');
  });
  it('is the page of the recorded runs, in which each file has the name of its vector target', async () => {
    expect(readFileSync(join(ROOT, 'docs', 'benchmarks.md'), 'utf8')).toBe(await recordedPage(RECORDED));
    for (const file of readdirSync(RECORDED)) {
      const { vectorTarget } = JSON.parse(readFileSync(join(RECORDED, file), 'utf8')) as { vectorTarget: string };
      expect(file).toBe(`${vectorTarget}.json`);
    }
  });
});

describe('the aims', () => {
  const aimOf = (result: string) => {
    const found = AIMS.find((aim) => aim.result === result);
    if (found === undefined) throw new Error(`no aim for ${result}`);
    return found;
  };
  const withResult = (name: string, median: number) => ({
    ...runOf([40]),
    table: undefined,
    results: { any: { [name]: spreadOf(median) } },
  });

  it('differ between vector targets, and are compared as they are shown', () => {
    const run = runOf([44.8]);
    expect(judged(aimOf('A: of dgemm'), run)).toMatchObject({ bound: 0.9, verdict: 'met' });
    expect(judged(aimOf('A: of dgemm'), runOf([44.7]))).toMatchObject({ bound: 0.9, verdict: 'not met' });
    expect(judged(aimOf('A: of dgemm'), { ...runOf([40]), vectorTarget: 'AVX2' })).toMatchObject({ bound: 0.75 });
    expect(boundOf(aimOf('A: × best'), 'AVX3')).toBeUndefined();
  });
  it('are upper bounds of times', () => {
    const name = 'coordination: µs per trial';
    expect(judged(aimOf(name), withResult(name, 9.9)).verdict).toBe('met');
    expect(judged(aimOf(name), withResult(name, 10.1)).verdict).toBe('not met');
    expect(judged(aimOf(name), runOf([40])).verdict).toBe('not measured');
  });
  it('may be met by another result', () => {
    const run = (read: number) => ({
      ...runOf([40]),
      table: { W2: { 'of dgemm': spreadOf(0.7), 'of read rate': spreadOf(read) } },
    });
    expect(judged(aimOf('W2: of dgemm'), run(0.95)).verdict).toBe('met');
    expect(judged(aimOf('W2: of dgemm'), run(0.85)).verdict).toBe('not met');
  });
  it('say what limits a result where they are not met, and only there', () => {
    const lines = aimsTable(runOf([40])).split('\n');
    expect(lines.find((line) => line.startsWith('| A: of dgemm'))).toMatch(/not met \| \[.+\]\(performance\.md#/);
    expect(aimsTable(runOf([46]))).toContain('| A: of dgemm | ≥ 0.9 | 0.92 (0.92–0.92) | met |  |');
  });
  it('have one entry for a result', () => {
    const names = AIMS.map(({ result }) => result);
    expect(new Set(names).size).toBe(names.length);
  });
});
