import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from '../../src/statistics/holm.js';

describe('holm', () => {
  it("agrees with R's p.adjust", () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((p, i) => {
      expect(adjusted[i]).toBeCloseTo(p, 15);
    });
    expect(holm([0.6, 0.9])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });

  it('rejects what the closed test rejects: an hypothesis falls when every set that holds it has some p at most level/size', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 0.2, noNaN: true }), { minLength: 1, maxLength: 6 }), (pValues) => {
        const rejected = pValues.map((_, i) => {
          for (let set = 0; set < 2 ** pValues.length; set++) {
            const members = pValues.filter((__, j) => set & (1 << j));
            if (set & (1 << i) && !members.some((p) => p <= 0.05 / members.length)) return false;
          }
          return true;
        });
        fc.pre(holm(pValues).every((p) => Math.abs(p - 0.05) > 1e-12));
        expect(holm(pValues).map((p) => p < 0.05)).toEqual(rejected);
      }),
    );
  });
});
