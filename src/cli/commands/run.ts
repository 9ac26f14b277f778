import { Command } from 'commander';
import { refuse } from '../../core/errors.js';
import { SCALES } from '../../experiments/spec.js';
import { conductStudy } from '../conduct.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { DEFAULT_WORKERS, STRICT } from '../options.js';
import { forecastStudy } from '../forecast.js';
import { PILOT_SECONDS } from '../pilot.js';
import { quickRequestOfFile, requestOfFile, type RequestOptions } from '../request.js';
import { runPlanShard } from '../shardRun.js';

interface Options extends RequestOptions {
  readonly plan?: string;
  readonly shard?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `basin run`: a study of one's own, or one shard of a plan. */
export function runCommand(setExitCode: SetExitCode): Command {
  return new Command('run')
    .description("run or continue a study of one's own; or, with --plan, one shard of a plan")
    .argument('[study.yaml]', 'a study file, see docs/studies.md')
    .option('--scale <scale>', `${SCALES.join(' | ')}; paper is the file as it stands`, 'paper')
    .option('--out <dir>', 'study folder (default: studies/…, named after the file); with --plan: where unit results go')
    .option('--workers <n>', `worker threads (default: ${DEFAULT_WORKERS}; with --plan what the scheduler gives)`)
    .option('--budget <duration>', 'stop after this time, e.g. 30m; the same command continues')
    .option('--trial-time <duration>', 'a trial that takes longer is cut and stored as censored, e.g. 10m; not with --plan')
    .option('--trial-memory <amount>', 'a trial that would hold more is not begun and stored as censored, e.g. 4GB; not with --plan')
    .option('--plan <file>', 'a plan made by basin plan -o')
    .option('--shard <i/N>', 'with --plan: the units whose number is i modulo N')
    .option('--dry-run', 'say what the study will take, after a short pilot, and write nothing')
    .option('--strict', STRICT)
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin run study.yaml --out study\n  basin run study.yaml --dry-run\n  basin run --plan plan.json --shard 0/8 --out units\n')
    .action(async (file: string | undefined, options: Options) => setExitCode(await run(file, options)));
}

async function run(file: string | undefined, options: Options): Promise<ExitCodeValue> {
  const { plan, dryRun = false, json = false } = options;
  if (plan !== undefined) return await runShard(plan, file, options);
  if (file === undefined) return refuse('basin run', 'given a study file or --plan', 'neither');
  const request = requestOfFile(file, options);
  if (request === undefined) return ExitCode.usage;
  if (!dryRun) return await conductStudy(request, json);
  await forecastStudy(request, { pilotSeconds: PILOT_SECONDS, json, quick: () => quickRequestOfFile(file, options) });
  return ExitCode.done;
}

async function runShard(plan: string, file: string | undefined, { shard, out, workers, trialTime, trialMemory, dryRun, strict = false, json = false }: Options): Promise<ExitCodeValue> {
  if (file !== undefined) refuse('basin run', 'given a study file or --plan', `both, '${file}' and --plan`);
  if (dryRun === true) refuse('--dry-run', 'given with a study file', '--plan; basin plan says what a study will take');
  if (shard === undefined || out === undefined) return refuse('--shard and --out with --plan', 'given', 'nothing');
  // A unit has every trial of its cells, whoever performs it.
  if (trialTime !== undefined || trialMemory !== undefined) return refuse('--trial-time and --trial-memory', 'given without --plan', 'both');
  return await runPlanShard({ plan, shard, out, strict, json, ...(workers === undefined ? {} : { workers }) });
}
