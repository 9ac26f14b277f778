import { statusOf, type ShardStatus } from '../../app/cluster/status.js';
import { studyStatus } from '../../app/status.js';
import { refuse } from '../../base/errors.js';
import { formatSeconds } from '../../base/amounts.js';
import { key, named, numeric, prose } from '../../report/table.js';
import { print, printJson, table } from '../output.js';
import { describeStudy } from '../studyStatus.js';
import { namesQueue, queueUrl, type QueueOptions } from '../queueUrl.js';
import { say } from '../say.js';

interface Options extends QueueOptions {
  readonly plan?: string;
  readonly store?: string | undefined;
  readonly units?: string;
  readonly json?: boolean;
}

/** `basin status`: reports the progress of a study in its folder, or of a plan on several machines. */
export const act = () => async (directory: string | undefined, options: Options) => {
  if (options.plan === undefined) {
    showStudy(requireFolder(directory, options), options.json);
    return;
  }
  await showPlan(options.plan, { ...options, store: options.store ?? directory });
};

/** A folder without a plan, and nothing that needs one. */
function requireFolder(directory: string | undefined, { store, units, ...options }: Options): string {
  const folder = directory ?? store;
  if (folder === undefined) refuse('basin status', 'given a study folder, or --plan', 'neither of them');
  if (units !== undefined || namesQueue(options)) refuse('--units and --queue', 'given with --plan', 'none');
  return folder;
}

function showStudy(directory: string, json = false): void {
  const status = studyStatus(directory);
  if (json) printJson(status);
  else print(describeStudy(status));
}

async function showPlan(plan: string, options: Options): Promise<void> {
  const { store, units } = options;
  if (store === undefined && units === undefined && !namesQueue(options))
    refuse('basin status', 'given --store, --units or --queue', 'none of them');
  const status = await statusOf(
    { plan, store, units, queue: namesQueue(options) ? queueUrl(options) : undefined },
    say,
  );
  if (options.json) printJson(status);
  else print(describe(status));
}

function describe({ stage, units, done, damaged, digest, queue, places, coreSecondsLeft }: ShardStatus): string {
  const rows = places.map((place) => [
    place.host,
    place.cpu,
    place.blas,
    place.vector,
    String(place.units),
    formatSeconds(place.coreSecondsPerUnit),
  ]);
  return [
    `${stage === 1 ? '' : `stage ${stage}: `}${done} of ${units} units done${coreSecondsLeft === null || done === units ? '' : `, about ${formatSeconds(coreSecondsLeft)} of core time left`}`,
    ...(queue === null
      ? []
      : [
          `queue: ${queue.running} running, ${queue.waiting} waiting, ${queue.completed} to be stored, ${queue.failed.length} given up`,
          ...queue.failed.map(({ unit, error }) => `unit ${unit} was given up: ${error}`),
        ]),
    ...(places.length === 0
      ? []
      : [
          '',
          table(
            [
              key(named('host')),
              prose('processor'),
              ...['BLAS kernel', 'vectors'].map(named),
              ...['units', 'core time a unit'].map((title) => numeric(title)),
            ],
            rows,
          ),
        ]),
    ...damaged.map((line) => `ignored: ${line}`),
    ...(digest === null ? [] : [`digest: ${digest}`]),
  ].join('\n');
}
