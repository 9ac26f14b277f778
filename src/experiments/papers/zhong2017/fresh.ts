/** Fresh training sets, without noise, from a trial's teacher. */
import type { Problem } from '../../../core/kernels/contract.js';
import { Purpose } from '../../../core/streams.js';
import type { TrainingSet } from '../../common/planted.js';
import type { TrialContext } from '../../spec.js';

/** Training sets of the same teacher, one per iteration. They all use the same memory. */
export function freshProblems(
  { kernels, stream }: Pick<TrialContext, 'kernels' | 'stream'>,
  { problem, teacher, teacherOutput }: TrainingSet,
): (iteration: number) => Problem {
  const { samples, dimension } = problem.inputs;
  const inputs = kernels.allocateInputs(samples, dimension);
  const values = inputs.values.subarray(0, samples * dimension);
  const blocks = Math.ceil(values.length / 2);
  return (iteration) => {
    kernels.normals(stream(Purpose.freshData), iteration * blocks, values);
    const prepared = kernels.prepare(inputs);
    return {
      ...problem,
      inputs: prepared,
      labels: kernels.outputs(prepared, problem.shape, problem.activation, {
        starts: 1,
        weights: teacher,
        outputWeights: teacherOutput,
      }),
    };
  };
}
