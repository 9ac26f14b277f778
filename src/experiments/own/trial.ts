/**
 * The generic trial: one training set, its starts, the descents from them, and all measures of how the descents end.
 */
import type { Points } from '../../core/kernels/contract.js';
import { standardDeviationOfRuns } from '../../core/matching/measures.js';
import { setClass } from '../../core/outcomes/classify.js';
import { empiricalRisk } from '../../core/risk/risk.js';
import { frobeniusNorm } from '../../core/networks/teachers.js';
import { outcomesOf, setIndicators, type Outcomes } from '../common/outcomes.js';
import { keepStarts } from '../keeper.js';
import { drawTrainingSet, type TrainingSet } from '../common/planted.js';
import type { TrialContext, TrialOutcome } from '../spec.js';
import { distanceBetween, distanceFromTeacher, isOutputUnknown } from './distance.js';
import { endOfRows } from './rows.js';
import { withOwn } from './ownMeasures.js';
import { runStarts, type Runs } from './runs.js';
import { mayPolish, type StudySettings } from './declared.js';
import { studySettings } from './settings.js';
import { drawStudyStarts } from './starts.js';

/** A trial's training set, and where its descents begin. */
interface StudyProblem {
  readonly drawn: TrainingSet;
  readonly starts: Points;
}

/** The planted problem of a trial, with its starts; the settings are complete. */
function drawStudyProblem(context: TrialContext<StudySettings>): StudyProblem {
  const drawn = drawTrainingSet(context);
  const starts = drawStudyStarts(context, drawn);
  keepStarts(context.keep, drawn.problem.shape.rows, starts);
  return { drawn, starts };
}

/** The same problem, from settings that leave defaults out. */
export function studyProblem(given: TrialContext): StudyProblem {
  return drawStudyProblem({ ...given, settings: studySettings(given.settings) });
}

/** A trial needs only its cell's settings. Settings that they leave out have their defaults. */
export function studyTrial(given: TrialContext): TrialOutcome {
  const settings = studySettings(given.settings);
  const context = { ...given, settings };
  const { drawn, starts } = drawStudyProblem(context);
  const distance = distanceFromTeacher(settings, drawn);
  const initial = perStart(starts, drawn, distance);
  const runs = runStarts(context, drawn, starts, distance);
  const ends = perStart(runs, drawn, distance).map((error, l) => (runs.diverged[l] ? Infinity : error));
  const best = lowest(runs);
  const size = teacherSize(context, drawn);
  const isNear = (error: number): boolean => error <= settings.within * size;
  const outcomes = classified(context, drawn, { starts, runs }, (weights, v) => isNear(distance(weights, v)));
  const outcome: TrialOutcome = {
    status: runs.diverged.every(Boolean) ? 'diverged' : 'ok',
    measures: {
      recovered: isNear(ends[best]) ? 1 : 0,
      recoveredShare: share(ends.map(isNear)),
      estimationError: ends[best],
      relativeError: ends[best] / size,
      initializationError: average(initial) / size,
      finalLoss: runs.loss[best],
      teacherLoss: runs.teacherLoss,
      gradientNorm: runs.gradientNorm[best],
      iterations: average(runs.iterations),
      stepSize: average(runs.stepSizes),
      divergedShare: share(runs.diverged),
      ...(runs.starts > 1 ? spreadOf(context, drawn, runs, best, isNear) : {}),
      ...outcomes.measures,
      ...(runs.starts > 1 ? togetherOf(context, drawn, runs, outcomes) : {}),
      ...endOfRows(context, drawn, runs, best),
    },
    curves: { ...runs.curves },
  };
  return withOwn({ context, drawn, starts, runs, best, outcome });
}

