/** The classes of minima at which the starts of a descent end. */
import { InputError } from '../../base/errors.js';
import { RunStatus, type DescentState, type LinearAlgebra, type Points } from '../../core/kernels/contract.js';
import { certifiedEnd, type CertifiedMinimum, type OpenEnd } from '../../core/minima/certified.js';
import type { Symmetry } from '../../core/minima/likeness.js';
import { minimaOf, type Minima } from '../../core/minima/minima.js';
import { frobeniusNorm } from '../../core/networks/teachers.js';
import { canPolish, POLISH_LIMITS } from '../../core/outcomes/settle.js';
import type { Risk } from '../../core/risk/risk.js';
import type { NumericArray } from '../../io/npy.js';
import { binomialRate } from '../../statistics/rates.js';
import { unseenClasses, unseenMass } from '../../statistics/unseen.js';

/** A class of minima. Shares are of all starts, with 95 % intervals for starts that are drawn independently. */
export interface FoundClass {
  /** number of starts that end there */
  readonly count: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** of the representative, after a Newton polish */
  readonly loss: number;
  /** smallest eigenvalue of the Hessian in W */
  readonly lambdaMin: number;
  readonly gradientNorm: number;
  /** the start whose end represents the class */
  readonly start: number;
}

/** Minima as classes modulo the order and signs of neurons and, on the population risk, what keeps the teacher. */
export interface FoundMinima {
  /** C classes, by loss ascending */
  readonly classes: readonly FoundClass[];
  /** number of starts in no class, by the reason */
  readonly unclassified: Readonly<Record<OpenEnd, number>>;
  /** probability that another start ends at a minimum of no class here, and the least number of such classes */
  readonly unseen: {
    readonly mass: number;
    readonly low: number;
    readonly high: number;
    readonly classes: { readonly value: number; readonly low: number };
  };
  /** W of the representatives: (C, K, d); for a cnn (C, 1, m) */
  readonly weights: NumericArray;
  /** (L): the index of each start's class, −1 for none */
  readonly classOfStart: Float64Array;
}

/** What the classes of a descent's ends depend on, beside these ends. */
export interface MinimaProblem {
  readonly kernels: Pick<LinearAlgebra, 'symmetricEigen' | 'multiply'>;
  readonly risk: Risk;
  readonly symmetry: Symmetry;
  /** ‖W_0‖_F of each start */
  readonly startNorms: readonly number[];
}

/** Throws `InputError` where a Hessian is too large to be computed for every start. */
export function minimaProblem(
  kernels: MinimaProblem['kernels'],
  risk: Risk,
  symmetry: Symmetry,
  { starts, weights }: Points,
): MinimaProblem {
  const size = weights.length / starts;
  const work = risk.hessianWork(size);
  if (!canPolish(size, work))
    throw new InputError(
      `classes must be given with at most ${POLISH_LIMITS.variables} entries of W and ${POLISH_LIMITS.work} multiplications for a Hessian, got ${size} and ${work.toPrecision(2)}`,
    );
  const startNorms = Array.from({ length: starts }, (_, l) =>
    frobeniusNorm(weights.subarray(l * size, (l + 1) * size)),
  );
  return { kernels, risk, symmetry, startNorms };
}

/** Certifies the end of every start and sorts them. */
export async function findMinima(
  { kernels, risk, symmetry, startNorms }: MinimaProblem,
  state: DescentState,
  rowLength: number,
  signal?: AbortSignal,
): Promise<FoundMinima> {
  const ends: (CertifiedMinimum | OpenEnd)[] = [];
  for (const [l, startNorm] of startNorms.entries()) {
    const isDiverged = state.status[l] === RunStatus.diverged;
    ends.push(isDiverged ? 'diverged' : certifiedEnd(kernels, risk, pointOf(state, l), startNorm));
    await new Promise(setImmediate);
    signal?.throwIfAborted();
  }
  return described(minimaOf(ends, symmetry), ends, [symmetry.rows, rowLength]);
}

function pointOf({ starts, weights, outputWeights }: DescentState, l: number): Points {
  const part = (values: Float64Array): Float64Array =>
    values.slice((l * values.length) / starts, ((l + 1) * values.length) / starts);
  return { starts: 1, weights: part(weights), outputWeights: part(outputWeights) };
}

function described(
  { classes, open }: Minima,
  ends: readonly (CertifiedMinimum | OpenEnd)[],
  shape: readonly [number, number],
): FoundMinima {
  const starts = ends.length;
  const counts = classes.map(({ members }) => members.length);
  const [mass, number] = [unseenMass(counts, starts), unseenClasses(counts, starts)];
  const classOfStart = new Float64Array(starts).fill(-1);
  classes.forEach(({ members }, c) => members.forEach((l) => (classOfStart[l] = c)));
  return {
    classes: classes.map(({ representative, members }) => {
      const { loss, lambdaMin, gradientNorm } = representative;
      const { value, low, high } = binomialRate(members.length, starts);
      const start = ends.indexOf(representative);
      return { count: members.length, share: value, low, high, loss, lambdaMin, gradientNorm, start };
    }),
    unclassified: countsOf([...open.values()]),
    unseen: { mass: mass.value, low: mass.low, high: mass.high, classes: { value: number.value, low: number.low } },
    weights: {
      shape: [classes.length, ...shape],
      values: Float64Array.from(classes.flatMap(({ representative }) => [...representative.weights])),
    },
    classOfStart,
  };
}

function countsOf(reasons: readonly OpenEnd[]): Record<OpenEnd, number> {
  const of = (name: OpenEnd): number => reasons.filter((reason) => reason === name).length;
  return {
    cap: of('cap'),
    saddle: of('saddle'),
    runaway: of('runaway'),
    diverged: of('diverged'),
    unclear: of('unclear'),
  };
}
