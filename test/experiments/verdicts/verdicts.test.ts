/** Every claim is seen with data that bear it out, with data that contradict it, and with data that leave it open. */
import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../../../src/experiments/registry.js';
import { FU_ROWS } from './fu.js';
import { GAO_ROWS } from './gao.js';
import { GOLDT_ROWS } from './goldt.js';
import { MEI_ROWS } from './mei.js';
import type { Row } from './row.js';
import { SAFRAN_ROWS } from './safran.js';
import { SOLTANOLKOTABI_ROWS } from './soltanolkotabi.js';
import { claimsIn, type Sharpness, type World } from './worlds.js';
import { ZHONG_ROWS } from './zhong.js';

const ROWS: readonly Row[] = [
  ...FU_ROWS,
  ...GAO_ROWS,
  ...SOLTANOLKOTABI_ROWS,
  ...ZHONG_ROWS,
  ...SAFRAN_ROWS,
  ...MEI_ROWS,
  ...GOLDT_ROWS,
];

/** The verdicts of a row's claims in a world, by id. */
function verdicts({ experiment, claims, overrides }: Row, world: World, sharpness: Sharpness): Record<string, string> {
  const own = claimsIn(experiment, world, sharpness, overrides).filter(({ id }) => claims.test(id));
  return Object.fromEntries(own.map(({ id, verdict }) => [id, verdict]));
}

describe.each(ROWS)('$experiment $claims', (row) => {
  const known = verdicts(row, {}, 'missing');
  const always = (verdict: string): Record<string, string> =>
    Object.fromEntries(Object.keys(known).map((id) => [id, verdict]));

  it('is undecided before its first trial', () => {
    expect(Object.keys(known).length).toBeGreaterThan(0);
    expect(known).toEqual(always('undecided'));
  });

  it('holds where it is true', () => {
    expect(verdicts(row, row.holds, 'sharp')).toEqual(always('holds'));
  });

  it('fails on data that contradict it', () => {
    expect(verdicts(row, row.fails, 'sharp')).toEqual(always('fails'));
  });

  it.skipIf(row.exact)('is undecided on data that leave it open', () => {
    expect(verdicts(row, row.edge ?? row.holds, 'wide')).toEqual(always('undecided'));
  });
});

it.each(EXPERIMENTS.map(({ id }) => id))('%s has no claim that is not seen above, and every id once', (experiment) => {
  const rows = ROWS.filter((row) => row.experiment === experiment);
  const ids = claimsIn(experiment, {}, 'missing').map(({ id }) => id);
  const often = ids.map((id) => [id, rows.filter(({ claims }) => claims.test(id)).length]);
  expect(often.filter(([, count]) => count !== 1)).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});
