/** What a trial of a study plants: a teacher, and what the descents of the student minimise. */
import type { NetworkShape, Problem } from '../../core/kernels/contract.js';
import type { PopulationProblem } from '../../core/kernels/populationContract.js';
import { empiricalRisk, populationRisk, type Risk } from '../../core/risk/risk.js';
import { drawTeaching, drawTrainingSet, type Teacher } from '../common/planted.js';
import { keepTeacher } from '../keeper.js';
import type { TrialContext } from '../spec.js';
import { isSampled, type StudySettings } from './declared.js';
import { studentShape } from './student.js';

export interface StudyProblem extends Pick<Teacher, 'activation' | 'teacher' | 'teacherOutput'> {
  /** of the student; W* has rows of the same length */
  readonly shape: NetworkShape;
  /** the training set, for the student; absent where the descents minimise the population risk */
  readonly training?: Problem;
}

/** The teacher of a trial and its training set. */
export function drawStudyProblem(context: TrialContext<StudySettings>): StudyProblem {
  const { settings, keep } = context;
  const shape = studentShape(settings);
  if (isSampled(settings)) {
    const { problem, teacher, teacherOutput } = drawTrainingSet({ ...context, settings });
    return { activation: problem.activation, teacher, teacherOutput, shape, training: { ...problem, shape } };
  }
  const { activation, teacher, teacherOutput, shape: teacherShape } = drawTeaching(context);
  const { architecture, output, labels, loss, risk } = settings;
  keep?.problem({ architecture, activation: activation.name, output, loss, labels, risk });
  keepTeacher(keep, teacherShape, teacher, teacherOutput);
  return { activation, teacher, teacherOutput, shape };
}

/** The length of a row of W. */
export function rowLength({ teacher, teacherOutput, shape }: StudyProblem): number {
  return (teacher.length * shape.strides) / teacherOutput.length;
}

/** The population risk of a trial's teacher, which is fully connected. */
export function populationProblem({ activation, teacher, teacherOutput }: StudyProblem): PopulationProblem {
  const dimension = teacher.length / teacherOutput.length;
  return { activation, dimension, teacher: { weights: teacher, outputWeights: teacherOutput } };
}

/** What the descents of a trial minimise, as a function of W. */
export function riskOf({ kernels }: Pick<TrialContext, 'kernels'>, drawn: StudyProblem): Risk {
  return drawn.training === undefined
    ? populationRisk(kernels, populationProblem(drawn))
    : empiricalRisk(kernels, drawn.training);
}
