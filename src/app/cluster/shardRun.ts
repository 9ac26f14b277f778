/** Performs one shard of a plan on this machine. */
import { performance } from 'node:perf_hooks';
import { ensureWritableDirectory } from '../../base/directory.js';
import { runShard, type ShardOptions, type ShardProgress } from '../../shards/shard.js';
import type { Warn } from '../warn.js';
import { announceMachine, experimentOfUnit, readOwnPlan, thisPlace } from './shards.js';

export interface ShardRequest extends Pick<ShardOptions, 'shard' | 'of' | 'workers' | 'directory'> {
  /** file of the plan */
  readonly plan: string;
  readonly strict: boolean;
}

export interface ShardConducting extends Pick<ShardOptions, 'control'> {
  readonly warn: Warn;
  readonly onProgress: (progress: ShardProgress) => void;
}

/** Performs the units of one shard. A unit that already has a complete result in the folder is skipped. */
export async function performShard(
  { plan: file, strict, ...request }: ShardRequest,
  { control, warn, onProgress }: ShardConducting,
): Promise<ShardProgress> {
  const plan = readOwnPlan(file);
  announceMachine(plan, strict, warn);
  ensureWritableDirectory(request.directory);
  return await runShard({
    ...request,
    plan,
    control,
    onProgress,
    place: thisPlace(),
    experimentOf: experimentOfUnit,
    now: () => performance.now() / 1000,
  });
}
