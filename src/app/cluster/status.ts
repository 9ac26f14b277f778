/** The progress of a study on several machines. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { storedExperiment } from '../../definitions/stored.js';
import { studyDigest } from '../../shards/digest.js';
import { isDamaged, readUnit, unitFiles } from '../../shards/folder.js';
import { missingUnits } from '../../shards/merge.js';
import { stageOf, unitsOf, type ShardPlan } from '../../shards/plan.js';
import { planUnits } from '../../shards/planUnits.js';
import { stagesFrom } from '../../shards/stages.js';
import { placesOf, type PlaceStatus } from '../../shards/status.js';
import type { UnitPlace } from '../../shards/unitFile.js';
import { STORE_FILE } from '../../store/found.js';
import { readStudy } from '../../store/open.js';
import { experimentOfUnit, readOwnPlan } from './shards.js';

export interface QueueStatus {
  readonly running: number;
  readonly waiting: number;
  readonly completed: number;
  readonly failed: readonly { readonly unit: number; readonly error: string }[];
}

export interface ShardStatus {
  /** the stage that is shown: with a store the one that is open, or the last one, else that of the plan */
  readonly stage: number;
  readonly units: number;
  /** number of units that are in the store, or have a complete result in the folder */
  readonly done: number;
  readonly damaged: readonly string[];
  /** digest of the store's content */
  readonly digest: string | null;
  readonly queue: QueueStatus | null;
  readonly places: readonly PlaceStatus[];
  /** core seconds of the units that are not done, at the speed measured so far; null while none is done */
  readonly coreSecondsLeft: number | null;
}

/** Where to look. A place that is not given is not examined. */
export interface StatusRequest {
  /** file of the plan */
  readonly plan: string;
  /** folder of the study */
  readonly store: string | undefined;
  /** folder of unit results */
  readonly units: string | undefined;
  /** URL of the queue's server */
  readonly queue: string | undefined;
}

/** The progress of a study on several machines. */
export async function statusOf(
  { plan: file, store, units, queue }: StatusRequest,
  say: (text: string) => void,
): Promise<ShardStatus> {
  const plan = stageIn(store, readOwnPlan(file));
  const missing = new Set(unitsOf(plan).map(({ index }) => index));
  const [digest, found] = [
    store === undefined ? null : subtractStore(plan, store, missing),
    units === undefined ? { places: [], damaged: [] } : subtractFolder(plan, units, missing),
  ];
  const all = unitsOf(plan).length;
  const places = placesOf(found.places);
  const cost = found.places.reduce((sum, place) => sum + place.seconds * place.workers, 0) / found.places.length;
  return {
    stage: stageOf(plan),
    units: all,
    done: all - missing.size,
    damaged: found.damaged,
    digest,
    places,
    queue: queue === undefined ? null : await queueStatus(plan, queue, say),
    coreSecondsLeft: found.places.length === 0 ? null : cost * missing.size,
  };
}

/** The stage of a plan's study that a folder has come to; without a folder, the plan. */
function stageIn(directory: string | undefined, plan: ShardPlan): ShardPlan {
  if (directory === undefined || !existsSync(join(directory, STORE_FILE))) return plan;
  const store = readStudy(directory);
  try {
    const { open, complete } = store.snapshot(() => stagesFrom(store, plan, storedExperiment));
    return open ?? complete.at(-1) ?? plan;
  } finally {
    store.close();
  }
}

function subtractStore(plan: ShardPlan, directory: string, missing: Set<number>): string | null {
  if (!existsSync(join(directory, STORE_FILE))) return null;
  const store = readStudy(directory);
  try {
    return store.snapshot(() => {
      const lacking = new Set(missingUnits(store, plan).map(({ index }) => index));
      for (const index of missing) if (!lacking.has(index)) missing.delete(index);
      return studyDigest(store);
    });
  } finally {
    store.close();
  }
}

function subtractFolder(
  plan: ShardPlan,
  directory: string,
  missing: Set<number>,
): { readonly places: UnitPlace[]; readonly damaged: string[] } {
  const planned = planUnits(plan, experimentOfUnit);
  const [places, damaged]: [UnitPlace[], string[]] = [[], []];
  for (const index of unitFiles(directory, stageOf(plan))) {
    const result = readUnit(directory, planned, index);
    if (result === undefined) continue;
    if (isDamaged(result)) damaged.push(`${result.file}: ${result.reason}`);
    else {
      places.push(result.place);
      missing.delete(index);
    }
  }
  return { places, damaged };
}

async function queueStatus(plan: ShardPlan, url: string, say: (text: string) => void): Promise<QueueStatus> {
  const [{ connectBroker }, { UnitQueue }] = await Promise.all([
    import('../../shards/queue/broker.js'),
    import('../../shards/queue/jobs.js'),
  ]);
  const queue = new UnitQueue(await connectBroker(url, say), plan);
  try {
    return { ...(await queue.counts()), failed: await queue.failed() };
  } finally {
    await queue.close();
  }
}
