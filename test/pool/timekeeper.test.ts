import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { StudyControl, type LeaseWords } from '../../src/pool/control.js';
import { Timekeeper } from '../../src/pool/timekeeper.js';

function watched(limit: number): LeaseWords {
  const control = new StudyControl();
  const words = control.lease(0);
  const keeper = new Timekeeper(control, limit);
  onTestFinished(() => { keeper.end(); });
  keeper.watch(words);
  return words;
}

describe('a timekeeper', () => {
  it('cuts the trial that runs too long', async () => {
    const words = watched(0.3);
    words.beginTrial();
    await vi.waitUntil(() => words.isCut, { timeout: 20_000 });
    words.endTrial();
    words.beginTrial();
    expect(words.isCut).toBe(false);
  });

  it('leaves a lease alone between its trials, and a trial that has just begun', async () => {
    const words = watched(0.3);
    words.beginTrial();
    words.endTrial();
    await sleep(1000);
    expect(words.isCut).toBe(false);
    words.beginTrial();
    expect(words.isCut).toBe(false);
  });

  it('does not count the time in which the whole process stands still', async () => {
    const words = watched(3);
    words.beginTrial();
    await sleep(250);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 4000);
    // The tick that is late by four seconds.
    await sleep(150);
    expect(words.isCut).toBe(false);
  });
});
