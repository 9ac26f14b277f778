/** The trials of one lease, one after the other, on a clock that the trials move. */
import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../src/base/errors.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import type { TrialContext, TrialOutcome } from '../../src/experiments/spec.js';
import { StudyControl, type LeaseWords } from '../../src/pool/control.js';
import { Performer, type PerformerOptions } from '../../src/pool/performer.js';
import {
  LEASE_BYTES_LIMIT,
  LEASE_SECONDS_LIMIT,
  type LeaseResult,
  type NumberedLease,
} from '../../src/pool/protocol.js';
import { teamMemory } from '../../src/pool/team.js';
import { BASE, pointsFor, problemFor } from '../core/kernels/cases.js';
import { HandClock } from './fixtures/clock.mjs';
import { findExperiment, loadNativeKernels as toyKernels } from './fixtures/laboratory.mjs';

const LEASE: NumberedLease = {
  experiment: 'toy-other',
  settings: { n: 1 },
  key: [3, 4],
  first: 5,
  count: 4,
  number: 2,
};
const OK: TrialOutcome = { status: 'ok', measures: {} };

interface Scene {
  readonly control: StudyControl;
  readonly words: LeaseWords;
  readonly clock: HandClock;
  /** trials that were begun */
  readonly begun: number[];
}

/** Performs the lease; each of its trials does what is told, and is ok. */
function perform(
  trial: (scene: Scene, context: TrialContext) => Partial<TrialOutcome> | undefined,
  options: Partial<PerformerOptions> = {},
  lease = LEASE,
): Scene & { result: LeaseResult } {
  const control = new StudyControl();
  const scene: Scene = { control, words: control.lease(lease.number), clock: new HandClock(), begun: [] };
  const performed = (context: TrialContext): TrialOutcome => {
    scene.begun.push(context.stream(0).trial);
    return { ...OK, ...trial(scene, context) };
  };
  const performer = new Performer({
    findExperiment: (id) => ({ ...findExperiment(id), trial: performed }),
    kernels: toyKernels(),
    clock: scene.clock,
    control,
    ...options,
  });
  return { ...scene, result: performer.perform(lease) };
}

describe('a lease', () => {
  it('is performed from its first trial on, each with its settings, key and time', () => {
    const { result, begun } = perform(({ clock }, { settings, stream }) => {
      const { key, trial } = stream(1);
      clock.advance(trial / 100);
      return { measures: { n: Number(settings['n']), high: key[0], low: key[1] } };
    });
    expect([begun, result.done, result.exceptions, result.curves]).toEqual([[5, 6, 7, 8], 4, [], []]);
    expect([...result.seconds]).toEqual(
      [0.05, 0.06, 0.07, 0.08].map((seconds) => expect.closeTo(seconds, 5) as number),
    );
    expect(result.measures).toEqual(Array(4).fill({ n: 1, high: 3, low: 4 }));
  });

  it('names what was no success, and carries curves, by trial', () => {
    const { result } = perform((_, { stream }) => {
      const { trial } = stream(0);
      if (trial === 6) throw new Error('no luck');
      return trial === 7 ? { status: 'diverged', curves: { path: Float64Array.of(1) } } : {};
    });
    expect(result.exceptions).toEqual([
      { trial: 6, status: 'failed', error: 'no luck' },
      { trial: 7, status: 'diverged', error: null },
    ]);
    expect(result.curves).toEqual([{ trial: 7, name: 'path', values: Float64Array.of(1) }]);
  });

  it('comes back when it has taken longer than a lease may, not before', () => {
    const taking = (seconds: number) =>
      perform(({ clock }) => {
        clock.advance(seconds);
        return {};
      }).result.done;
    expect([
      taking(LEASE_SECONDS_LIMIT / 2 + 0.01),
      taking(LEASE_SECONDS_LIMIT * 2),
      taking(LEASE_SECONDS_LIMIT / 4),
    ]).toEqual([2, 1, 4]);
  });

  it('comes back when it holds more curves than a lease may', () => {
    const holding = (bytes: number) => perform(() => ({ curves: { path: new Float64Array(bytes / 8) } })).result.done;
    expect([holding(LEASE_BYTES_LIMIT + 8), holding(LEASE_BYTES_LIMIT), holding(8)]).toEqual([1, 2, 4]);
  });
});

