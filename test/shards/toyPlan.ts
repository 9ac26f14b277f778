/** Toy experiments as plans. */
import { findExperiment } from '../pool/fixtures/laboratory.mjs';
import { StudyControl } from '../../src/pool/control.js';
import { makePlan, type ShardPlan } from '../../src/shards/plan.js';
import { runShard, type ShardOptions, type ShardProgress } from '../../src/shards/shard.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { IDENTITY, LABORATORY, WORKER } from '../study/toy.js';

export const MACHINE = { blas: 'a kernel', openblas: '1.0', vector: 'a target', v8: '1.0', platform: 'a system' };
export const PLACE = { cpu: 'a processor', build: 'this', ...MACHINE };

export function toyPlan(
  ids: readonly string[],
  {
    set = {},
    unitTrials = 7,
    build = 'this',
  }: { set?: Record<string, string>; unitTrials?: number; build?: string } = {},
): ShardPlan {
  const chosen = ids
    .map(findExperiment)
    .map((experiment) => ({
      experiment,
      values: resolveValues(
        experiment,
        'smoke',
        new Map(Object.entries(set).filter(([key]) => key in experiment.settings)),
      ),
    }));
  return makePlan({
    identity: IDENTITY,
    chosen,
    build,
    machine: MACHINE,
    unitSeconds: unitTrials,
    secondsPerTrial: () => 1,
  });
}

export async function runToyShard(
  plan: ShardPlan,
  shard: number,
  of: number,
  directory: string,
  more: Partial<ShardOptions> = {},
): Promise<ShardProgress> {
  return await runShard({
    plan,
    shard,
    of,
    directory,
    workers: 2,
    control: new StudyControl(),
    place: PLACE,
    experimentOf: ({ experiment }) => findExperiment(experiment.id),
    now: () => 0,
    worker: WORKER,
    laboratory: LABORATORY,
    ...more,
  });
}
