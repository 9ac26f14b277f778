/** Derivatives of the logarithms of the input laws' densities: exact score functions. */
import { inputLaw, type InputLaw } from '../networks/inputs.js';
import type { LogDensityDerivatives } from './derivatives.js';
import type { LogDensity } from './logDensity.js';

/** Derivatives of log f of a law at points (P, d), in full up to the order that is asked for (2 or 4). */
export function exactDerivatives(
  law: InputLaw,
  points: Float64Array,
  dimension: number,
  highest: 2 | 4,
): LogDensityDerivatives {
  const count = points.length / dimension;
  const tensors = Array.from({ length: highest }, (_, m) => new Float64Array(count * dimension ** (m + 1)));
  for (let p = 0; p < count; p++)
    addPoint(inputLaw(law).logDensity, points.subarray(p * dimension, (p + 1) * dimension), p, tensors);
  const [first, second, third, fourth] = tensors as [Float64Array, Float64Array, Float64Array?, Float64Array?];
  return { points: count, dimension, first, second, ...(third && { third }), ...(fourth && { fourth }) };
}

function addPoint({ coordinate, sum }: LogDensity, x: Float64Array, p: number, tensors: readonly Float64Array[]): void {
  const d = x.length;
  const alongSum = sum?.(x.reduce((total, xj) => total + xj, 0));
  const alongAxes = Array.from(x, coordinate);
  tensors.forEach((tensor, m) => {
    const size = d ** (m + 1);
    const own = tensor.subarray(p * size, (p + 1) * size);
    if (alongSum !== undefined) own.fill(alongSum[m]);
    // Entry (j, …, j) lies at j (1 + d + … + d^m).
    const diagonal = d === 1 ? 1 : (size - 1) / (d - 1);
    for (let j = 0; j < d; j++) own[j * diagonal] += alongAxes[j][m];
  });
}
