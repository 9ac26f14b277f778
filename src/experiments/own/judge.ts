/** How the ends of a trial are compared with the teacher and with one another. */
import { foundRows, type NetworkWeights } from '../../core/matching/foundRows.js';
import { frobeniusNorm } from '../../core/networks/teachers.js';
import type { TrialContext } from '../spec.js';
import { isPopulation, type StudySettings } from './declared.js';
import { comparesOutput, distanceBetween } from './distance.js';
import { functionDistance, zeroOf, type Between } from './functions.js';
import type { StudyProblem } from './problem.js';
import { isOtherWidth } from './student.js';

export interface Judge {
  /** of matched rows; as functions where teacher and student have different numbers of rows */
  readonly between: Between;
  readonly fromTeacher: (network: NetworkWeights) => number;
  /** of the teacher, in the same units */
  readonly size: number;
  readonly isRecovered: (network: NetworkWeights) => boolean;
  /** measures of a network as a function, and of the rows of the teacher that it has found */
  readonly asFunction: (network: NetworkWeights) => Record<string, number>;
}

/** Whether networks are compared as functions too. */
export function isJudgedAsFunction(settings: StudySettings): boolean {
  return settings.studentK !== 'same' || isPopulation(settings);
}

export function judgeOf(context: TrialContext<StudySettings>, drawn: StudyProblem): Judge {
  const { settings } = context;
  const teacher = { weights: drawn.teacher, v: drawn.teacherOutput };
  const rows = distanceBetween(settings, drawn);
  if (!isJudgedAsFunction(settings)) {
    const size = teacherSize(settings, drawn);
    const fromTeacher = (network: NetworkWeights): number => rows(network, teacher);
    const isRecovered = (network: NetworkWeights): boolean => fromTeacher(network) <= settings.within * size;
    return { between: rows, fromTeacher, size, isRecovered, asFunction: () => ({}) };
  }
  return functionJudge(context, drawn, teacher, rows);
}

/** ‖f̂ − f*‖²/‖f*‖² decides about recovery where it is what is minimised, and where rows cannot be matched. */
function functionJudge(
  context: TrialContext<StudySettings>,
  drawn: StudyProblem,
  teacher: NetworkWeights,
  rows: Between,
): Judge {
  const { settings } = context;
  const functions = functionDistance(context, drawn);
  const whole = functions(zeroOf(teacher), teacher);
  const between = isOtherWidth(settings) ? functions : rows;
  const size = isOtherWidth(settings) ? whole : teacherSize(settings, drawn);
  const fromTeacher = (network: NetworkWeights): number => between(network, teacher);
  const isSame = (network: NetworkWeights): boolean => functions(network, teacher) <= settings.within * whole;
  const byFunction = isOtherWidth(settings) || isPopulation(settings);
  return {
    between,
    fromTeacher,
    size,
    isRecovered: byFunction ? isSame : (network) => fromTeacher(network) <= settings.within * size,
    asFunction: (network) => ({
      relativeRisk: (functions(network, teacher) / whole) ** 2,
      functionRecovered: isSame(network) ? 1 : 0,
      ...rowMeasures(network, teacher, drawn, settings.within),
    }),
  };
}

function rowMeasures(
  network: NetworkWeights,
  teacher: NetworkWeights,
  { activation }: StudyProblem,
  within: number,
): Record<string, number> {
  const rows = foundRows(network, teacher, activation, within);
  return rows === undefined ? {} : { foundRows: rows.found, rowsPerFound: rows.perFound, spareRows: rows.spare };
}

/** ‖W*‖_F, or the norm of (W*, v*) if v is compared too. */
function teacherSize(settings: StudySettings, { teacher, teacherOutput }: StudyProblem): number {
  return comparesOutput(settings)
    ? Math.hypot(frobeniusNorm(teacher), frobeniusNorm(teacherOutput))
    : frobeniusNorm(teacher);
}
