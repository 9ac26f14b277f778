import type { RandomKernels, StreamAddress } from './kernels/contract.js';

/** `classification`: P(y = 1 | x) = f*(x), y ∈ {0, 1} (fu2018, eq. 3). `regression`: y = f*(x) (fu2018, eq. 4). */
export const LABEL_KINDS = ['classification', 'regression'] as const;
export type LabelKind = (typeof LABEL_KINDS)[number];

/** Labels (n) of a teacher's outputs f* (n), which for classification must lie in [0, 1]. */
export function drawLabels(kernels: RandomKernels, kind: LabelKind, teacherOutputs: Float64Array, stream: StreamAddress): Float64Array {
  if (kind === 'regression') return teacherOutputs;
  const labels = new Float64Array(teacherOutputs.length);
  kernels.uniforms(stream, 0, labels);
  return labels.map((u, i) => (u < teacherOutputs[i] ? 1 : 0));
}
