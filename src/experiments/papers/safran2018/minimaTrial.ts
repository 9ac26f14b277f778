/** One trial of the minima: descents of a batch, each end certified, and classes among them. */
import { RunStatus, type Points } from '../../../core/kernels/contract.js';
import { certifiedEnd, type CertifiedMinimum, type OpenEnd } from '../../../core/minima/certified.js';
import { minimaOf } from '../../../core/minima/minima.js';
import { frobeniusNorm } from '../../../core/networks/teachers.js';
import { populationRisk } from '../../../core/risk/risk.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';
import type { DescentSettings } from './settings.js';
import { descended, descentCost, GLOBAL, RELU } from './descents.js';
import { classesByNumbers, invariantsOf, laneMeasures } from './invariants.js';
import { ENTRIES, PRINTED_MINIMA, type PrintedMinimum } from './published.js';

/** Starts of a trial: one in each lane of a vector. */
export const STARTS = 8;

export function certifiedMinima(context: TrialContext<DescentSettings>): TrialOutcome {
  const { kernels, cancel, settings } = context;
  const { k } = settings;
  const { problem, starts, state } = descended(context, k, STARTS);
  const risk = populationRisk(kernels, problem);
  const part = (values: Float64Array, l: number): Float64Array => values.slice(l * k * k, (l + 1) * k * k);
  const ends = Array.from({ length: STARTS }, (_, l): CertifiedMinimum | OpenEnd => {
    if (state.status[l] === RunStatus.diverged) return 'diverged';
    const { outputWeights } = problem.teacher;
    const end: Points = { starts: 1, weights: part(state.weights, l), outputWeights };
    return certifiedEnd(kernels, risk, end, frobeniusNorm(part(starts, l)), cancel);
  });
  const { classes, open } = minimaOf(ends, { rows: k, parity: RELU.parity, teacher: problem.teacher });
  const minima = ends.map((end) => (typeof end === 'string' ? undefined : end));
  const found = minima.filter((end) => end !== undefined);
  const numbers = classesByNumbers(minima.map((end) => end && invariantsOf(end)));
  const byMatching = classes.map(({ members }) => members.join()).sort();
  const byNumbers = numbers.classes.map((members) => members.toSorted((a, b) => a - b).join()).sort();
  const [first, second] = PRINTED_MINIMA.get(k) ?? [];
  return {
    status: 'ok',
    measures: {
      nonGlobal: found.filter(({ loss }) => loss > GLOBAL).length / STARTS,
      open: open.size / STARTS,
      agreement: Number(byMatching.join(' ') === byNumbers.join(' ')),
      ...printedMeasures('first', found, first),
      ...printedMeasures('second', found, second),
      entriesError: k === ENTRIES.k && first !== undefined ? entriesError(near(found, first)) : Number.NaN,
      ...laneMeasures(minima),
      iterations: state.iterations.reduce((sum, count) => sum + count, 0) / STARTS,
    },
  };
}

/** A minimum with a loss so close is the printed one. */
const CLOSE = 1e-3;

function near(found: readonly CertifiedMinimum[], { loss: printed }: PrintedMinimum): CertifiedMinimum[] {
  return found.filter(({ loss }) => Math.abs(loss - printed) <= CLOSE);
}

/** How many ends are at a printed minimum, and loss and curvature of the one whose loss is farthest from the print. */
function printedMeasures(
  name: string,
  found: readonly CertifiedMinimum[],
  printed: PrintedMinimum | undefined,
): Record<string, number> {
  const ends = printed === undefined ? [] : near(found, printed);
  const distance = ({ loss }: CertifiedMinimum): number => Math.abs(loss - (printed?.loss ?? 0));
  const [farthest] = ends.toSorted((a, b) => distance(b) - distance(a));
  return {
    [`${name}Loss`]: farthest === undefined ? Number.NaN : farthest.loss,
    [`${name}LambdaMin`]: farthest === undefined ? Number.NaN : farthest.lambdaMin,
    [`${name}Share`]: printed === undefined ? Number.NaN : ends.length / STARTS,
  };
}

/** The largest difference of any end's sorted entries from the sorted printed ones; NaN without ends. */
function entriesError(ends: readonly CertifiedMinimum[]): number {
  if (ends.length === 0) return Number.NaN;
  const printed = ENTRIES.values
    .flatMap(([value, times]) => new Array<number>(times).fill(value))
    .sort((a, b) => a - b);
  return Math.max(...ends.flatMap(({ weights }) => Array.from(weights.toSorted(), (w, i) => Math.abs(w - printed[i]))));
}

/** Floating point operations of a trial: its descents, and the Hessians of its ends with their eigenpairs. */
export function minimaCost(settings: DescentSettings): number {
  const { k } = settings;
  return descentCost(settings, k, STARTS) + 3 * STARTS * 10 * k ** 6;
}
