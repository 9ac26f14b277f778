/** Where the descents of a trial begin. */
import type { Points } from '../../core/kernels/contract.js';
import { ownEntry } from '../../core/networks/ownWords.js';
import { repeated } from '../../core/networks/networks.js';
import { drawGaussianStarts, drawOutputStarts, drawStarts, isAroundTeacher } from '../../core/networks/starts.js';
import { Purpose } from '../../core/streams.js';
import { isFileValue } from '../../settings/types.js';
import { fileNumbers } from '../common/files.js';
import { plantedInitialization } from '../common/initialization.js';
import type { TrainingSet } from '../common/planted.js';
import type { StudySettings } from './declared.js';
import type { TrialContext } from '../spec.js';

/**
 * The L starts of a trial. Their v is v*, which a student knows, with two exceptions. The tensor method recovers v. If
 * v is trained, W0 is not near W*, and v* has random entries ±1, then each start has random signs of its own.
 */
export function drawStudyStarts(context: TrialContext<StudySettings>, drawn: TrainingSet): Points {
  const { settings, stream, kernels, files } = context;
  const { starts, start: law, radius } = settings;
  if (law === 'tensor') return tensorStart(context, drawn);
  const { teacher, teacherOutput } = drawn;
  if (isAroundTeacher(law))
    return {
      starts,
      weights: drawStarts(kernels, law, teacher, starts, radius, stream(Purpose.start)),
      outputWeights: repeated(teacherOutput, starts),
    };
  const own = ownEntry('start', law);
  const size = starts * teacher.length;
  const guessed = settings.trainOutput === 'yes' && settings.output === 'signs';
  const otherwise = (): Float64Array =>
    isFileValue(law)
      ? fileNumbers(files, law, size)
      : drawGaussianStarts(kernels, size, startScale(context, drawn), stream(Purpose.start));
  return {
    starts,
    weights:
      own?.draw(kernels, { teacher, rows: drawn.problem.shape.rows, starts, stream: stream(Purpose.start) }) ??
      otherwise(),
    outputWeights: guessed
      ? drawOutputStarts(kernels, 'rademacher', starts * teacherOutput.length, stream(Purpose.startOutput))
      : repeated(teacherOutput, starts),
  };
}

function startScale({ settings }: TrialContext<StudySettings>, { teacher, problem }: TrainingSet): number {
  return settings.startScale === 'auto' ? 1 / Math.sqrt(teacher.length / problem.shape.rows) : settings.startScale;
}

function tensorStart(context: TrialContext<StudySettings>, { problem }: TrainingSet): Points {
  const { output, mode } = context.settings;
  const { weights, outputWeights } = plantedInitialization(context, problem, { output, mode });
  return { starts: 1, weights, outputWeights };
}
