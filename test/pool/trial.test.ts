import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cancelled } from '../../src/base/errors.js';
import type { TrialContext, TrialOutcome } from '../../src/experiments/spec.js';
import { MOST_LEASES, StopLevel, StudyControl } from '../../src/pool/control.js';
import { performTrial } from '../../src/pool/trial.js';
import { findExperiment, loadNativeKernels } from './fixtures/laboratory.mjs';

function perform(trial: (context: TrialContext) => TrialOutcome) {
  const experiment = { ...findExperiment('toy-other'), trial };
  return performTrial(
    { experiment, settings: { n: 1 }, key: [1, 2], trial: 3 },
    loadNativeKernels(),
    new Int32Array(1),
  );
}

function throwing(error: unknown): () => never {
  return () => {
    throw error;
  };
}

afterEach(() => void vi.unstubAllEnvs());

describe('performTrial', () => {
  it('gives the trial its settings, its streams and nothing to cancel', () => {
    const { measures } = perform(({ settings, stream, cancel }) => {
      const { key, trial, purpose } = stream(4);
      return {
        status: 'ok',
        measures: { n: Number(settings['n']), high: key[0], low: key[1], trial, purpose, cancel: cancel[0] ?? NaN },
      };
    });
    expect(measures).toEqual({ n: 1, high: 1, low: 2, trial: 3, purpose: 4, cancel: 0 });
  });

  it('makes a failed row of what a trial throws, without a stack', () => {
    expect(perform(throwing(new RangeError('too large')))).toMatchObject({
      status: 'failed',
      error: 'too large',
      measures: {},
      curves: {},
    });
    expect(perform(throwing(new RangeError()))).toMatchObject({ error: 'RangeError' });
    expect(perform(throwing('a word'))).toMatchObject({ error: 'a word' });
    expect(perform(throwing(undefined))).toMatchObject({ error: 'undefined' });
  });

  it('says that memory was short', () => {
    const { status, error } = perform(() => {
      throw new RangeError('Array buffer allocation failed');
    });
    expect([status, error]).toEqual(['failed', 'not enough memory: Array buffer allocation failed']);
  });

  it('keeps the stack while debugging', () => {
    vi.stubEnv('BASIN_DEBUG', '1');
    expect(perform(throwing(new RangeError('too large'))).error).toMatch(/too large\n\s+at /);
  });

  it('makes a failed row of measures that are not numbers', () => {
    const measures = { good: 1, bad: 'text' } as unknown as Record<string, number>;
    expect(perform(() => ({ status: 'ok', measures }))).toMatchObject({
      status: 'failed',
      error: "measure 'bad' must be a number, got text",
    });
  });

  it('passes a cancelled trial on', () => {
    expect(() => perform(throwing(new Cancelled()))).toThrow(Cancelled);
  });
});

describe('StudyControl', () => {
  it('goes from running to finishing to breaking off, and never back', () => {
    const control = new StudyControl();
    const words = control.lease(MOST_LEASES - 1);
    const seen = () => [control.level, words.cancel[0], control.cancelled];
    expect(seen()).toEqual([StopLevel.none, 0, false]);
    control.interrupt();
    expect(seen()).toEqual([StopLevel.finish, 0, false]);
    control.interrupt();
    expect(seen()).toEqual([StopLevel.abandon, 1, true]);
    control.stop();
    expect(seen()).toEqual([StopLevel.abandon, 1, true]);
  });

  it('is one word for all who share its buffer', () => {
    const control = new StudyControl();
    const inWorker = new StudyControl(control.buffer);
    control.stopNow();
    expect(inWorker.cancelled).toBe(true);
  });
});
