import { describe, expect, it } from 'vitest';
import { withOrders } from '../../src/report/orders.js';

const CHANNEL = { field: 'line', type: 'nominal', title: 'line' };

/** The encodings of a plot whose legend has these entries. */
function encoded(entries: readonly (string | number | null)[], color: object = {}): Record<string, unknown> {
  const encoding = { color: { ...CHANNEL, ...color }, shape: CHANNEL, y: { field: 'line', type: 'nominal' } };
  const spec = withOrders(
    { spec: { layer: [{ encoding }] } },
    entries.map((line) => ({ line })),
  );
  return (spec as { spec: { layer: { encoding: Record<string, unknown> }[] } }).spec.layer[0].encoding;
}

describe('the colours of a legend', () => {
  it.each([
    [
      [10, 2, 7],
      [2, 7, 10],
    ],
    [
      ['d = 20', 'd = 4', null],
      ['d = 4', 'd = 20'],
    ],
    [
      ['100*d', '50*d'],
      ['50*d', '100*d'],
    ],
    [
      ['50 %', '95 %', '5 %'],
      ['5 %', '50 %', '95 %'],
    ],
    [
      ['x = −1', 'x = −0.5', 'x = 1e-3'],
      ['x = −1', 'x = −0.5', 'x = 1e-3'],
    ],
  ])('ascend where entries differ in one number: %j', (entries, order) => {
    const { color, shape, y } = encoded(entries);
    expect(color).toMatchObject({ type: 'ordinal', sort: order, scale: { scheme: { name: 'viridis' } } });
    expect(shape).toEqual({ ...CHANNEL, sort: order });
    expect(y).toEqual({ field: 'line', type: 'nominal' });
  });

  it.each([
    [['sigmoid', 'tanh']],
    [['S2', 'S4']],
    [['d = 4', 'd = 4, predicted']],
    [['x = (0, 0)', 'x = (1, 1)']],
    [['CNN d = 4', 'FCN d = 8']],
    [[4]],
  ])('stay distinct for names: %j', (entries) => {
    expect(encoded(entries)['color']).toEqual(CHANNEL);
  });

  it('keep a scale of their own', () => {
    const scale = { range: ['red', 'blue'] };
    expect(encoded([1, 2], { scale })['color']).toMatchObject({ scale });
  });
});
