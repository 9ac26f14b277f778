/** Ordinary differential equations by the Runge–Kutta pair of order 5(4) of Dormand and Prince (1980). */

/** dy/dt of a system that does not depend on t. */
export type VectorField = (y: Float64Array) => Float64Array;

export interface OdeOptions {
  /** the error of a step is at most this times max(|y|, `scale`) in every entry; default 1e-9 */
  readonly tolerance?: number;
  /** default 1e-3 */
  readonly scale?: number;
}

/** Weights of the stages before, for each stage; the last row are those of the solution, which is the next first stage. */
const STAGES = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
/** Weights of order 5 less those of order 4. */
const ERROR = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

/** How much a step may grow or shrink, and how far below the tolerance it aims. */
const [LEAST, MOST, SAFETY] = [0.2, 5, 0.9];
const SMALLEST_STEP = 1e-14;

/**
 * y at the given ascending times ≥ 0, from y(0) = start.
 * @throws RangeError when the step size falls below 1e-14 of the time, as near a singularity or where the field is NaN
 */
export function solveOde(
  field: VectorField,
  start: Float64Array,
  times: readonly number[],
  { tolerance = 1e-9, scale = 1e-3 }: OdeOptions = {},
): Float64Array[] {
  let [t, y, slope] = [0, start, field(start)];
  let step = firstStep(y, slope, scale, tolerance);
  return times.map((time) => {
    while (t < time) {
      const length = Math.min(step, time - t);
      const tried = dormandPrince(field, y, slope, length);
      const error = largestError(tried.error, y, tried.y, scale) / tolerance;
      // NaN, where the field is not finite, is no success.
      const accepted = error <= 1;
      if (accepted) {
        t = length === time - t ? time : t + length;
        ({ y, slope } = tried);
      }
      const factor = Math.min(MOST, Math.max(LEAST, SAFETY * error ** -0.2));
      // A step that was cut short at a time says little about the next one.
      if (!accepted || length === step) step = length * (Number.isNaN(factor) ? LEAST : factor);
      if (!(step >= SMALLEST_STEP * Math.max(t, 1))) throw new RangeError(`the steps vanish at t = ${t}`);
    }
    return y;
  });
}

/** A first step that changes no entry by more than about tolerance^(1/5) of its scale. */
function firstStep(y: Float64Array, slope: Float64Array, scale: number, tolerance: number): number {
  const rate = slope.reduce((most, s, i) => Math.max(most, Math.abs(s) / Math.max(Math.abs(y[i]), scale)), 0);
  return tolerance ** 0.2 / Math.max(rate, 1e-3);
}

interface Step {
  readonly y: Float64Array;
  readonly slope: Float64Array;
  readonly error: Float64Array;
}

function dormandPrince(field: VectorField, y: Float64Array, slope: Float64Array, step: number): Step {
  const slopes = [slope];
  let next = y;
  for (const weights of STAGES.slice(1)) {
    next = y.map((value, i) => value + step * weights.reduce((sum, w, s) => sum + w * slopes[s][i], 0));
    slopes.push(field(next));
  }
  const error = y.map((_, i) => step * ERROR.reduce((sum, w, s) => sum + w * slopes[s][i], 0));
  return { y: next, slope: slopes[slopes.length - 1], error };
}

/** The largest error relative to the larger of both values, or to `scale`; NaN where the field is not finite. */
function largestError(error: Float64Array, before: Float64Array, after: Float64Array, scale: number): number {
  return error.reduce(
    (most, e, i) => Math.max(most, Math.abs(e) / Math.max(Math.abs(before[i]), Math.abs(after[i]), scale)),
    0,
  );
}
