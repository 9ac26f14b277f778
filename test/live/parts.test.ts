import { describe, expect, it } from 'vitest';
import { experimentsPart, failureKinds, failuresPart, progressPart, statePart } from '../../src/live/parts.js';
import { runOf, runTable } from '../../src/live/runs.js';
import { Trends } from '../../src/live/trends.js';
import { curveFigure } from '../../src/live/trials.js';

const COUNTS = { planned: 40, done: 10, failed: 2, diverged: 0, censored: 1 };
const WRITTEN = '2026-12-01T04:00:00.000Z';
const running = runOf({ workers: 4, started: '2026-12-01T03:00:00.000Z', commandLine: ['run', 'x.yaml'] });
const stopped = runOf({ workers: 4, ended: '2026-12-01T03:30:00.000Z', ending: 'budget' });
const merge = runOf({
  merged: 12,
  places: [
    { host: 'a', cpu: 'Zen', units: 2 },
    { host: 'b', cpu: 'Zen', units: 1 },
  ],
});

describe('parts of the page', () => {
  it.each([
    ['no run yet', [], false, 'No run has begun'],
    ['under way', [stopped, running], false, 'on 4 workers'],
    ['stopped', [running, stopped], false, 'stopped by its budget'],
    ['merged', [merge], false, 'Not running</strong>: merged 12 trials of 3 units'],
    ['complete', [stopped], true, 'Complete'],
  ])('the state: %s', (_, runs, complete, text) => {
    const html = statePart(runs, WRITTEN, complete, 'basin run <x>');
    expect(html).toContain(text);
    expect(html).toContain('datetime="2026-12-01T04:00:00.000Z"');
    expect(html).not.toContain('<x>');
  });

  it('a merge names the machines of its units, and neither times nor workers', () => {
    expect(runTable([merge]).rows).toEqual([
      ['', '', 'merged 12 trials of 3 units', '', 'a (Zen): 2 units; b (Zen): 1 unit', ''],
    ]);
  });

  it('progress counts what went wrong, and has the forecast as a band', () => {
    const html = progressPart(COUNTS, 2.5, { low: 30, value: 60, high: 120 }, true);
    expect(html).toContain('<strong>10</strong> of 40 trials (25 %), 2 failed, 1 censored. 2.5 trials/s.');
    expect(html).toContain('About 1 min 00 s left, between 30 s and 2 min 00 s.');
    expect(html).toContain('<rect class="likely" x="80.0" y="2" width="240.0"');
    expect(html).toContain('<rect class="middle" x="160.0"');
  });

  it('nothing is forecast of what is done, or before the first trial', () => {
    const left = { low: 0, value: 0, high: 0 };
    expect(progressPart({ ...COUNTS, done: 39 }, 1, left, true)).not.toContain('left');
    expect(progressPart({ ...COUNTS, done: 0 }, 1, undefined, true)).not.toContain('left');
  });

  it('experiments are listed where there are several, the one that is shown marked', () => {
    expect(experimentsPart([{ id: 'a', ...COUNTS }], 'a')).toBe('');
    const html = experimentsPart(
      [
        { id: 'a', ...COUNTS },
        { id: 'b@1', ...COUNTS },
      ],
      'b@1',
    );
    expect(html).toContain('<a href="/?experiment=b%401" aria-current="page">');
    expect(html).toContain('<a href="/?experiment=a">');
  });

  it('messages that differ in numbers alone are one, the most frequent first', () => {
    const failure = (error: string, count: number, trial: number) => ({ error, count, cell: 'n=1', trial });
    const all = [failure('no memory', 3, 7), failure('got 1.5e-3', 2, 0), failure('got -2', 4, 1)];
    expect(failureKinds(all)).toEqual([failure('got 1.5e-3', 6, 0), failure('no memory', 3, 7)]);
    const letters = Array.from({ length: 25 }, (_, i) => failure(String.fromCodePoint(97 + i), 1, i));
    expect(failuresPart('x', letters)).toContain('and 5 more messages');
  });
});

describe('findings over the updates', () => {
  const finding = (value: number, low: number, high: number) => ({
    ...{ statement: 'n50', value, low, high },
    ...{ mcse: 1, sd: 1 },
  });

  it('are drawn from the second number of trials on', () => {
    const trends = new Trends();
    trends.add([finding(100, 50, 150)], 10);
    trends.add([finding(100, 50, 150)], 10);
    expect(trends.pictures([finding(1, 1, 1)])).toEqual([]);
    trends.add([finding(Number.NaN, 0, 1)], 15);
    trends.add([finding(110, 100, 120)], 20);
    const [picture] = trends.pictures([finding(1, 1, 1)]);
    expect(picture).toContain('from 10 to 20 trials');
    expect(picture).toContain('<polyline class="middle" points="0.0,24.0 320.0,20.0"/>');
    expect(picture).toContain('points="0.0,44.0 320.0,24.0 320.0,16.0 0.0,4.0"');
  });

  it('a long history is thinned', () => {
    const trends = new Trends();
    for (let done = 1; done <= 1000; done++) trends.add([finding(done, done - 1, done + 1)], done);
    const points = /polyline class="middle" points="([^"]*)"/.exec(trends.pictures([finding(1, 1, 1)])[0])?.[1];
    expect(points?.split(' ').length).toBeLessThanOrEqual(201);
  });
});

describe('a curve of a trial', () => {
  it.each([
    ['above 0: a logarithmic axis', [1, 0.1, 0.01], { type: 'log' }],
    ['with a 0', [1, 0, 0.01], { zero: false }],
  ])('%s', (_, values, scale) => {
    expect(curveFigure('loss', Float64Array.from(values)).spec).toMatchObject({ encoding: { y: { scale } } });
  });

  it('is over the points at which it was recorded, where there are as many', () => {
    const points = { name: 'iteration', values: Float64Array.of(0, 1, 10) };
    const { rows, spec } = curveFigure('loss', Float64Array.of(3, 2, 1), points);
    expect(rows.map(({ at }) => at)).toEqual([0, 1, 10]);
    expect(spec).toMatchObject({ encoding: { x: { title: 'iteration' } } });
    expect(curveFigure('loss', Float64Array.of(3, 2), points).rows.map(({ at }) => at)).toEqual([0, 1]);
  });

  it('a long one is thinned', () => {
    const { rows } = curveFigure('loss', new Float64Array(10_000).fill(1));
    expect([rows.length, rows[1]]).toEqual([770, { at: 13, value: 1 }]);
  });
});
