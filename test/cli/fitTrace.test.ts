/** `basin fit --trace`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { traceSchedule } from '../../src/app/trace.js';
import { readNpy } from '../../src/io/npy.js';
import { isRefusal, scratchFolder, flags } from './basin.js';
import { here, hereJson } from './here.js';

const folder = scratchFolder();
const file = (name: string): string => join(folder, name);
const fit = (out: string, ...more: string[]): string[] => [
  'fit',
  ...flags({
    x: file('X.npy'),
    y: file('y.npy'),
    start: file('start.npy'),
    activation: 'sigmoid',
    loss: 'squared',
    'step-size': 'auto',
    iterations: '300',
    out: file(out),
  }),
  ...more,
];

beforeAll(async () => {
  await hereJson('draw', 'fu2018-fig3', '--scale', 'smoke', '--trial', '0', '--out', folder);
});

it('records loss and gradient norm, ends where the descent does, and changes no bit of it', async () => {
  const { starts, trace } = (await hereJson(...fit('traced', '--trace'))) as {
    starts: { loss: number; gradientNorm: number }[];
    trace: Record<string, string>;
  };
  await hereJson(...fit('plain'));
  expect(readFileSync(file('traced/weights.npy')).equals(readFileSync(file('plain/weights.npy')))).toBe(true);
  const [iterations, loss, gradientNorm] = ['iterations', 'loss', 'gradientNorm'].map((name) => readNpy(trace[name]));
  const points = iterations.values.length;
  expect([loss.shape, gradientNorm.shape]).toEqual([
    [4, points],
    [4, points],
  ]);
  expect([iterations.values[0], iterations.values[points - 1]]).toEqual([0, 300]);
  starts.forEach((start, l) => {
    const at = (l + 1) * points - 1;
    expect([loss.values[at], gradientNorm.values[at]]).toEqual([start.loss, start.gradientNorm]);
    expect(loss.values[l * points]).toBeGreaterThan(start.loss);
  });
  expect(readFileSync(trace['svg'], 'utf8')).toContain('gradient norm');
  expect(readFileSync(trace['png']).subarray(1, 4).toString()).toBe('PNG');
});

it.each([1, 2, 50, 300, 2000, 1e6, 1e9])('%d iterations: from the first to the last, at most 200', (iterations) => {
  const schedule = traceSchedule(iterations);
  expect([schedule[0], schedule.at(-1)]).toEqual([0, iterations]);
  expect(schedule.length).toBeLessThanOrEqual(200);
  expect(schedule.length).toBeGreaterThan(Math.min(iterations, 60));
});

it('is refused with mixed precision', async () => {
  const run = await here(...fit('mixed', '--trace', '--precision', 'mixed'));
  expect(run.stderr).toMatch(/--trace must be given with --precision float64, got 'mixed'/);
  expect(isRefusal(run)).toBe(true);
});
