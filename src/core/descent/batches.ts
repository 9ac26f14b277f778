/** Mini-batches of stochastic gradient descent: which samples each update sees. */
import type { RandomKernels, StreamAddress } from '../kernels/randomContract.js';
import type { Batches } from '../kernels/state.js';

/** How batches are drawn. */
export interface Sampling {
  /** B, the samples of a batch */
  readonly size: number;
  /** whether samples are drawn independently of each other; otherwise each epoch takes every sample once */
  readonly replacement: boolean;
  readonly stream: StreamAddress;
}

/**
 * The batches of n samples. All starts of a descent have the same ones. Without replacement the samples pass by in a
 * fresh random order in each epoch, and a batch that an epoch does not fill takes the first samples of the next.
 */
export function sampledBatches(kernels: Pick<RandomKernels, 'uniforms'>, sampling: Sampling, samples: number): Batches {
  const { size } = sampling;
  const places = sampling.replacement
    ? independentPlaces(kernels, sampling, samples)
    : shuffledPlaces(kernels, sampling, samples);
  return { size, rows: (first, updates) => places(first * size, updates * size) };
}

/** Places from, …, from + count − 1 in the sequence of samples. */
type Places = (from: number, count: number) => Int32Array;

/** A block of the stream gives two numbers. */
const PER_BLOCK = 2;

function uniformsAt(
  kernels: Pick<RandomKernels, 'uniforms'>,
  stream: StreamAddress,
  from: number,
  count: number,
): Float64Array {
  const skipped = from % PER_BLOCK;
  const out = new Float64Array(skipped + count);
  kernels.uniforms(stream, (from - skipped) / PER_BLOCK, out);
  return out.subarray(skipped);
}

function independentPlaces(kernels: Pick<RandomKernels, 'uniforms'>, { stream }: Sampling, samples: number): Places {
  return (from, count) => {
    const uniforms = uniformsAt(kernels, stream, from, count);
    const places = new Int32Array(count);
    for (let i = 0; i < count; i++) places[i] = Math.floor(uniforms[i] * samples);
    return places;
  };
}

function shuffledPlaces(kernels: Pick<RandomKernels, 'uniforms'>, { stream }: Sampling, samples: number): Places {
  let kept: { readonly epoch: number; readonly order: Int32Array } | undefined;
  const orderOf = (epoch: number): Int32Array => {
    if (kept?.epoch !== epoch) kept = { epoch, order: shuffled(uniformsAt(kernels, stream, epoch * samples, samples)) };
    return kept.order;
  };
  return (from, count) => {
    const places = new Int32Array(count);
    for (let done = 0; done < count;) {
      const epoch = Math.floor((from + done) / samples);
      const passed = from + done - epoch * samples;
      const stretch = orderOf(epoch).subarray(passed, passed + count - done);
      places.set(stretch, done);
      done += stretch.length;
    }
    return places;
  };
}

/** The order that Fisher and Yates's shuffle makes of 0, 1, … with one uniform for each place. */
function shuffled(uniforms: Float64Array): Int32Array {
  const order = new Int32Array(uniforms.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  for (let last = order.length - 1; last > 0; last--) {
    const chosen = Math.floor(uniforms[last] * (last + 1));
    const other = order[chosen];
    order[chosen] = order[last];
    order[last] = other;
  }
  return order;
}
