import { InputError, refuse } from '../../base/errors.js';
import { moduleExperiment } from '../../definitions/module.js';
import { isModule } from '../../base/fileKinds.js';
import { withOnDone } from '../onDone.js';
import { performStudy } from '../performing.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { printForecast } from '../forecasting.js';
import { PILOT_SECONDS } from '../../app/pilot.js';
import { quickRequestOfFile, requestOfFile, requestOfModule, type OwnOptions } from '../request.js';
import { runPlanShard } from '../shardRun.js';
import { givenFile } from '../studyNames.js';

interface Options extends OwnOptions {
  readonly plan?: string;
  readonly shard?: string;
  readonly dryRun?: boolean;
  readonly live?: boolean;
  readonly onDone?: string;
  readonly json?: boolean;
}

/** `basin run`: runs a user's own study, or one shard of a plan. */
export const act = (setExitCode: SetExitCode) => async (file: string | undefined, options: Options) =>
  setExitCode(await run(file, options));

async function run(named: string | undefined, options: Options): Promise<ExitCodeValue> {
  const { plan, dryRun = false, live = false, json = false } = options;
  if (plan !== undefined) return await runShard(plan, named, options);
  const file = givenFile(named);
  const own = isModule(file) ? await moduleExperiment(file) : undefined;
  const request = own === undefined ? await requestOfFile(file, options) : requestOfModule(file, own, options);
  if (request === undefined) return ExitCode.usage;
  if (!dryRun) return await withOnDone(options.onDone, request.directory, () => performStudy(request, { json, live }));
  const smaller = own === undefined ? await quickRequestOfFile(file, options) : undefined;
  const quick = () => (own === undefined ? smaller : requestOfModule(file, own, { ...options, scale: 'quick' }));
  await printForecast(request, { pilotSeconds: PILOT_SECONDS, json, quick });
  return ExitCode.done;
}

async function runShard(plan: string, file: string | undefined, options: Options): Promise<ExitCodeValue> {
  const { shard, out, workers, strict = false, json = false } = options;
  if (file !== undefined) refuse('basin run', 'given a study file or --plan', `both, '${file}' and --plan`);
  requireOfPlan(options);
  if (shard === undefined || out === undefined) {
    const missing = [...(shard === undefined ? ['--shard i/N'] : []), ...(out === undefined ? ['--out DIR'] : [])];
    throw new InputError(
      `basin run --plan must be given with --shard i/N and --out DIR, got no ${missing.join(' and no ')}`,
    );
  }
  const asked = { plan, shard, out, strict, json, ...(workers === undefined ? {} : { workers }) };
  return await withOnDone(options.onDone, out, () => runPlanShard(asked));
}

/** Throws `InputError` for options that a plan does not take: it fixes what is run, and a unit has all its trials. */
function requireOfPlan({ seed, set, trials, precision, trialTime, trialMemory, dryRun, live }: Options): void {
  if (dryRun === true) refuse('--dry-run', 'given with a study file', '--plan; basin plan says what a study will take');
  if (live === true) refuse('--live', 'given with a study file', '--plan; basin status says how a plan gets on');
  if (precision !== undefined) refuse('--precision', 'given to basin plan', '--plan');
  const others = { '--seed': seed, '--set': set[0], '--trials': trials, '--trial-time': trialTime };
  for (const [option, value] of Object.entries({ ...others, '--trial-memory': trialMemory }))
    if (value !== undefined) refuse(option, 'given without --plan', 'both');
}
