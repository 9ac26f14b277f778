import { describe, expect, it } from 'vitest';
import type { LeaseResult } from '../../../src/pool/protocol.js';
import { ExperimentTrack } from '../../../src/study/run/track.js';
import { gridOf } from '../../../src/study/grid/cells.js';
import { resolveValues } from '../../../src/study/grid/values.js';
import { findExperiment } from '../../pool/fixtures/laboratory.mjs';
import { openToyStore, row, storeRows } from '../toyStore.js';

function track(trials: string, limits = {}) {
  const store = openToyStore();
  const experiment = findExperiment('toy-mixed');
  const make = (): ExperimentTrack =>
    new ExperimentTrack(
      store,
      gridOf(
        {
          experiment,
          values: resolveValues(
            experiment,
            'smoke',
            new Map([
              ['n', '10,20'],
              ['trials', trials],
            ]),
          ),
        },
        1,
      ),
      limits,
    );
  return { store, make, tracked: make() };
}

/** A result of so many trials of a second each, the last of them with another status. */
function result(done: number, ...statuses: ('failed' | 'censored')[]): LeaseResult {
  return resultIn(1, done, ...statuses);
}

function resultIn(seconds: number, done: number, ...statuses: ('failed' | 'censored')[]): LeaseResult {
  return {
    done,
    seconds: new Float64Array(done).fill(seconds),
    measures: Array.from({ length: done }, () => ({})),
    curves: [],
    exceptions: statuses.map((status, index) => ({ trial: done - 1 - index, status, error: status })),
  };
}

const taken = (tracked: ExperimentTrack, now = 0) => {
  const slice = tracked.take(1000, now);
  if (slice === undefined) throw new Error('nothing is left to take');
  return slice;
};

describe('an experiment on its way', () => {
  it('plans its grid, and counts operations of done trials too', () => {
    const { store, make, tracked } = track('4');
    expect([tracked.planned, tracked.operations, tracked.queue.trials]).toEqual([8, 4 * 1e7 + 4 * 2e7, 8]);
    storeRows(store, store.cells('toy-mixed')[0], [row(0), row(1, 'failed')]);
    const again = make();
    expect([again.planned, again.operations, again.queue.trials]).toEqual([8, 12e7, 6]);
    expect(again.progress(1)).toMatchObject({
      id: 'toy-mixed',
      planned: 8,
      done: 2,
      failed: 1,
      censored: 0,
      performed: 0,
    });
  });

  it('counts what comes back, and hands out again what was not performed', () => {
    const { tracked } = track('4');
    const slice = taken(tracked);
    const left = tracked.queue.trials;
    tracked.settle(slice, result(slice.count - 1), 2, 1);
    expect(tracked.queue.trials).toBe(left + 1);
    expect(tracked.progress(1)).toMatchObject({
      done: slice.count - 1,
      failed: 0,
      performed: slice.count - 1,
      trialsPerSecond: (slice.count - 1) / 2,
    });
  });

  it('counts failed trials as done, and censored ones not', () => {
    const { tracked } = track('40');
    const slice = taken(tracked);
    tracked.settle(slice, result(slice.count, 'failed', 'censored'), 1, 1);
    expect(tracked.progress(1)).toMatchObject({
      done: slice.count - 1,
      failed: 1,
      censored: 1,
      performed: slice.count,
    });
  });

  it('is complete when all is done or censored, and has nothing left to do then', () => {
    const { tracked } = track('3');
    let slice = tracked.take(1000, 0);
    for (; slice !== undefined; slice = tracked.take(1000, 0)) {
      expect(tracked.complete).toBe(false);
      tracked.settle(slice, result(slice.count, 'censored'), 1, 1);
    }
    expect(tracked.complete).toBe(true);
    expect(tracked.progress(1).secondsLeft).toBe(0);
  });

  it('predicts what is left for so many workers by what was measured, half of what is in flight with it', () => {
    const { tracked } = track('40');
    for (const seconds of [1.5, 3]) tracked.settle(taken(tracked), resultIn(seconds, 1), 1, 1);
    const waiting = tracked.progress(1).secondsLeft;
    expect(waiting).toBeCloseTo(tracked.workSeconds, 9);
    expect(tracked.progress(4).secondsLeft).toBeCloseTo(waiting / 4, 9);
    taken(tracked);
    const flying = tracked.progress(1).secondsLeft;
    expect(flying).toBeLessThan(waiting);
    expect(flying).toBeCloseTo((waiting + tracked.workSeconds) / 2, 9);
  });

  it('predicts nothing from the first trial of each thread, unless it was long', () => {
    const after = (seconds: number, trials: number): number => {
      const { tracked } = track('40');
      for (let trial = 0; trial < trials; trial++) tracked.settle(taken(tracked), resultIn(seconds, 1), 1, 1);
      return tracked.progress(2).secondsLeft;
    };
    expect(after(0.3, 1)).toBeNaN();
    expect(after(0.3, 2)).toBeNaN();
    expect(after(0.3, 3)).toBeGreaterThan(0);
    expect(after(30, 1)).toBeGreaterThan(30);
  });

  it('is failing when its first ten trials all failed, or all that it has', () => {
    const failing = (trials: string, failed: number, more: 'ok' | 'failed' = 'failed'): boolean => {
      const { store, make } = track(trials);
      storeRows(store, store.cells('toy-mixed')[0], [
        ...Array.from({ length: failed }, (_, trial) => row(trial, 'failed')),
        row(failed, more),
      ]);
      return make().failing;
    };
    expect([failing('20', 8), failing('20', 9), failing('20', 9, 'ok'), track('20').tracked.failing]).toEqual([
      false,
      true,
      false,
      false,
    ]);
    const { store, make } = track('1');
    for (const cell of store.cells('toy-mixed')) storeRows(store, cell, [row(0, 'failed')]);
    expect(make().failing).toBe(true);
  });

  it('plans no more where its grid does not follow from results', () => {
    expect([track('1').tracked.grows, track('1').tracked.replan()]).toEqual([false, false]);
  });
});
