import { InputError, refuse } from '../../base/errors.js';
import { performStudy } from '../performing.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { printForecast } from '../forecasting.js';
import { PILOT_SECONDS } from '../../app/pilot.js';
import { quickRequestOfFile, requestOfFile, type RequestOptions } from '../request.js';
import { runPlanShard } from '../shardRun.js';

interface Options extends RequestOptions {
  readonly plan?: string;
  readonly shard?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `basin run`: a study of one's own, or one shard of a plan. */
export const act = (setExitCode: SetExitCode) => async (file: string | undefined, options: Options) => setExitCode(await run(file, options));

async function run(file: string | undefined, options: Options): Promise<ExitCodeValue> {
  const { plan, dryRun = false, json = false } = options;
  if (plan !== undefined) return await runShard(plan, file, options);
  if (file === undefined) return refuse('basin run', 'given a study file or --plan', 'neither');
  const request = requestOfFile(file, options);
  if (request === undefined) return ExitCode.usage;
  if (!dryRun) return await performStudy(request, json);
  await printForecast(request, { pilotSeconds: PILOT_SECONDS, json, quick: () => quickRequestOfFile(file, options) });
  return ExitCode.done;
}

async function runShard(plan: string, file: string | undefined, { shard, out, workers, trialTime, trialMemory, dryRun, strict = false, json = false }: Options): Promise<ExitCodeValue> {
  if (file !== undefined) refuse('basin run', 'given a study file or --plan', `both, '${file}' and --plan`);
  if (dryRun === true) refuse('--dry-run', 'given with a study file', '--plan; basin plan says what a study will take');
  if (shard === undefined || out === undefined) {
    const missing = [...(shard === undefined ? ['--shard i/N'] : []), ...(out === undefined ? ['--out DIR'] : [])];
    throw new InputError(`basin run --plan must be given with --shard i/N and --out DIR, got no ${missing.join(' and no ')}`);
  }
  // A unit has every trial of its cells, whoever performs it.
  if (trialTime !== undefined || trialMemory !== undefined) return refuse('--trial-time and --trial-memory', 'given without --plan', 'both');
  return await runPlanShard({ plan, shard, out, strict, json, ...(workers === undefined ? {} : { workers }) });
}
