/**
 * The generic trial: one training set, its starts, the descents from them, and all measures of how the descents end.
 */
import type { Points } from '../../core/kernels/contract.js';
import type { NetworkWeights } from '../../core/matching/foundRows.js';
import { standardDeviationOfRuns } from '../../core/matching/measures.js';
import { setClass } from '../../core/outcomes/classify.js';
import { frobeniusNorm } from '../../core/networks/teachers.js';
import { outcomesOf, setIndicators, type Outcomes } from '../common/outcomes.js';
import { keepStarts } from '../keeper.js';
import type { TrialContext, TrialOutcome } from '../spec.js';
import { judgeOf, type Judge } from './judge.js';
import { drawStudyProblem, riskOf, type StudyProblem } from './problem.js';
import { endOfRows } from './rows.js';
import { withOwn } from './ownMeasures.js';
import { runStarts, type Runs } from './runs.js';
import { studentUnits } from './student.js';
import { mayPolish, type StudySettings } from './declared.js';
import { studySettings } from './settings.js';
import { drawStudyStarts } from './starts.js';

/** What a trial plants, and where its descents begin. */
interface Begun {
  readonly drawn: StudyProblem;
  readonly starts: Points;
}

/** The planted problem of a trial, with its starts; the settings are complete. */
function begin(context: TrialContext<StudySettings>): Begun {
  const drawn = drawStudyProblem(context);
  const starts = drawStudyStarts(context, drawn);
  keepStarts(context.keep, drawn.shape.rows, starts);
  return { drawn, starts };
}

/** The same problem, from settings that leave defaults out. */
export function studyProblem(given: TrialContext): Begun {
  return begin({ ...given, settings: studySettings(given.settings) });
}

/** A trial needs only its cell's settings. Settings that they leave out have their defaults. */
export function studyTrial(given: TrialContext): TrialOutcome {
  const settings = studySettings(given.settings);
  const context = { ...given, settings };
  const { drawn, starts } = begin(context);
  const judge = judgeOf(context, drawn);
  const { fromTeacher: distance, size, isRecovered } = judge;
  const initial = perStart(starts, distance);
  const runs = runStarts(context, drawn, starts, distance);
  const ends = perStart(runs, distance).map((error, l) => (runs.diverged[l] ? Infinity : error));
  const recovered = perStart(runs, isRecovered).map((is, l) => is && !runs.diverged[l]);
  const best = lowest(runs);
  const outcomes = classified(context, drawn, { starts, runs }, isRecovered);
  const outcome: TrialOutcome = {
    status: runs.diverged.every(Boolean) ? 'diverged' : 'ok',
    measures: {
      recovered: recovered[best] ? 1 : 0,
      recoveredShare: share(recovered),
      estimationError: ends[best],
      relativeError: ends[best] / size,
      initializationError: average(initial) / size,
      finalLoss: runs.loss[best],
      teacherLoss: runs.teacherLoss,
      gradientNorm: runs.gradientNorm[best],
      iterations: average(runs.iterations),
      stepSize: average(runs.stepSizes),
      divergedShare: share(runs.diverged),
      ...(runs.starts > 1 ? spreadOf(settings, judge, runs, best) : {}),
      ...outcomes.measures,
      ...(runs.starts > 1 ? togetherOf(judge, runs, outcomes) : {}),
      ...endOfRows(context, drawn, runs, best),
      ...(runs.diverged[best] ? {} : judge.asFunction(networkOf(runs, best))),
    },
    curves: { ...runs.curves },
  };
  return withOwn({ context, drawn, starts, runs, best, outcome });
}

/**
 * The classes of the starts. A start that has recovered W* is in that class, whatever its gradient and curvature are:
 * the minima of a student that is wider than the teacher are not isolated.
 */
function classified(
  { settings, ...context }: TrialContext<StudySettings>,
  drawn: StudyProblem,
  { starts, runs }: { starts: Points; runs: Runs },
  isRecovered: (network: NetworkWeights) => boolean,
): Outcomes {
  const polish = settings.outcomes === 'polish' && mayPolish(settings);
  const converged = Array.from(runs.gradientNorm, (norm) => norm <= settings.tolerance);
  return outcomesOf(
    context,
    riskOf(context, drawn),
    { starts, ends: runs, diverged: runs.diverged, converged },
    {
      polish,
      nearIsEnough: true,
      leastNorm: frobeniusNorm(drawn.teacher) * Math.max(1, studentUnits(settings) / settings.K),
      isNear: (weights, l) => isRecovered({ weights, v: networkOf(runs, l).v }),
    },
  );
}

/**
 * How the starts of a training set end as a whole, if they were polished. Minima that differ only by the order of the
 * neurons are one minimum, and so are those with one function where the student has another width than the teacher.
 */
function togetherOf(
  { between }: Judge,
  runs: Runs,
  { classes, weights, isPolished }: Outcomes,
): Record<string, number> {
  if (!isPolished) return {};
  const ends = { ...runs, weights };
  const first = networkOf(ends, 0);
  const apart = perStart(ends, (network) => between(network, first));
  const polishedSdN = runs.diverged.includes(true)
    ? Infinity
    : Math.sqrt(average(apart.map((distance) => distance * distance)));
  return { polishedSdN, ...setIndicators(setClass(classes, polishedSdN)) };
}

/** Measures that need several starts on one training set. */
function spreadOf(
  { within, sameMinimum }: StudySettings,
  { between, size }: Judge,
  runs: Runs,
  best: number,
): Record<string, number> {
  const sdN = runs.diverged.includes(true) ? Infinity : standardDeviationOfRuns(runs.weights, runs.starts);
  const lowestEnd = networkOf(runs, best);
  const elsewhere = perStart(runs, (network) => between(network, lowestEnd)).map(
    (apart, l) => runs.diverged[l] || !(apart <= within * size),
  );
  return { sdN, success: sdN <= sameMinimum ? 1 : 0, spuriousShare: share(elsewhere) };
}

/** The start that ended with the lowest loss. A researcher who does not know W* would choose this start. */
function lowest({ loss, diverged }: Runs): number {
  let best = 0;
  const value = (l: number): number => (diverged[l] || Number.isNaN(loss[l]) ? Infinity : loss[l]);
  for (let l = 1; l < loss.length; l++) if (value(l) < value(best)) best = l;
  return best;
}

type Many = Pick<Runs, 'starts' | 'weights' | 'outputWeights'>;

function networkOf({ starts, weights, outputWeights }: Many, l: number): NetworkWeights {
  const part = (values: Float64Array): Float64Array => {
    const size = values.length / starts;
    return values.subarray(l * size, (l + 1) * size);
  };
  return { weights: part(weights), v: part(outputWeights) };
}

function perStart<T>(points: Many, of: (network: NetworkWeights) => T): T[] {
  return Array.from({ length: points.starts }, (_, l) => of(networkOf(points, l)));
}

function share(flags: readonly boolean[]): number {
  return flags.filter(Boolean).length / flags.length;
}

function average(values: Iterable<number> & { readonly length: number }): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
