import { wordsOf, type Word } from '../../base/vocabulary.js';
import type { RandomKernels, StreamAddress } from '../kernels/contract.js';

type Range = readonly [number, number];
const ANYTHING: Range = [-Infinity, Infinity];

interface Labels {
  readonly description: string;
  /** The range in which f* must lie. */
  readonly outputs: Range;
  /** The range of y. */
  readonly values: (outputs: Range) => Range;
  /** True when E[y | x] = f*(x), so that the labels depend on the teacher. */
  readonly ofTeacher: boolean;
  /** True when Gaussian noise may be added; other kinds of labels have noise of their own. */
  readonly takesNoise: boolean;
  /** False when y follows from f*(x) alone. */
  readonly isDrawn: boolean;
  /** y (n) of a teacher's outputs f* (n). */
  readonly draw: (kernels: RandomKernels, outputs: Float64Array, stream: StreamAddress) => Float64Array;
}

/** The table of kinds of labels. */
export const LABELS = {
  classification: {
    description: 'y ∈ {0, 1} with P(y = 1 | x) = f*(x) (fu2018, eq. 3)',
    outputs: [0, 1],
    values: () => [0, 1],
    ofTeacher: true,
    takesNoise: false,
    isDrawn: true,
    draw: (kernels, outputs, stream) =>
      uniforms(kernels, outputs.length, stream).map((u, i) => (u < outputs[i] ? 1 : 0)),
  },
  'sign-classification': {
    description: 'y ∈ {−1, 1} with mean f*(x), for activations such as tanh',
    outputs: [-1, 1],
    values: () => [-1, 1],
    ofTeacher: true,
    takesNoise: false,
    isDrawn: true,
    draw: (kernels, outputs, stream) =>
      uniforms(kernels, outputs.length, stream).map((u, i) => (2 * u - 1 < outputs[i] ? 1 : -1)),
  },
  regression: {
    description: 'y = f*(x) and noise (fu2018, eq. 4)',
    outputs: ANYTHING,
    values: (outputs) => outputs,
    ofTeacher: true,
    takesNoise: true,
    isDrawn: false,
    draw: (_kernels, outputs) => outputs,
  },
  random: {
    description: 'y ~ N(0, 1) whatever x is (soltanolkotabi2017, Figure 4)',
    outputs: ANYTHING,
    values: () => ANYTHING,
    ofTeacher: false,
    takesNoise: false,
    isDrawn: true,
    draw: (kernels, outputs, stream) => {
      const labels = new Float64Array(outputs.length);
      kernels.normals(stream, 0, labels);
      return labels;
    },
  },
} as const satisfies Readonly<Record<string, Labels>>;

export type LabelKind = Word<typeof LABELS>;

export const LABEL_KINDS = wordsOf(LABELS);

/** The check of labels that `init` is given. */
export const INITIALIZATION_LABELS = ['classification', 'regression'] as const satisfies readonly LabelKind[];
export type InitializationLabels = (typeof INITIALIZATION_LABELS)[number];

export function labelsOf(kind: LabelKind): Labels {
  return LABELS[kind];
}

/** Labels (n) of a teacher's outputs f* (n), which must lie in the range of the kind. */
export function drawLabels(
  kernels: RandomKernels,
  kind: LabelKind,
  teacherOutputs: Float64Array,
  stream: StreamAddress,
): Float64Array {
  return labelsOf(kind).draw(kernels, teacherOutputs, stream);
}

function uniforms(kernels: RandomKernels, count: number, stream: StreamAddress): Float64Array {
  const drawn = new Float64Array(count);
  kernels.uniforms(stream, 0, drawn);
  return drawn;
}
