import { gzipSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { planUnits } from '../../src/shards/planUnits.js';
import { DamagedUnit, decodeUnit, encodeUnit, type UnitResult } from '../../src/shards/unitFile.js';
import { findExperiment } from '../pool/fixtures/laboratory.mjs';
import { PLACE, toyPlan } from './toyPlan.js';

const plan = toyPlan(['toy-mixed']);
const planned = planUnits(plan, ({ experiment }) => findExperiment(experiment.id));
const unit = planned.units[3];
const place = { ...PLACE, host: 'here', seconds: 1.5, workers: 2 };

function resultOf(numbers: readonly number[]): UnitResult {
  const rows = Array.from({ length: unit.count }, (_, i) => ({
    trial: unit.first + i,
    status: i === 2 ? ('failed' as const) : ('ok' as const),
    seconds: 0.25,
    measures: { u: numbers[i % numbers.length] },
    error: i === 2 ? 'a\nline “”' : null,
  }));
  return {
    unit: unit.index,
    place,
    rows,
    curves: [{ trial: unit.first + 1, name: 'path', values: Float64Array.from(numbers) }],
  };
}

describe("a unit's result", () => {
  it('keeps every bit', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1, maxLength: 20 }), (numbers) => {
        expect(decodeUnit(planned, unit.index, encodeUnit(plan, unit, resultOf(numbers)))).toEqual(resultOf(numbers));
      }),
    );
  });

  const bytes = encodeUnit(plan, unit, resultOf([1, Number.NaN, -0]));

  it('is not taken when cut off anywhere', () => {
    for (let length = 0; length < bytes.length; length++)
      expect(() => decodeUnit(planned, unit.index, bytes.subarray(0, length))).toThrow(DamagedUnit);
  });

  it('is not taken when a byte of it is another', () => {
    const text = gunzipSync(bytes);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const other = Uint8Array.from(text);
        other[at] ^= change;
        expect(() => decodeUnit(planned, unit.index, gzipSync(other))).toThrow(DamagedUnit);
      }),
    );
  });

  it('is not taken from another build than the plan is of', () => {
    const other = encodeUnit(plan, unit, { ...resultOf([1]), place: { ...place, build: 'that' } });
    expect(() => decodeUnit(planned, unit.index, other)).toThrow(/performed by build that, the plan is of this/);
  });

  it('is not taken for another plan, or with a trial too few', () => {
    const other = toyPlan(['toy-mixed'], { set: { trials: '41' } });
    expect(() => decodeUnit({ ...planned, plan: other }, unit.index, bytes)).toThrow(/of another plan/);
    const fewer = { ...resultOf([1]), rows: resultOf([1]).rows.slice(1) };
    expect(() => decodeUnit(planned, unit.index, encodeUnit(plan, unit, fewer))).toThrow(/every trial/);
  });

  /** One thing changed, and the digest made right again. */
  function bent(change: (header: Record<string, unknown>, row: Record<string, unknown>) => void): Buffer {
    const lines = gunzipSync(bytes)
      .toString()
      .trim()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    change(lines[0], lines[1]);
    const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    return gzipSync(
      `${body}${JSON.stringify({ rows: lines.length - 1, sha256: createHash('sha256').update(body).digest('hex') })}\n`,
    );
  }

  it('is taken when nothing was bent', () => {
    expect(
      decodeUnit(
        planned,
        unit.index,
        bent(() => undefined),
      ).rows,
    ).toHaveLength(unit.count);
  });

  it.each<[string, (header: Record<string, unknown>, row: Record<string, unknown>) => void, RegExp]>([
    [
      'measures that are no JSON',
      (_, row) => {
        row['measures'] = 'K=3';
      },
      /its measures are not numbers by name/,
    ],
    [
      'a measure that is no number',
      (_, row) => {
        row['measures'] = '{"u":"many"}';
      },
      /its measures are not numbers by name/,
    ],
    [
      'a measure that the experiment does not have',
      (_, row) => {
        row['measures'] = '{"invented":1}';
      },
      /has no measure 'invented'/,
    ],
    [
      'a curve that the experiment does not have',
      (_, row) => {
        row['curves'] = { invented: '' };
      },
      /has no curve 'invented'/,
    ],
    [
      'a curve of half numbers',
      (_, row) => {
        row['curves'] = { path: 'AAAA' };
      },
      /a curve is not whole numbers of 8 bytes/,
    ],
    [
      'negative seconds',
      (_, row) => {
        row['seconds'] = -5;
      },
      /not what was written/,
    ],
    [
      'a status that no unit has',
      (_, row) => {
        row['status'] = 'censored';
      },
      /not what was written/,
    ],
    [
      'an error of a trial that did not fail',
      (_, row) => {
        row['error'] = 'x';
      },
      /not what was written/,
    ],
    [
      'a failure without its error',
      (_, row) => {
        row['status'] = 'failed';
      },
      /not what was written/,
    ],
    [
      'an error as long as a book',
      (_, row) => {
        Object.assign(row, { status: 'failed', error: 'x'.repeat(1e5) });
      },
      /not what was written/,
    ],
    [
      'another trial',
      (_, row) => {
        row['trial'] = 10 ** 6;
      },
      /every trial/,
    ],
    [
      'another unit',
      (header) => {
        header['unit'] = 1;
      },
      /it holds unit 1/,
    ],
    [
      'a host that is no word',
      (header) => {
        header['place'] = { ...place, host: 'x'.repeat(1000) };
      },
      /not what was written/,
    ],
    [
      'no time at all',
      (header) => {
        header['place'] = { ...place, seconds: -1 };
      },
      /not what was written/,
    ],
  ])('is not taken with %s', (_, change, message) => {
    expect(() => decodeUnit(planned, unit.index, bent(change))).toThrow(DamagedUnit);
    expect(() => decodeUnit(planned, unit.index, bent(change))).toThrow(message);
  });

  it('is not unpacked beyond what its trials can have', () => {
    expect(() => decodeUnit(planned, unit.index, gzipSync(Buffer.alloc(2 ** 26, 32)))).toThrow(
      /it unpacks to more than \d+ bytes/,
    );
  });

  it('has room for curves where its trials have them, and only there', () => {
    const bomb = gzipSync(Buffer.alloc(2 ** 21, 32));
    const without = {
      ...planned,
      namesOf: (one: typeof unit) => ({ ...planned.namesOf(one), curves: new Set<string>() }),
    };
    expect(() => decodeUnit(planned, unit.index, bomb)).toThrow(/cut off/);
    expect(() => decodeUnit(without, unit.index, bomb)).toThrow(/it unpacks to more than 524288 bytes/);
  });

  it.each([-1, 0.5, 1e9, Number.NaN])('is of no unit when the number is %d', (index) => {
    expect(() => decodeUnit(planned, index, bytes)).toThrow(/of no unit of the plan/);
  });
});
