import { describe, expect, it } from 'vitest';
import { CostModel } from '../../../src/study/leases/cost.js';

describe('a cost model', () => {
  it('weighs what it learnt of a cell before by 0.8, and knows whether it learnt', () => {
    const [model, cell, other] = [new CostModel(), { cost: 1 }, { cost: 1 }];
    model.observe(cell, 0, 7);
    expect(model.knows(cell)).toBe(false);
    model.observe(cell, 10, 5);
    model.observe(cell, 2, 8);
    expect(model.secondsPerTrial(cell)).toBeCloseTo((0.8 * 5 + 8) / (0.8 * 10 + 2), 12);
    expect([model.knows(cell), model.knows(other)]).toEqual([true, false]);
  });

  it('asks a line of what differs by a factor of 2 at least, else only a rate', () => {
    const fitted = (cost: number) => {
      const model = new CostModel();
      model.observe({ cost: 10 }, 1, 3);
      model.observe({ cost }, 1, 2 + cost / 10);
      return model.seconds(1, 0);
    };
    expect(fitted(20)).toBeCloseTo(2, 9);
    expect(fitted(19.9)).toBe(0);
  });

  it('fits again when a tenth more leases have come in, not before', () => {
    const model = new CostModel();
    for (let lease = 0; lease < 20; lease++) model.observe({ cost: 1 }, 1, 1);
    expect(model.seconds(1, 1)).toBeCloseTo(1, 12);
    model.observe({ cost: 1 }, 1, 22);
    expect(model.seconds(1, 1)).toBeCloseTo(1, 12);
    model.observe({ cost: 1 }, 1, 1);
    expect(model.seconds(1, 1)).toBeCloseTo(43 / 22, 12);
  });

  it('asks no line whose overhead or time per operation would not be above 0', () => {
    const fitted = (first: number, second: number) => {
      const model = new CostModel();
      model.observe({ cost: 10 }, 1, first);
      model.observe({ cost: 30 }, 1, second);
      return [model.seconds(1, 0), model.seconds(0, 40)];
    };
    expect(fitted(1, 5)).toEqual([0, expect.closeTo(6, 12)]);
    expect(fitted(5, 1)).toEqual([0, expect.closeTo(6, 12)]);
    expect(fitted(3, 7)).toEqual([expect.closeTo(1, 9), expect.closeTo(8, 9)]);
    expect(new CostModel().seconds(3, 80e9)).toBe(2);
  });

  it('fits relative errors: what is dear does not outweigh what is cheap', () => {
    const model = new CostModel();
    const seen = [
      [1, 1.1],
      [1, 0.9],
      [1000, 600],
      [1000, 400],
    ];
    for (const [cost, seconds] of seen) model.observe({ cost }, 1, seconds);
    // Two points of equal weight each: the line goes through their means at the last step.
    expect(model.seconds(1, 1)).toBeCloseTo(1, 2);
    expect(model.seconds(1, 1000) / 500).toBeCloseTo(1, 2);
  });
});
