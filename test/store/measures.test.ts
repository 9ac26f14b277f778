import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMeasures, encodeMeasures } from '../../src/store/measures.js';

describe('measures', () => {
  it('keep every double, to the last bit', () => {
    const odd = {
      nan: NaN,
      plus: Infinity,
      minus: -Infinity,
      zero: -0,
      tiny: 5e-324,
      third: 1 / 3,
      large: Number.MAX_VALUE,
    };
    const back = decodeMeasures(encodeMeasures(odd));
    for (const [name, value] of Object.entries(odd)) expect(back[name]).toBe(value);
    expect(
      Object.hasOwn(
        decodeMeasures(encodeMeasures(JSON.parse('{"__proto__":1}') as Record<string, number>)),
        '__proto__',
      ),
    ).toBe(true);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.double()), (measures) => {
        expect(decodeMeasures(encodeMeasures(measures))).toEqual(Object.fromEntries(Object.entries(measures)));
      }),
    );
  });
});
