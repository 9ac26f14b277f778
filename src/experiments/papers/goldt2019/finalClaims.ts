/** Claims on the final error of online SGD with noisy labels. */
import { scaled, UNKNOWN, type Noted } from '../../../statistics/estimate.js';
import { ratioOf } from '../../../statistics/ratio.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import type { CellSummary, StatedClaim } from '../../spec.js';
import { WINDOWS, type FinalPlace, type FinalValues } from './finalSettings.js';
import { PUBLISHED_ERROR, publishedFinal } from './published.js';

export type FinalCell = CellSummary<FinalPlace>;

const CLOSED_FORM = 'goldt2019, final error in closed form';
const SMALL_STEP = 'goldt2019, final error for small η';
const GROWTH = 'goldt2019, abstract: first layer only';
const DERIVED = 'ours (docs/derivations/online-sgd.md, spare rows)';

const around = (value: number, error: number): { low: number; high: number } => ({
  low: value * (1 - error),
  high: value * (1 + error),
});

/** (L + M/√3), the final error in units of ησ²/2π for small η. */
function smallStepValue(K: number, M: number): number {
  return K - M + M / Math.sqrt(3);
}

type Words = Pick<StatedClaim, 'id' | 'statement' | 'source'>;

/** The words of a claim about one cell. */
function wordsOf({ settings: { K, stepSize } }: FinalCell, kind: string, source: string, statement: string): Words {
  return { id: `${kind}-K=${K},eta=${stepSize}`, source, statement: `K = ${K}, η = ${stepSize}: ${statement}` };
}

function printedClaim(cell: FinalCell, M: number): StatedClaim[] {
  const { K, stepSize } = cell.settings;
  const published = publishedFinal(K, M, stepSize);
  if (published === undefined) return [];
  const statement = `the equations end at ε_g = ${published.toPrecision(6)} σ² for small σ, as published, to 1e-4 of it`;
  return [
    stateClaim(
      wordsOf(cell, 'printed', CLOSED_FORM, statement),
      () => cell.measures['limit'],
      around(published, PUBLISHED_ERROR),
    ),
  ];
}

/** Runs over equations; beyond the largest stable step the number of the equations is negative. */
function settledRatio({ measures: { early, limit } }: FinalCell): Noted {
  if (limit.value < 0) return { ...UNKNOWN, note: 'the equations have no stable fixed point at this step size' };
  return scaled(early, 1 / limit.value);
}

function settledClaim(cell: FinalCell): StatedClaim {
  return stateClaim(
    wordsOf(cell, 'settled', CLOSED_FORM, 'once settled, the mean ε_g/σ² of runs is that of the equations within 10 %'),
    () => settledRatio(cell),
    around(1, 0.1),
  );
}

/** Two spare rows or more become pairs w, −w that grow; at smaller steps than the largest this takes too long. */
function lateClaim(cell: FinalCell, M: number, largestStep: number): StatedClaim[] {
  const { K, stepSize } = cell.settings;
  const evidence = (): Noted => cell.measures['lateOverEarly'];
  const late = `at α = ${WINDOWS.late.join(' … ')} the mean ε_g is`;
  if (K <= M + 1)
    return [
      stateClaim(
        wordsOf(cell, 'stays', CLOSED_FORM, `${late} still within 10 % of the one once settled`),
        evidence,
        around(1, 0.1),
      ),
    ];
  if (stepSize < largestStep) return [];
  return [
    stateClaim(wordsOf(cell, 'flattens', DERIVED, `${late} at most 0.95 of the one once settled`), evidence, {
      low: 0,
      high: 0.95,
    }),
  ];
}

function smallStepClaim(cell: FinalCell, M: number): StatedClaim {
  const { K } = cell.settings;
  return stateClaim(
    {
      id: `small-step-K=${K}`,
      source: SMALL_STEP,
      statement: `K = ${K}: for small η the equations end at ε_g = ησ²/2π · (L + M/√3), L = K − M, to 1e-3 of it`,
    },
    () => cell.measures['smallStep'],
    around(smallStepValue(K, M), 1e-3),
  );
}

function growthClaim(cell: FinalCell, wider: FinalCell): StatedClaim {
  const { K, stepSize } = wider.settings;
  return stateClaim(
    {
      id: `grows-K=${K},eta=${stepSize}`,
      source: GROWTH,
      statement: `η = ${stepSize}: once settled, ε_g is larger with ${K} rows of the student than with ${cell.settings.K}`,
    },
    () => ratioOf(wider.measures['early'], cell.measures['early']),
    { low: 1, high: Infinity },
  );
}

export function finalClaims(all: readonly FinalCell[], { teacherRows: M, stepSize }: FinalValues): StatedClaim[] {
  const steps = ascending(stepSize);
  const withStep = (eta: number): FinalCell[] => all.filter(({ settings }) => settings.stepSize === eta);
  return [
    ...all.flatMap((cell) => [
      ...printedClaim(cell, M),
      settledClaim(cell),
      ...lateClaim(cell, M, steps[steps.length - 1]),
    ]),
    ...withStep(steps[0]).map((cell) => smallStepClaim(cell, M)),
    ...steps.flatMap((eta) => {
      const cells = withStep(eta);
      return cells.slice(1).map((wider, i) => growthClaim(cells[i], wider));
    }),
  ];
}
