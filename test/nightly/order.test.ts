import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextExperiment, predictSeconds, type Waiting } from '../../src/nightly/order.js';

interface Named extends Waiting { readonly name: string }

/** The order in which a night that keeps to its predictions takes the experiments. */
function night(waiting: readonly Named[], budget: number): string[] {
  const next = nextExperiment(waiting, budget);
  return next === undefined ? [] : [next.name, ...night(waiting.filter((one) => one !== next), budget - next.secondsLeft)];
}

const of = (name: string, secondsLeft: number, begun = false): Named => ({ name, secondsLeft, begun });

describe('the order of a night', () => {
  it('is: what was begun, then what fits, then the rest, the longest first', () => {
    const waiting = [of('short', 1), of('middle', 30), of('long', 70), of('huge', 500), of('begun', 20, true), of('begun long', 900, true)];
    expect(night(waiting, 1000)).toEqual(['begun long', 'begun', 'long', 'short', 'huge', 'middle']);
    expect(night(waiting.slice(0, 4), 1000)).toEqual(['huge', 'long', 'middle', 'short']);
    expect(night(waiting.slice(0, 4), 50)).toEqual(['middle', 'short', 'huge', 'long']);
  });

  it('takes nothing that does not fit while something new fits', () => {
    const waiting = fc.array(fc.record({ begun: fc.boolean(), secondsLeft: fc.double({ min: 0, max: 1e6, noNaN: true }) }), { minLength: 1 });
    fc.assert(fc.property(waiting, fc.double({ min: 0, max: 1e6, noNaN: true }), (all, budget) => {
      const next = nextExperiment(all, budget);
      if (next === undefined) return false;
      if (all.some(({ begun }) => begun)) return next.begun;
      const fitting = all.filter(({ secondsLeft }) => secondsLeft <= budget);
      return next.secondsLeft === Math.max(...(fitting.length > 0 ? fitting : all).map(({ secondsLeft }) => secondsLeft));
    }));
  });
});

describe('predicted seconds', () => {
  const [thisRound, earlier] = [{ operations: 100, seconds: 10 }, { operations: 100, seconds: 50 }];

  it('follow this round, else an earlier night, else the assumed rate', () => {
    expect(predictSeconds(1000, 2, 1000, [thisRound, earlier])).toBe(50);
    expect(predictSeconds(1000, 2, 1000, [{ operations: 0, seconds: 0 }, earlier])).toBe(250);
    expect(predictSeconds(1000, 2, 1000, [{ operations: 0, seconds: 0 }, undefined])).toBe(0.5);
  });
});
