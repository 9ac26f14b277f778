/**
 * The work on one large training set, in parts that any member of a team may perform. The bits of a part do not depend
 * on the member.
 */
import type { DescentKernels, Inputs, NativeKernels, Points, Problem, StreamAddress } from './contract.js';
import { partitionAt } from './partitions.js';

/** Numbers of a stream into `out`, a multiple of `DRAWS_PER_PART` at a time. */
export interface DrawJob {
  readonly kind: 'uniforms' | 'normals';
  readonly address: StreamAddress;
  readonly firstBlock: number;
  readonly out: Float64Array;
}

/** Row-major inputs into the packed layout, in place. */
export interface PrepareJob {
  readonly kind: 'prepare';
  readonly inputs: Inputs;
  readonly partitions: number;
}

/** Loss and gradient of each partition, as means over its own samples, into its slot. */
export interface EvaluateJob {
  readonly kind: 'evaluate';
  readonly problem: Problem;
  readonly points: Points;
  readonly partitions: number;
  /** (partitions, slotLength) */
  readonly slots: Float64Array;
}

/** Hessian–vector products in the same way. */
export interface HessianJob extends Omit<EvaluateJob, 'kind'> {
  readonly kind: 'hessian';
  readonly directions: Points;
  readonly trainOutput: boolean;
}

export type Job = DrawJob | PrepareJob | EvaluateJob | HessianJob;

/**
 * The members' shared memory, and their work. Where a request does not fit into the memory (undefined), the caller
 * works alone.
 */
export interface Team {
  /** An array of zeros in shared memory, valid until the trial ends. */
  allocate(length: number): Float64Array | undefined;
  /** True when the array lies in shared memory. */
  owns(values: Float64Array): boolean;
  /** A copy of the numbers in shared memory, valid until others are shared. They must not change afterwards. */
  share(values: Float64Array): Float64Array | undefined;
  /** Shared memory for this many numbers, valid until the next request. */
  room(length: number): Float64Array | undefined;
  /** Performs parts 0 … parts − 1 of a job, each once. Throws `Cancelled` when it is cancelled. */
  perform(job: Job, parts: number): void;
}

/** Even, and so many that handing out a part is worth its cost. */
export const DRAWS_PER_PART = 2 ** 18;

/**
 * Doubles of a slot: loss (L), gradient in W and in v; filled up to whole cache lines, so that no two members write to
 * the same one.
 */
export function slotLength({ starts, weights, outputWeights }: Points): number {
  return Math.ceil((starts + weights.length + outputWeights.length) / 8) * 8;
}

type Kernels = Pick<DescentKernels, 'prepare' | 'evaluate' | 'hessianVector'> &
  Pick<NativeKernels, 'uniforms' | 'normals'>;

/** Performs one part of a job. */
export function performPart(kernels: Kernels, job: Job, part: number): void {
  switch (job.kind) {
    case 'uniforms':
    case 'normals':
      draw(kernels, job, part);
      break;
    case 'prepare':
      kernels.prepare(inputsOf(job.inputs, job.partitions, part));
      break;
    case 'evaluate':
      evaluate(kernels, job, part);
      break;
    case 'hessian':
      multiplyHessian(kernels, job, part);
      break;
  }
}

function draw(kernels: Kernels, { kind, address, firstBlock, out }: DrawJob, part: number): void {
  const first = part * DRAWS_PER_PART;
  kernels[kind](address, firstBlock + first / 2, out.subarray(first, first + DRAWS_PER_PART));
}

function inputsOf<T extends Inputs>(inputs: T, partitions: number, part: number): T {
  const { samples, dimension, values } = inputs;
  const { first, count } = partitionAt(samples, partitions, part);
  // The padding of the layout follows the last partition.
  const end = part === partitions - 1 ? values.length : (first + count) * dimension;
  return { ...inputs, samples: count, values: values.subarray(first * dimension, end) };
}

function problemOf(problem: Problem, partitions: number, part: number): Problem {
  const { first, count } = partitionAt(problem.inputs.samples, partitions, part);
  return {
    ...problem,
    inputs: inputsOf(problem.inputs, partitions, part),
    labels: problem.labels.subarray(first, first + count),
  };
}

function slotOf({ slots, points }: EvaluateJob | HessianJob, part: number): Float64Array {
  const length = slotLength(points);
  return slots.subarray(part * length, (part + 1) * length);
}

function evaluate(kernels: Kernels, job: EvaluateJob, part: number): void {
  const { loss, gradient, outputGradient } = kernels.evaluate(problemOf(job.problem, job.partitions, part), job.points);
  const slot = slotOf(job, part);
  slot.set(loss);
  slot.set(gradient, loss.length);
  slot.set(outputGradient, loss.length + gradient.length);
}

function multiplyHessian(kernels: Kernels, job: HessianJob, part: number): void {
  const { weights, outputWeights } = kernels.hessianVector(
    problemOf(job.problem, job.partitions, part),
    job.points,
    job.directions,
    job.trainOutput,
  );
  const slot = slotOf(job, part);
  slot.set(weights, job.points.starts);
  slot.set(outputWeights, job.points.starts + weights.length);
}
