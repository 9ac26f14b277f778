import type { RandomKernels, StreamAddress } from './kernels/contract.js';
import { drawSigns, frobeniusNorm } from './teachers.js';

/** Where a start W₀ lies relative to the centre W*: uniform on the sphere ‖W₀ − W*‖_F = r, or uniform in that ball. */
export const START_LAWS = ['sphere', 'ball'] as const;
export type StartLaw = (typeof START_LAWS)[number];

/** L starts around a centre of D entries, with r = radius·‖centre‖_F: (L, D). */
export function drawStarts(kernels: RandomKernels, law: StartLaw, centre: Float64Array, starts: number, radius: number, stream: StreamAddress): Float64Array {
  const size = centre.length;
  const weights = new Float64Array(starts * size);
  kernels.normals(stream, 0, weights);
  const shrink = new Float64Array(starts);
  kernels.uniforms(stream, Math.ceil(weights.length / 2), shrink);
  for (let l = 0; l < starts; l++) {
    const start = weights.subarray(l * size, (l + 1) * size);
    const depth = law === 'ball' ? shrink[l] ** (1 / size) : 1;
    placeAround(start, centre, depth * radius * frobeniusNorm(centre));
  }
  return weights;
}

/** direction ← centre + distance·direction/‖direction‖ */
function placeAround(direction: Float64Array, centre: Float64Array, distance: number): void {
  const factor = distance / frobeniusNorm(direction);
  for (let j = 0; j < centre.length; j++) direction[j] = centre[j] + factor * direction[j];
}

/** L starts with independent N(0, scale²) entries, wherever W* is: (L, D) from `size` = L·D numbers. */
export function drawGaussianStarts(kernels: RandomKernels, size: number, scale: number, stream: StreamAddress): Float64Array {
  const weights = new Float64Array(size);
  kernels.normals(stream, 0, weights);
  return weights.map((w) => scale * w);
}

/** Laws of v₀: `rademacher` independent ±1, `ones` 1. */
export const OUTPUT_STARTS = ['rademacher', 'ones'] as const;
export type OutputStart = (typeof OUTPUT_STARTS)[number];

/** v₀ of `size` = L·K entries. */
export function drawOutputStarts(kernels: RandomKernels, law: OutputStart, size: number, stream: StreamAddress): Float64Array {
  return law === 'ones' ? new Float64Array(size).fill(1) : drawSigns(kernels, size, stream);
}
