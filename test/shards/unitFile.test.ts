import { gzipSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitsOf } from '../../src/shards/plan.js';
import { DamagedUnit, decodeUnit, encodeUnit, type UnitResult } from '../../src/shards/unitFile.js';
import { encodeMeasures } from '../../src/store/measures.js';
import { PLACE, toyPlan } from './toyPlan.js';

const plan = toyPlan(['toy-mixed']);
const units = unitsOf(plan);
const unit = units[3];
const place = { ...PLACE, host: 'here', seconds: 1.5, workers: 2 };

function resultOf(numbers: readonly number[]): UnitResult {
  const rows = Array.from({ length: unit.count }, (_, i) => ({ trial: unit.first + i, status: 'ok' as const, seconds: 0.25, measures: encodeMeasures({ u: numbers[i % numbers.length] }), error: i === 2 ? 'a\nline “”' : null }));
  return { unit: unit.index, place, rows, curves: [{ trial: unit.first + 1, name: 'path', values: Float64Array.from(numbers) }] };
}

describe("a unit's result", () => {
  it('keeps every bit', () => {
    fc.assert(fc.property(fc.array(fc.double(), { minLength: 1, maxLength: 20 }), (numbers) => {
      expect(decodeUnit(plan, units, encodeUnit(plan, unit, resultOf(numbers)))).toEqual(resultOf(numbers));
    }));
  });

  const bytes = encodeUnit(plan, unit, resultOf([1, Number.NaN, -0]));

  it('is not taken when cut off anywhere', () => {
    for (let length = 0; length < bytes.length; length++) expect(() => decodeUnit(plan, units, bytes.subarray(0, length))).toThrow(DamagedUnit);
  });

  it('is not taken when a byte of it is another', () => {
    const text = gunzipSync(bytes);
    fc.assert(fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const other = Uint8Array.from(text);
      other[at] ^= change;
      expect(() => decodeUnit(plan, units, gzipSync(other))).toThrow(DamagedUnit);
    }));
  });

  it('is not taken from another build than the plan is of', () => {
    const other = encodeUnit(plan, unit, { ...resultOf([1]), place: { ...place, build: 'that' } });
    expect(() => decodeUnit(plan, units, other)).toThrow(/performed by build that, the plan is of this/);
  });

  it('is not taken for another plan, or with a trial too few', () => {
    const other = toyPlan(['toy-mixed'], { set: { trials: '41' } });
    expect(() => decodeUnit(other, unitsOf(other), bytes)).toThrow(/of another plan/);
    const fewer = { ...resultOf([1]), rows: resultOf([1]).rows.slice(1) };
    expect(() => decodeUnit(plan, units, encodeUnit(plan, unit, fewer))).toThrow(/every trial/);
  });
});
