/** Where the descents of a trial begin. */
import { refuse } from '../../base/errors.js';
import type { Points, RandomKernels, StreamAddress } from '../../core/kernels/contract.js';
import { ownEntry } from '../../core/networks/ownWords.js';
import { isDrawnOutput, outputWeights, repeated } from '../../core/networks/networks.js';
import { drawGaussianStarts, drawStarts, isAroundTeacher } from '../../core/networks/starts.js';
import { drawOutputs } from '../../core/networks/teachers.js';
import { isInitializationOutput } from '../../core/tensor/recovery.js';
import { Purpose } from '../../core/streams.js';
import { isFileValue } from '../../settings/types.js';
import { fileNumbers } from '../common/files.js';
import { plantedInitialization } from '../common/initialization.js';
import type { StudySettings } from './declared.js';
import { rowLength, type StudyProblem } from './problem.js';
import { isOtherWidth } from './student.js';
import type { TrialContext } from '../spec.js';

/**
 * The L starts of a trial. Beside W* their v is v*, which a student knows; the tensor method recovers it; for other
 * starts see `startOutput`.
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

/**
 * v of the starts away from W*. Where v is trained and v* is drawn, it is another draw of the same law. Otherwise the
 * student knows v*; with another width it has what `output` means for its own, or draws among the entries of a file.
 */
function startOutput({ settings, kernels, stream }: TrialContext<StudySettings>, drawn: StudyProblem): Float64Array {
  const { starts, output, trainOutput } = settings;
  const units = drawn.shape.rows * drawn.shape.strides;
  const at = stream(Purpose.startOutput);
  if (!isFileValue(output) && isDrawnOutput(output) && trainOutput === 'yes')
    return drawOutputs(kernels, output, starts * units, at);
  if (!isOtherWidth(settings)) return repeated(drawn.teacherOutput, starts);
  if (isFileValue(output)) return drawnFrom(kernels, drawn.teacherOutput, starts * units, at);
  return isDrawnOutput(output)
    ? refuse('output', 'known to a student of another width', output)
    : outputWeights(output, starts, units);
}

/** Entries of v*, drawn independently. */
function drawnFrom(kernels: RandomKernels, v: Float64Array, count: number, stream: StreamAddress): Float64Array {
  const uniforms = new Float64Array(count);
  kernels.uniforms(stream, 0, uniforms);
  return uniforms.map((u) => v[Math.floor(u * v.length)]);
}

function startScale({ startScale: scale }: StudySettings, length: number): number {
  return scale === 'auto' ? 1 / Math.sqrt(length) : scale;
}

function tensorStart(context: TrialContext<StudySettings>, { training }: StudyProblem): Points {
  const { output, mode } = context.settings;
  if (training === undefined || !isInitializationOutput(output))
    return refuse('start', 'one for this risk and output', 'tensor');
  const { weights, outputWeights } = plantedInitialization(context, training, { output, mode });
  return { starts: 1, weights, outputWeights };
}
