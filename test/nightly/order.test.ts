import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextExperiment, predict, type Waiting } from '../../src/nightly/order.js';

interface Named extends Waiting {
  readonly name: string;
}

/** The order in which a night takes the experiments when each takes as long as predicted. */
function night(waiting: readonly Named[], budget: number): string[] {
  const next = nextExperiment(waiting, budget);
  return next === undefined
    ? []
    : [
        next.name,
        ...night(
          waiting.filter((one) => one !== next),
          budget - next.seconds,
        ),
      ];
}

const of = (name: string, seconds: number, begun = false): Named => ({ name, seconds, atMost: 2 * seconds, begun });

describe('the order of a night', () => {
  it('is: what was begun, then what surely fits, then the rest, the longest first', () => {
    const waiting = [
      of('short', 1),
      of('middle', 30),
      of('long', 70),
      of('huge', 500),
      of('begun', 20, true),
      of('begun long', 800, true),
    ];
    expect(night(waiting, 1000)).toEqual(['begun long', 'begun', 'long', 'middle', 'short', 'huge']);
    expect(night(waiting.slice(0, 4), 1000)).toEqual(['huge', 'long', 'middle', 'short']);
    expect(night(waiting.slice(0, 4), 999)).toEqual(['long', 'middle', 'short', 'huge']);
    expect(night(waiting.slice(0, 4), 61)).toEqual(['middle', 'short', 'huge', 'long']);
  });

  it('takes nothing new that may not fit while something else does', () => {
    const seconds = fc.double({ min: 0, max: 1e6, noNaN: true });
    const waiting = fc.array(fc.record({ begun: fc.boolean(), seconds, atMost: seconds }), { minLength: 1 });
    fc.assert(
      fc.property(waiting, seconds, (all, budget) => {
        const next = nextExperiment(all, budget);
        if (next === undefined) return false;
        if (all.some(({ begun }) => begun)) return next.begun;
        const fitting = all.filter(({ atMost }) => atMost <= budget);
        const from = fitting.length > 0 ? fitting : all;
        return from.includes(next) && next.seconds === Math.max(...from.map((one) => one.seconds));
      }),
    );
  });
});

describe('predicted seconds', () => {
  const [thisRound, earlier] = [
    { operations: 100, seconds: 10 },
    { operations: 100, seconds: 50 },
  ];

  it('follow this round, else an earlier night, else the assumed rate, which is trusted less', () => {
    expect(predict(1000, 2, 1000, [thisRound, earlier])).toEqual({ seconds: 50, atMost: 62.5 });
    expect(predict(1000, 2, 1000, [{ operations: 0, seconds: 0 }, earlier])).toEqual({ seconds: 250, atMost: 312.5 });
    expect(predict(1000, 2, 1000, [{ operations: 0, seconds: 0 }, undefined])).toEqual({ seconds: 0.5, atMost: 1.5 });
  });
});
