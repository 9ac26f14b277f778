import { wordsOf, wordsWith, type Word, type WordWith } from '../../base/vocabulary.js';
import type { RandomKernels, StreamAddress } from '../kernels/contract.js';
import { drawSigns, frobeniusNorm } from './teachers.js';

/** For starts around W*: the distance from W* in units of r, from one uniform number and the number of entries of W. */
interface Around {
  readonly description: string;
  readonly from: 'teacher';
  readonly depth: (uniform: number, size: number) => number;
}

/** For starts independent of W*: drawn at a scale, or computed from the training set by the tensor initialization. */
interface Elsewhere {
  readonly description: string;
  readonly from: 'origin' | 'training set';
}

/** The table of starts W₀. */
export const STARTS = {
  sphere: { description: 'uniform on the sphere ‖W0 − W*‖_F = radius·‖W*‖_F', from: 'teacher', depth: () => 1 },
  ball: { description: 'uniform in that ball', from: 'teacher', depth: (uniform, size) => uniform ** (1 / size) },
  gaussian: { description: 'N(0, startScale²) entries', from: 'origin' },
  tensor: { description: 'the tensor initialization', from: 'training set' },
} as const satisfies Readonly<Record<string, Around | Elsewhere>>;

export type StartName = Word<typeof STARTS>;

export const START_NAMES = wordsOf(STARTS);

/** The starts around a teacher. */
export type StartLaw = WordWith<typeof STARTS, { readonly from: 'teacher' }>;

export const START_LAWS: readonly StartLaw[] = wordsWith(STARTS, { from: 'teacher' });

export function isAroundTeacher(name: string): name is StartLaw {
  return (START_LAWS as readonly string[]).includes(name);
}

/** L starts around a centre of D entries, with r = radius·‖centre‖_F: (L, D). */
export function drawStarts(
  kernels: RandomKernels,
  law: StartLaw,
  centre: Float64Array,
  starts: number,
  radius: number,
  stream: StreamAddress,
): Float64Array {
  const { depth }: Around = STARTS[law];
  const size = centre.length;
  const weights = new Float64Array(starts * size);
  kernels.normals(stream, 0, weights);
  const uniforms = new Float64Array(starts);
  kernels.uniforms(stream, Math.ceil(weights.length / 2), uniforms);
  for (let l = 0; l < starts; l++) {
    const start = weights.subarray(l * size, (l + 1) * size);
    placeAround(start, centre, depth(uniforms[l], size) * radius * frobeniusNorm(centre));
  }
  return weights;
}

/** direction ← centre + distance·direction/‖direction‖ */
function placeAround(direction: Float64Array, centre: Float64Array, distance: number): void {
  const factor = distance / frobeniusNorm(direction);
  for (let j = 0; j < centre.length; j++) direction[j] = centre[j] + factor * direction[j];
}

/** L starts with independent N(0, scale²) entries: (L, D) from `size` = L·D numbers. */
export function drawGaussianStarts(
  kernels: RandomKernels,
  size: number,
  scale: number,
  stream: StreamAddress,
): Float64Array {
  const weights = new Float64Array(size);
  kernels.normals(stream, 0, weights);
  return weights.map((w) => scale * w);
}

type DrawOutput = (kernels: RandomKernels, size: number, stream: StreamAddress) => Float64Array;

/** The table of laws of v₀. */
export const OUTPUT_STARTS = {
  rademacher: { description: 'independent ±1', draw: drawSigns },
  ones: { description: '1', draw: (_kernels, size) => new Float64Array(size).fill(1) },
} as const satisfies Readonly<Record<string, { readonly description: string; readonly draw: DrawOutput }>>;

export type OutputStart = Word<typeof OUTPUT_STARTS>;

/** v₀ of `size` = L·K entries. */
export function drawOutputStarts(
  kernels: RandomKernels,
  law: OutputStart,
  size: number,
  stream: StreamAddress,
): Float64Array {
  return OUTPUT_STARTS[law].draw(kernels, size, stream);
}
