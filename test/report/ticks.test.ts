import { describe, expect, it } from 'vitest';
import { withTicks } from '../../src/report/ticks.js';

const SPEC = { spec: { encoding: { x: { field: 'dodged' }, y: { field: 'y' } } } };

/** The values at the ticks of x; undefined where the plot keeps its own. */
function ticks(values: readonly (number | null)[], drawn: object = {}): unknown {
  const spec = withTicks(
    SPEC,
    { x: 'n', ...drawn },
    values.map((n) => ({ n })),
  ) as unknown as { spec: { encoding: { x: { axis?: { values: unknown } } } } };
  return spec.spec.encoding.x.axis?.values;
}

describe('ticks of the x axis', () => {
  it('are at the values where these are few', () => {
    expect(ticks([3, 2, 3, null])).toEqual([2, 3]);
    expect(ticks([100, 1000, 10_000], { xLog: true })).toEqual([100, 1000, 10_000]);
    expect(ticks([7])).toEqual([7]);
    expect(ticks([0.25, 4])).toEqual([0.25, 4]);
  });

  it.each([
    ['many', [1, 2, 3, 4, 5, 6, 7, 8, 9], {}],
    ['long', [1 / 3, 1], {}],
    ['close to each other', [100, 200, 10_000], {}],
    ['marked by lines', [1, 2], { xReference: [1.5] }],
    ['names', [1, 2], { xNames: true }],
    ['none', [null], {}],
  ])('are those of the axis where values are %s', (_, values, drawn) => {
    expect(ticks(values, drawn)).toBeUndefined();
  });
});
