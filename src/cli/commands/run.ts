import { basename, extname, join } from 'node:path';
import { Command } from 'commander';
import { refuse } from '../../core/errors.js';
import { SCALES } from '../../experiments/spec.js';
import { conductStudy } from '../conduct.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { parseChoice, parseDuration, parseLimits, parseWorkers, type LimitTexts } from '../options.js';
import { runPlanShard } from '../shardRun.js';
import { chooseStudy } from '../studyFile.js';

interface Options extends LimitTexts {
  readonly scale: string;
  readonly out?: string;
  readonly workers?: string;
  readonly budget?: string;
  readonly plan?: string;
  readonly shard?: string;
  readonly json?: boolean;
}

/** `basin run`: a study of one's own, or one shard of a plan. */
export function runCommand(setExitCode: SetExitCode): Command {
  return new Command('run')
    .description("run or continue a study of one's own; or, with --plan, one shard of a plan")
    .argument('[study.yaml]', 'a study file, see docs/studies.md')
    .option('--scale <scale>', `${SCALES.join(' | ')}; paper is the file as it stands`, 'paper')
    .option('--out <dir>', 'study folder (default: studies/…, named after the file); with --plan: where unit results go')
    .option('--workers <n>', 'worker threads (default: one per core; with --plan what the scheduler gives)')
    .option('--budget <duration>', 'stop after this time, e.g. 30m; the same command continues')
    .option('--trial-time <duration>', 'a trial that takes longer is cut and stored as censored, e.g. 10m; not with --plan')
    .option('--trial-memory <amount>', 'a trial that would hold more is not begun and stored as censored, e.g. 4GB; not with --plan')
    .option('--plan <file>', 'a plan made by basin plan -o')
    .option('--shard <i/N>', 'with --plan: the units whose number is i modulo N')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin run study.yaml --out study\n  basin run --plan plan.json --shard 0/8 --out units\n')
    .action(async (file: string | undefined, options: Options) => setExitCode(await run(file, options)));
}

async function run(file: string | undefined, options: Options): Promise<ExitCodeValue> {
  const { plan, out, workers, budget, json = false } = options;
  if (plan !== undefined) return await runPlan(plan, file, options);
  if (file === undefined) return refuse('basin run', 'given a study file or --plan', 'neither');
  const scale = parseChoice('--scale', options.scale, SCALES);
  const study = chooseStudy(file, scale);
  if (study === undefined) return ExitCode.usage;
  return await conductStudy({
    chosen: [study.chosen],
    identity: { seed: study.seed, scale, overrides: {} },
    workers: parseWorkers(workers),
    limits: parseLimits(options),
    directory: out ?? join('studies', `${basename(file, extname(file))}${scale === 'paper' ? '' : `-${scale}`}`),
    ...(budget === undefined ? {} : { budgetSeconds: parseDuration('--budget', budget) }),
  }, json);
}

async function runPlan(plan: string, file: string | undefined, { shard, out, workers, trialTime, trialMemory, json = false }: Options): Promise<ExitCodeValue> {
  if (file !== undefined) refuse('basin run', 'given a study file or --plan', `both, '${file}' and --plan`);
  if (shard === undefined || out === undefined) return refuse('--shard and --out with --plan', 'given', 'nothing');
  // A unit has every trial of its cells, whoever performs it.
  if (trialTime !== undefined || trialMemory !== undefined) return refuse('--trial-time and --trial-memory', 'given without --plan', 'both');
  return await runPlanShard({ plan, shard, out, json, ...(workers === undefined ? {} : { workers }) });
}
