import type { Settings } from '../../../src/settings/types.js';
import type { Row } from './row.js';
import { exactly, share, signed } from './worlds.js';

/** Of 1000 starts, by k. */
const SQUARE: Readonly<Record<number, number>> = { 6: 3, 7: 55, 9: 218, 11: 455, 13: 730, 15: 803, 17: 897, 20: 949 };
const WIDER: Readonly<Record<number, number>> = { 13: 15, 15: 102, 17: 233, 19: 491 };

const counted = (counts: Readonly<Record<number, number>>) => share(({ k }) => counts[Number(k)] / 1000);
/** A mean over one trial, which is a share of its eight starts. */
const oneTrial = (counts: Readonly<Record<number, number>>) => signed(({ k }) => counts[Number(k)] / 1000);

/** Of the printed minima, by k: loss, and λ_min where it is printed. */
const MINIMA: Readonly<Record<number, readonly { readonly loss: number; readonly lambdaMin: number }[]>> = {
  6: [{ loss: 0.025081, lambdaMin: 0.0047 }],
  7: [{ loss: 0.023203, lambdaMin: 0.01406 }],
  9: [
    { loss: 0.020014, lambdaMin: Number.NaN },
    { loss: 0.037489, lambdaMin: Number.NaN },
  ],
};
const printed =
  (name: 'loss' | 'lambdaMin', which: number) =>
  ({ k }: Settings): number =>
    MINIMA[Number(k)]?.[which]?.[name] ?? Number.NaN;

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
  {
    experiment: 'safran2018-minima',
    claims: /^loss-k=.*-first$/,
    holds: { firstLoss: signed(printed('loss', 0), 1e-9) },
    fails: { firstLoss: signed((settings) => printed('loss', 0)(settings) + 1e-6, 1e-9) },
  },
  {
    experiment: 'safran2018-minima',
    claims: /^loss-k=.*-second$/,
    holds: { secondLoss: signed(printed('loss', 1), 1e-9) },
    fails: { secondLoss: signed((settings) => printed('loss', 1)(settings) - 1e-6, 1e-9) },
  },
  {
    experiment: 'safran2018-minima',
    claims: /^curvature-/,
    holds: { firstLambdaMin: signed(printed('lambdaMin', 0), 1e-9) },
    fails: { firstLambdaMin: signed((settings) => printed('lambdaMin', 0)(settings) + 1e-4, 1e-9) },
  },
  {
    experiment: 'safran2018-minima',
    claims: /^count-.*-first$/,
    holds: { firstShare: share(0.213) },
    fails: { firstShare: share(0.4) },
    edge: { firstShare: signed(0.213) },
  },
  {
    experiment: 'safran2018-minima',
    claims: /^count-.*-second$/,
    holds: { secondShare: share(0.005) },
    fails: { secondShare: share(0.1) },
    edge: { secondShare: signed(0.005) },
  },
  {
    experiment: 'safran2018-minima',
    claims: /^entries-/,
    holds: { entriesError: exactly(1e-12) },
    fails: { entriesError: exactly(1e-9) },
  },
  {
    experiment: 'safran2018-minima',
    claims: /^certified$/,
    holds: { openShare: share(0) },
    fails: { openShare: share(0.5) },
  },
  {
    experiment: 'safran2018-minima',
    claims: /^spurious$/,
    holds: { nonGlobalShare: share(0.9) },
    fails: { nonGlobalShare: share(0.01) },
    edge: { nonGlobalShare: share(0) },
  },
  {
    experiment: 'safran2018-minima',
    claims: /^sorted$/,
    holds: { agreementRate: share(1) },
    fails: { agreementRate: share(0.5) },
  },
];