/** The classes of the starts. A start that ends near W* has recovered W*, whatever its gradient and curvature are. */
function classified(
  { settings, ...context }: TrialContext<StudySettings>,
  drawn: TrainingSet,
  { starts, runs }: { starts: Points; runs: Runs },
  isNear: (weights: Float64Array, v: Float64Array) => boolean,
): Outcomes {
  const polish = settings.outcomes === 'polish' && mayPolish(settings);
  const converged = Array.from(runs.gradientNorm, (norm) => norm <= settings.tolerance);
  return outcomesOf(
    context,
    empiricalRisk(context.kernels, drawn.problem),
    { starts, ends: runs, diverged: runs.diverged, converged },
    {
      polish,
      nearIsEnough: true,
      leastNorm: frobeniusNorm(drawn.teacher),
      isNear: (weights, l) => isNear(weights, networkOf(runs, drawn, l)[1]),
    },
  );
}

/**
 * How the starts of a training set end as a whole, if they were polished. Minima that differ only by the order of the
 * neurons are one minimum.
 */
function togetherOf(
  { settings }: TrialContext<StudySettings>,
  drawn: TrainingSet,
  runs: Runs,
  { classes, weights, isPolished }: Outcomes,
): Record<string, number> {
  if (!isPolished) return {};
  const between = distanceBetween(settings, drawn.problem);
  const ends = { ...runs, weights };
  const [first, v] = networkOf(ends, drawn, 0);
  const apart = perStart(ends, drawn, (w, u) => between({ weights: w, v: u }, { weights: first, v }));
  const polishedSdN = runs.diverged.includes(true)
    ? Infinity
    : Math.sqrt(average(apart.map((distance) => distance * distance)));
  return { polishedSdN, ...setIndicators(setClass(classes, polishedSdN)) };
}

/** Measures that need several starts on one training set. */
function spreadOf(
  { settings }: TrialContext<StudySettings>,
  drawn: TrainingSet,
  runs: Runs,
  best: number,
  isNear: (error: number) => boolean,
): Record<string, number> {
  const sdN = runs.diverged.includes(true) ? Infinity : standardDeviationOfRuns(runs.weights, runs.starts);
  const between = distanceBetween(settings, drawn.problem);
  const [weights, v] = networkOf(runs, drawn, best);
  const elsewhere = perStart(runs, drawn, (w, u) => between({ weights: w, v: u }, { weights, v })).map(
    (apart, l) => runs.diverged[l] || !isNear(apart),
  );
  return { sdN, success: sdN <= settings.sameMinimum ? 1 : 0, spuriousShare: share(elsewhere) };
}

/** ‖W*‖_F, or the norm of (W*, v*) if v is unknown too. */
function teacherSize({ settings }: TrialContext<StudySettings>, { teacher, teacherOutput }: TrainingSet): number {
  return isOutputUnknown(settings)
    ? Math.hypot(frobeniusNorm(teacher), frobeniusNorm(teacherOutput))
    : frobeniusNorm(teacher);
}

/** The start that ended with the lowest loss. A researcher who does not know W* would choose this start. */
function lowest({ loss, diverged }: Runs): number {
  let best = 0;
  const value = (l: number): number => (diverged[l] || Number.isNaN(loss[l]) ? Infinity : loss[l]);
  for (let l = 1; l < loss.length; l++) if (value(l) < value(best)) best = l;
  return best;
}

type Many = Pick<Runs, 'starts' | 'weights' | 'outputWeights'>;

function networkOf(points: Many, { teacher, teacherOutput }: TrainingSet, l: number): [Float64Array, Float64Array] {
  const part = (values: Float64Array, size: number): Float64Array => values.subarray(l * size, (l + 1) * size);
  return [part(points.weights, teacher.length), part(points.outputWeights, teacherOutput.length)];
}

function perStart(points: Many, drawn: TrainingSet, of: (weights: Float64Array, v: Float64Array) => number): number[] {
  return Array.from({ length: points.starts }, (_, l) => of(...networkOf(points, drawn, l)));
}

function share(flags: readonly boolean[]): number {
  return flags.filter(Boolean).length / flags.length;
}

function average(values: Iterable<number> & { readonly length: number }): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