describe('the word to stop', () => {
  it('lets the running trial end, and begins no other', () => {
    expect(
      perform(({ control }) => {
        control.stop();
        return {};
      }),
    ).toMatchObject({ begun: [5], result: { done: 1 } });
  });

  it('at once keeps nothing of the running trial, whether it listens or not', () => {
    for (const listens of [true, false]) {
      const { begun, result } = perform(({ control, begun: { length } }) => {
        if (length < 2) return {};
        control.stopNow();
        if (listens) throw new Cancelled();
        return {};
      });
      expect([begun, result.done]).toEqual([[5, 6], 1]);
    }
  });

  it('ends the lease too where a trial breaks off by itself', () => {
    expect(
      perform(() => {
        throw new Cancelled();
      }),
    ).toMatchObject({ begun: [5], result: { done: 0, exceptions: [] } });
  });
});

describe('a trial whose word comes', () => {
  const cut = (seconds: number, standstill = 0) =>
    perform(
      ({ words, clock, control, begun: { length } }) => {
        if (length > 1) return {};
        clock.advance(seconds);
        control.standStill(standstill);
        words.cut();
        return {};
      },
      { trialSeconds: 1.5 },
      { ...LEASE, count: 2 },
    );

  it('is censored when it has taken what it may', () => {
    const { begun, result } = cut(1.75);
    expect([begun, result.done, result.measures]).toEqual([[5, 6], 2, [{}, {}]]);
    expect(result.exceptions).toEqual([
      { trial: 5, status: 'censored', error: 'cut after 1.75 s: --trial-time allows 1.5 s' },
    ]);
    expect([...result.seconds]).toEqual([expect.closeTo(1.75, 5), expect.closeTo(0, 5)]);
    expect(cut(1.51).result.exceptions).toHaveLength(1);
  });

  it('counts no time in which the process stood still, but as much as it may take', () => {
    // Nine seconds end the lease, too.
    expect([...cut(9, 7).result.seconds]).toEqual([expect.closeTo(2, 5)]);
    expect([...cut(9, 8).result.seconds]).toEqual([1.5]);
  });

  it('is done again when the word was meant for the one before', () => {
    const { begun, result } = cut(1.4);
    expect([begun, result.done, result.exceptions]).toEqual([[5, 5, 6], 2, []]);
  });

  it('has its turn taken back when it is over', () => {
    const seen: boolean[] = [];
    const { words } = perform(({ words: own }) => {
      seen.push(own.running !== undefined);
      return {};
    });
    expect([seen, words.running]).toEqual([[true, true, true, true], undefined]);
  });
});

describe('a lease of a team', () => {
  const native = loadNativeKernels();
  const CASE = { ...BASE, samples: 1003, dimension: 8, shape: { strides: 1, rows: 3 } };
  const evaluate = (kernels: TrialContext['kernels']) => ({
    measures: { loss: kernels.evaluate(problemFor(kernels, CASE), pointsFor(CASE)).loss[0] },
  });
  const lease = { ...LEASE, partitions: 8, team: true };
  /** A helper that never leaves. */
  const withLost = (lost: number) => {
    const team = teamMemory(1e5, 5);
    new Int32Array(team.words)[2] = lost;
    return team;
  };

  it('ends with the trial in which a helper was lost; without a team there is none to lose', () => {
    const run = (lost: number, more = lease) =>
      perform((_, { kernels }) => evaluate(kernels), { team: withLost(lost), kernels: native }, more).result;
    const lost = run(1);
    expect([lost.done, lost.exceptions[0]?.error]).toEqual([1, expect.stringContaining('did not finish its part')]);
    const [whole, alone] = [run(0), run(1, { ...lease, team: false })];
    expect([whole.done, whole.exceptions, alone.measures]).toEqual([4, [], whole.measures]);
  });

  it('has no helpers where there is no team', () => {
    const performer = new Performer({
      findExperiment,
      kernels: native,
      clock: new HandClock(),
      control: new StudyControl(),
    });
    expect(() => {
      performer.help(0);
    }).not.toThrow();
  });
});
