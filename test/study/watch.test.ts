/** The watch of a running study, on a clock that is moved by hand. */
import { describe, expect, it } from 'vitest';
import { StopLevel, StudyControl } from '../../src/pool/control.js';
import type { LeasePool } from '../../src/pool/pool.js';
import { underWatch, Watch, type WatchOptions } from '../../src/study/watch.js';
import { HandClock } from '../pool/fixtures/clock.mjs';

function watched(options: Partial<WatchOptions> = {}) {
  const [clock, control, ended] = [new HandClock(), new StudyControl(), [] as string[]];
  const end = (how: string) => (): Promise<void> => {
    ended.push(how);
    return Promise.resolve();
  };
  const pool: LeasePool = { run: () => Promise.reject(new Error('nothing to do')), close: end('closed'), destroy: end('destroyed') };
  const watch = new Watch({ control, clock, ...options }, pool, () => []);
  return { clock, control, ended, pool, watch };
}

describe('a watch', () => {
  it('lets running trials end when the budget is spent, and cuts them after the grace', () => {
    const { clock, control, watch } = watched({ budgetSeconds: 2, graceSeconds: 1 });
    clock.advance(1.95);
    expect([control.level, watch.budgetSpent]).toEqual([StopLevel.none, false]);
    clock.advance(0.1);
    expect([control.level, watch.budgetSpent]).toEqual([StopLevel.finish, true]);
    clock.advance(0.85);
    expect(control.level).toBe(StopLevel.finish);
    clock.advance(0.3);
    expect(control.level).toBe(StopLevel.abandon);
  });

  it('gives five seconds of grace where nothing else is said', () => {
    const { clock, control } = watched({ budgetSeconds: 1 });
    clock.advance(5.8);
    expect(control.level).toBe(StopLevel.finish);
    clock.advance(0.5);
    expect(control.level).toBe(StopLevel.abandon);
  });

  it('does not cut what somebody else has told to end', () => {
    const { clock, control, watch } = watched({ budgetSeconds: 1, graceSeconds: 1 });
    control.stop();
    clock.advance(10);
    expect([control.level, watch.budgetSpent]).toEqual([StopLevel.finish, false]);
  });

  it('without a budget only waits', () => {
    const { clock, control } = watched();
    clock.advance(1e4);
    expect(control.level).toBe(StopLevel.none);
  });

  it('ends threads that do not hear, once, three seconds after they were told', () => {
    const { clock, control, ended, watch } = watched();
    clock.advance(50);
    control.stopNow();
    clock.advance(2.9);
    expect([ended, watch.destroyed]).toEqual([[], false]);
    clock.advance(0.4);
    clock.advance(10);
    expect([ended, watch.destroyed]).toEqual([['destroyed'], true]);
  });

  it('tells ten times a second how far it is, until it ends', () => {
    let told = 0;
    const { clock, watch } = watched({ onProgress: () => { told += 1; } });
    clock.advance(1.05);
    expect(told).toBe(10);
    watch.end();
    clock.advance(1);
    expect(told).toBe(10);
  });
});

describe('a pool under watch', () => {
  it('is closed after its work', async () => {
    const { ended, pool, watch } = watched();
    await underWatch(pool, watch, () => Promise.resolve());
    expect(ended).toEqual(['closed']);
  });

  it('is not closed when its threads have been ended', async () => {
    const { clock, control, ended, pool, watch } = watched();
    await underWatch(pool, watch, () => {
      control.stopNow();
      clock.advance(4);
      return Promise.resolve();
    });
    expect(ended).toEqual(['destroyed']);
  });

  it('is ended when its work fails, and the watch with it', async () => {
    let told = 0;
    const { clock, ended, pool, watch } = watched({ onProgress: () => { told += 1; } });
    await expect(underWatch(pool, watch, () => Promise.reject(new Error('it broke')))).rejects.toThrow('it broke');
    clock.advance(1);
    expect([ended, told]).toEqual([['destroyed'], 0]);
  });
});
