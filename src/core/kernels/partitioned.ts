/**
 * The native kernels with large training sets cut into partitions: f_n = Σ_p (n_p/n) f_{n_p}, and so for its gradient
 * and its Hessian, added in the order of the partitions. Smaller training sets go straight to the native kernels. Here
 * one iteration takes many native calls, unlike elsewhere: at this size the work of a call is a hundred times its
 * overhead.
 */
import { throwIfCancelled } from '../../base/errors.js';
import type { Evaluation, Inputs, NativeKernels, Points, Problem, StreamAddress } from './contract.js';
import { paddedSamples, partitionAt, partitionCount } from './partitions.js';
import { descendBy } from './reference/stepping.js';
import { DRAWS_PER_PART, performPart, slotLength, type Team } from './team.js';

export interface PartitionOptions {
  /** who performs the parts; without it the caller performs them alone */
  readonly team?: Team | undefined;
  /** the number of partitions of every training set, instead of what its size says */
  readonly partitions?: number | undefined;
  readonly cancel?: Int32Array;
}

export function partitionedKernels(
  native: NativeKernels,
  { team, partitions: wanted, cancel }: PartitionOptions = {},
): NativeKernels {
  const alone = soloTeam(native, cancel);
  const crews = team === undefined ? [alone] : [team, alone];
  const countOf = ({ samples, dimension }: Size): number => partitionCount(samples, dimension, wanted);
  const evaluate = (problem: Problem, points: Points): Evaluation => {
    const partitions = countOf(problem.inputs);
    return partitions === 1 ? native.evaluate(problem, points) : evaluateParts(crews, problem, points, partitions);
  };
  return {
    ...native,
    allocateInputs: (samples, dimension) => {
      const values =
        countOf({ samples, dimension }) === 1 ? undefined : team?.allocate(paddedSamples(samples) * dimension);
      return values === undefined ? native.allocateInputs(samples, dimension) : { samples, dimension, values };
    },
    prepare: (inputs) => {
      const partitions = countOf(inputs);
      const { samples, dimension, values } = inputs;
      if (team?.owns(values) !== true || values.length < paddedSamples(samples) * dimension)
        return native.prepare(inputs);
      team.perform({ kind: 'prepare', inputs, partitions }, partitions);
      return { samples, dimension, values, layout: 'packed' };
    },
    evaluate,
    descend: (problem, state, updates, tolerance, stop) =>
      countOf(problem.inputs) === 1
        ? native.descend(problem, state, updates, tolerance, stop)
        : descendBy((points) => evaluate(problem, points), state, updates, tolerance, stop),
    hessianVector: (problem, points, directions, trainOutput) => {
      const partitions = countOf(problem.inputs);
      if (partitions === 1) return native.hessianVector(problem, points, directions, trainOutput);
      return multiplyParts(crews, problem, points, { directions, trainOutput }, partitions);
    },
    uniforms: (address, firstBlock, out) => {
      draw(native, team, 'uniforms', address, firstBlock, out);
    },
    normals: (address, firstBlock, out) => {
      draw(native, team, 'normals', address, firstBlock, out);
    },
  };
}

type Size = Pick<Inputs, 'samples' | 'dimension'>;

/** A team of one: the caller performs the parts one after the other. */
function soloTeam(native: NativeKernels, cancel: Int32Array | undefined): Team {
  let room = new Float64Array(0);
  return {
    allocate: () => undefined,
    owns: () => true,
    share: (values) => values,
    room: (length) => {
      if (room.length < length) room = new Float64Array(length);
      return room.subarray(0, length);
    },
    perform: (job, parts) => {
      for (let part = 0; part < parts; part++) {
        throwIfCancelled(cancel);
        performPart(native, job, part);
      }
    },
  };
}

// Streams are counter-based: a part has the same numbers as if all were drawn in one piece.
function draw(
  native: NativeKernels,
  team: Team | undefined,
  kind: 'uniforms' | 'normals',
  address: StreamAddress,
  firstBlock: number,
  out: Float64Array,
): void {
  if (team?.owns(out) === true)
    team.perform({ kind, address, firstBlock, out }, Math.ceil(out.length / DRAWS_PER_PART));
  else native[kind](address, firstBlock, out);
}

interface Enlisted {
  readonly team: Team;
  readonly problem: Problem;
  readonly room: Float64Array;
}

/** The first team that can see the problem and has enough shared memory. */
function enlist(teams: readonly Team[], problem: Problem, length: number): Enlisted {
  for (const team of teams) {
    if (!team.owns(problem.inputs.values)) continue;
    const [labels, room] = [team.share(problem.labels), team.room(length)];
    if (labels !== undefined && room !== undefined) return { team, problem: { ...problem, labels }, room };
  }
  throw new Error('no worker is there for these partitions');
}

function pointsLength({ weights, outputWeights }: Points): number {
  return weights.length + outputWeights.length;
}

/** The same points in the shared memory, from `offset` on. */
function copied({ starts, weights, outputWeights }: Points, room: Float64Array, offset: number): Points {
  const [middle, end] = [offset + weights.length, offset + weights.length + outputWeights.length];
  room.set(weights, offset);
  room.set(outputWeights, middle);
  return { starts, weights: room.subarray(offset, middle), outputWeights: room.subarray(middle, end) };
}

function evaluateParts(teams: readonly Team[], given: Problem, points: Points, partitions: number): Evaluation {
  const slotsLength = partitions * slotLength(points);
  const { team, problem, room } = enlist(teams, given, slotsLength + pointsLength(points));
  const slots = room.subarray(0, slotsLength);
  team.perform({ kind: 'evaluate', problem, points: copied(points, room, slotsLength), partitions, slots }, partitions);
  return meanOfSlots(slots, problem.inputs.samples, partitions, points);
}

interface Direction {
  readonly directions: Points;
  readonly trainOutput: boolean;
}

function multiplyParts(
  teams: readonly Team[],
  given: Problem,
  points: Points,
  { directions, trainOutput }: Direction,
  partitions: number,
): Points {
  const slotsLength = partitions * slotLength(points);
  const { team, problem, room } = enlist(teams, given, slotsLength + 2 * pointsLength(points));
  const slots = room.subarray(0, slotsLength);
  team.perform(
    {
      kind: 'hessian',
      problem,
      partitions,
      slots,
      trainOutput,
      points: copied(points, room, slotsLength),
      directions: copied(directions, room, slotsLength + pointsLength(points)),
    },
    partitions,
  );
  const { gradient, outputGradient } = meanOfSlots(slots, problem.inputs.samples, partitions, points);
  return { starts: points.starts, weights: gradient, outputWeights: outputGradient };
}

/** Σ_p (n_p/n) slot_p in the order of the partitions. */
function meanOfSlots(slots: Float64Array, samples: number, partitions: number, points: Points): Evaluation {
  const length = slotLength(points);
  const mean = new Float64Array(length);
  for (let p = 0; p < partitions; p++) {
    const share = partitionAt(samples, partitions, p).count / samples;
    const slot = slots.subarray(p * length, (p + 1) * length);
    for (let i = 0; i < length; i++) mean[i] += share * slot[i];
  }
  const [afterLoss, afterGradient] = [points.starts, points.starts + points.weights.length];
  return {
    loss: mean.slice(0, afterLoss),
    gradient: mean.slice(afterLoss, afterGradient),
    outputGradient: mean.slice(afterGradient, afterGradient + points.outputWeights.length),
  };
}
