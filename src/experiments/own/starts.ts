/** Where the descents of a trial begin. */
import type { Points } from '../../core/kernels/contract.js';
import { ownEntry } from '../../core/networks/ownWords.js';
import { outputWeights, repeated } from '../../core/networks/networks.js';
import { drawGaussianStarts, drawOutputStarts, drawStarts, isAroundTeacher } from '../../core/networks/starts.js';
import { Purpose } from '../../core/streams.js';
import { isFileValue } from '../../settings/types.js';
import { fileNumbers } from '../common/files.js';
import { plantedInitialization } from '../common/initialization.js';
import { refuse } from '../../base/errors.js';
import type { StudySettings } from './declared.js';
import { rowLength, type StudyProblem } from './problem.js';
import { isOtherWidth } from './student.js';
import type { TrialContext } from '../spec.js';

/**
 * The L starts of a trial. Their v is v*, which a student knows, with two exceptions. The tensor method recovers v. If
 * v is trained, W0 is not near W*, and v* has random entries ±1, then each start has random signs of its own.
 */
export function drawStudyStarts(context: TrialContext<StudySettings>, drawn: StudyProblem): Points {
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
  const { rows } = drawn.shape;
  const length = rowLength(drawn);
  const size = starts * rows * length;
  const otherwise = (): Float64Array =>
    isFileValue(law)
      ? fileNumbers(files, law, size)
      : drawGaussianStarts(kernels, size, startScale(settings, length), stream(Purpose.start));
  return {
    starts,
    weights: own?.draw(kernels, { teacher, rows, length, starts, stream: stream(Purpose.start) }) ?? otherwise(),
    outputWeights: startOutput(context, drawn),
  };
}

/** v of the starts away from W*: random signs, what the student knows of v*, or what `output` means for its width. */
function startOutput({ settings, kernels, stream }: TrialContext<StudySettings>, drawn: StudyProblem): Float64Array {
  const { starts, output, trainOutput } = settings;
  const units = drawn.shape.rows * drawn.shape.strides;
  if (output === 'signs' && trainOutput === 'yes')
    return drawOutputStarts(kernels, 'rademacher', starts * units, stream(Purpose.startOutput));
  if (!isOtherWidth(settings)) return repeated(drawn.teacherOutput, starts);
  return output === 'signs'
    ? refuse('output', 'known to a student of another width', output)
    : outputWeights(output, starts, units);
}

function startScale({ startScale: scale }: StudySettings, length: number): number {
  return scale === 'auto' ? 1 / Math.sqrt(length) : scale;
}

function tensorStart(context: TrialContext<StudySettings>, { training }: StudyProblem): Points {
  const { output, mode } = context.settings;
  if (training === undefined) return refuse('start', 'one that needs no training set', 'tensor');
  const { weights, outputWeights } = plantedInitialization(context, training, { output, mode });
  return { starts: 1, weights, outputWeights };
}
