import type { Row } from './row.js';
import { share, signed } from './worlds.js';

/** Of 1000 starts, by k. */
const SQUARE: Readonly<Record<number, number>> = { 6: 3, 7: 55, 9: 218, 11: 455, 13: 730, 15: 803, 17: 897, 20: 949 };
const WIDER: Readonly<Record<number, number>> = { 13: 15, 15: 102, 17: 233, 19: 491 };

const counted = (counts: Readonly<Record<number, number>>) => share(({ k }) => counts[Number(k)] / 1000);
/** A mean over one trial, which is a share of its eight starts. */
const oneTrial = (counts: Readonly<Record<number, number>>) => signed(({ k }) => counts[Number(k)] / 1000);

export const SAFRAN_ROWS: readonly Row[] = [
  {
    experiment: 'safran2018-square',
    claims: /^count-/,
    holds: { nonGlobalShare: counted(SQUARE) },
    fails: { nonGlobalShare: share(({ k }) => (SQUARE[Number(k)] + (Number(k) > 13 ? -200 : 200)) / 1000) },
    edge: { nonGlobalShare: oneTrial(SQUARE) },
  },
  {
    experiment: 'safran2018-wider',
    claims: /^count-/,
    holds: { nonGlobalShare: counted(WIDER) },
    fails: { nonGlobalShare: share(({ k }) => (WIDER[Number(k)] + 200) / 1000) },
    edge: { nonGlobalShare: oneTrial(WIDER) },
  },
  {
    experiment: 'safran2018-square',
    claims: /^certified$/,
    holds: { certifiedShare: share(1) },
    fails: { certifiedShare: share(0.5) },
  },
  {
    experiment: 'safran2018-wider',
    claims: /^certified$/,
    holds: { certifiedShare: share(1) },
    fails: { certifiedShare: share(0.5) },
  },
  {
    experiment: 'safran2018-square',
    claims: /^finished$/,
    holds: { unfinishedShare: share(0) },
    fails: { unfinishedShare: share(0.5) },
  },
  {
    experiment: 'safran2018-wider',
    claims: /^finished$/,
    holds: { unfinishedShare: share(0) },
    fails: { unfinishedShare: share(0.5) },
  },
];
