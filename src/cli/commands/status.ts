import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from '../../base/errors.js';
import { formatSeconds } from '../../report/format.js';
import { studyDigest } from '../../shards/digest.js';
import { isDamaged, readUnit, unitFiles } from '../../shards/folder.js';
import { missingUnits } from '../../shards/merge.js';
import { unitsOf, type ShardPlan } from '../../shards/plan.js';
import { planUnits } from '../../shards/planUnits.js';
import { placesOf, type PlaceStatus } from '../../shards/status.js';
import type { UnitPlace } from '../../shards/unitFile.js';
import { STORE_FILE } from '../../store/folder.js';
import { readStudy } from '../../store/open.js';
import { key, named, numeric, prose } from '../../report/table.js';
import { print, printJson, table } from '../output.js';
import { namesQueue, queueUrl, type QueueOptions } from '../queueUrl.js';
import { say } from '../say.js';
import { experimentOfUnit, readOwnPlan } from '../../app/cluster/shards.js';

interface Options extends QueueOptions {
  readonly plan: string;
  readonly store?: string;
  readonly units?: string;
  readonly json?: boolean;
}

/** `basin status`: how far a study on several machines is. */
export const act = () => async (options: Options) => {
  if (options.store === undefined && options.units === undefined && !namesQueue(options)) refuse('basin status', 'given --store, --units or --queue', 'none of them');
  const status = await statusOf(readOwnPlan(options.plan), options);
  if (options.json) printJson(status);
  else print(describe(status));
};

interface Queued {
  readonly running: number;
  readonly waiting: number;
  readonly completed: number;
  readonly failed: readonly { readonly unit: number; readonly error: string }[];
}

interface Status {
  readonly units: number;
  /** units that the store has, or that have a whole result in the folder */
  readonly done: number;
  readonly damaged: readonly string[];
  /** of what the store has */
  readonly digest: string | null;
  readonly queue: Queued | null;
  readonly places: readonly PlaceStatus[];
  /** core seconds of the units that are not done, at the speed seen so far; null before any is done */
  readonly coreSecondsLeft: number | null;
}

async function statusOf(plan: ShardPlan, options: Options): Promise<Status> {
  const { store, units } = options;
  const missing = new Set(unitsOf(plan).map(({ index }) => index));
  const [digest, found] = [store === undefined ? null : subtractStore(plan, store, missing), units === undefined ? { places: [], damaged: [] } : subtractFolder(plan, units, missing)];
  const all = unitsOf(plan).length;
  const places = placesOf(found.places);
  const cost = found.places.reduce((sum, place) => sum + place.seconds * place.workers, 0) / found.places.length;
  return {
    units: all, done: all - missing.size, damaged: found.damaged, digest, places,
    queue: namesQueue(options) ? await queueStatus(plan, queueUrl(options)) : null,
    coreSecondsLeft: found.places.length === 0 ? null : cost * missing.size,
  };
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

function subtractFolder(plan: ShardPlan, directory: string, missing: Set<number>): { readonly places: UnitPlace[]; readonly damaged: string[] } {
  const planned = planUnits(plan, experimentOfUnit);
  const [places, damaged]: [UnitPlace[], string[]] = [[], []];
  for (const index of unitFiles(directory)) {
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

async function queueStatus(plan: ShardPlan, url: string): Promise<Queued> {
  const [{ connectBroker }, { UnitQueue }] = await Promise.all([import('../../shards/queue/broker.js'), import('../../shards/queue/jobs.js')]);
  const queue = new UnitQueue(await connectBroker(url, say), plan);
  try {
    return { ...(await queue.counts()), failed: await queue.failed() };
  } finally {
    await queue.close();
  }
}

function describe({ units, done, damaged, digest, queue, places, coreSecondsLeft }: Status): string {
  const rows = places.map((place) => [place.host, place.cpu, place.blas, place.vector, String(place.units), formatSeconds(place.coreSecondsPerUnit)]);
  return [
    `${done} of ${units} units done${coreSecondsLeft === null || done === units ? '' : `, about ${formatSeconds(coreSecondsLeft)} of core time left`}`,
    ...(queue === null ? [] : [`queue: ${queue.running} running, ${queue.waiting} waiting, ${queue.completed} to be stored, ${queue.failed.length} given up`, ...queue.failed.map(({ unit, error }) => `unit ${unit} was given up: ${error}`)]),
    ...(places.length === 0 ? [] : ['', table([key(named('host')), prose('processor'), ...['BLAS kernel', 'vectors'].map(named), ...['units', 'core time a unit'].map((title) => numeric(title))], rows)]),
    ...damaged.map((line) => `ignored: ${line}`),
    ...(digest === null ? [] : [`digest: ${digest}`]),
  ].join('\n');
}
