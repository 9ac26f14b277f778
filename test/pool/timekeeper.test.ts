import { describe, expect, it } from 'vitest';
import { StudyControl, type LeaseWords } from '../../src/pool/control.js';
import { Timekeeper } from '../../src/pool/timekeeper.js';
import { HandClock } from './fixtures/clock.mjs';

function watched(limit: number): { clock: HandClock; control: StudyControl; words: LeaseWords; keeper: Timekeeper } {
  const [clock, control] = [new HandClock(), new StudyControl()];
  const words = control.lease(0);
  const keeper = new Timekeeper(control, limit, clock);
  keeper.watch(words);
  return { clock, control, words, keeper };
}

describe('a timekeeper', () => {
  it('cuts the trial that runs too long, and not the next one', () => {
    const { clock, words } = watched(0.3);
    words.beginTrial();
    clock.advance(0.25);
    expect(words.isCut).toBe(false);
    clock.advance(0.25);
    expect(words.isCut).toBe(true);
    words.endTrial();
    words.beginTrial();
    expect(words.isCut).toBe(false);
  });

  it('leaves a lease alone between its trials, and a trial that has just begun', () => {
    const { clock, words } = watched(0.3);
    words.beginTrial();
    words.endTrial();
    clock.advance(1);
    expect(words.isCut).toBe(false);
    words.beginTrial();
    clock.advance(0.25);
    expect(words.isCut).toBe(false);
  });

  it('counts each trial of a lease from its own beginning', () => {
    const { clock, words } = watched(0.3);
    for (let trial = 0; trial < 5; trial++) {
      words.beginTrial();
      clock.advance(0.25);
      words.endTrial();
    }
    expect(words.isCut).toBe(false);
  });

  it('does not count the time in which the whole process stands still', () => {
    const { clock, control, words } = watched(3);
    words.beginTrial();
    clock.advance(0.25);
    clock.standStill(4);
    clock.advance(0.15);
    expect(words.isCut).toBe(false);
    expect(control.standstill).toBe(3);
  });

  it('lets go of what it forgets, and of everything at its end', () => {
    const [first, second] = [watched(0.3), watched(0.3)];
    for (const { words } of [first, second]) words.beginTrial();
    first.keeper.forget(first.words);
    second.keeper.end();
    for (const { clock } of [first, second]) clock.advance(1);
    expect([first.words.isCut, second.words.isCut]).toEqual([false, false]);
  });
});
