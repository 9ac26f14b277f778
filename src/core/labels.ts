import type { RandomKernels, StreamAddress } from './kernels/contract.js';

/**
 * `classification`: y ∈ {0, 1}, P(y = 1 | x) = f*(x) ∈ [0, 1] (fu2018, eq. 3). `sign-classification`: y ∈ {−1, 1} with
 * E[y | x] = f*(x) ∈ [−1, 1], for activations such as tanh. `regression`: y = f*(x) (fu2018, eq. 4). `random`: y ~ N(0, 1)
 * whatever x is (soltanolkotabi2017, Figure 4).
 */
export type LabelKind = (typeof LABEL_KINDS)[number] | 'sign-classification' | 'random';

/** The kinds of the papers, for outputs in [0, 1]. */
export const LABEL_KINDS = ['classification', 'regression'] as const;

/** Labels (n) of a teacher's outputs f* (n), which must lie in the range of the kind. */
export function drawLabels(kernels: RandomKernels, kind: LabelKind, teacherOutputs: Float64Array, stream: StreamAddress): Float64Array {
  if (kind === 'regression') return teacherOutputs;
  const labels = new Float64Array(teacherOutputs.length);
  if (kind === 'random') {
    kernels.normals(stream, 0, labels);
    return labels;
  }
  kernels.uniforms(stream, 0, labels);
  if (kind === 'classification') return labels.map((u, i) => (u < teacherOutputs[i] ? 1 : 0));
  return labels.map((u, i) => (2 * u - 1 < teacherOutputs[i] ? 1 : -1));
}
