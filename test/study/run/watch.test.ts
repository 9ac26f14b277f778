/** The watch of a running study, on a clock that is moved by hand. */
import { describe, expect, it } from 'vitest';
import { StopLevel, StudyControl } from '../../../src/pool/control.js';
import { Watch, type WatchOptions } from '../../../src/study/run/watch.js';
import { HandClock } from '../../pool/fixtures/clock.mjs';

function watched(options: Partial<WatchOptions> = {}) {
  const [clock, control, ended] = [new HandClock(), new StudyControl(), [] as string[]];
  const destroy = (): Promise<void> => {
    ended.push('destroyed');
    return Promise.resolve();
  };
  return { clock, control, ended, watch: new Watch({ control, clock, ...options }, { destroy }) };
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

  it('ticks ten times a second, until it ends', () => {
    let told = 0;
    const { clock, watch } = watched({
      onTick: () => {
        told += 1;
      },
    });
    clock.advance(1.05);
    expect(told).toBe(10);
    watch.end();
    clock.advance(1);
    expect(told).toBe(10);
  });
});
