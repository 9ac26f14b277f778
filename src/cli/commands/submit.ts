import type { SubmitConducting, Submitted, SubmitRequest } from '../../app/cluster/submission.js';
import { refuse } from '../../base/errors.js';
import { StudyControl } from '../../pool/control.js';
import { ENGINES } from '../definitions/words.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { printMerged } from '../merged.js';
import { parseChoice } from '../options.js';
import { ifGiven } from '../runOptions.js';
import { parsePoll, parseRounds, parseSettle, parseShards } from '../values.js';
import { countProgress } from '../progress.js';
import { queueUrl, type QueueOptions } from '../queueUrl.js';
import { warn } from '../say.js';
import { stopOnSignals } from '../signals.js';

interface Options extends QueueOptions {
  readonly engine: string;
  readonly plan: string;
  readonly store: string;
  readonly units?: string;
  readonly shards?: string;
  readonly rounds: string;
  readonly settle: string;
  readonly allowVolatile?: boolean;
  readonly poll: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

type Engine = (conducting: SubmitConducting) => Promise<Submitted>;

/** `basin submit`: performs a plan on an engine, until the store is complete. */
export const act = (setExitCode: SetExitCode) => async (extra: readonly string[], options: Options) => {
  const engine = parseChoice('--engine', options.engine, ENGINES);
  if (engine === 'bullmq' && extra.length > 0) refuse('further arguments of --engine bullmq', 'none', extra.join(' '));
  const submitted = await conduct(engine === 'slurm' ? await slurm(extra, options) : await queue(options));
  setExitCode(conclude(submitted, options.json === true));
};

async function slurm(extra: readonly string[], options: Options): Promise<Engine> {
  const request = {
    ...common(options),
    extra,
    rounds: parseRounds(options.rounds),
    settleSeconds: parseSettle(options.settle),
    units: options.units ?? refuse('--units with --engine slurm', 'given', 'nothing'),
    shards: ifGiven(options.shards, parseShards),
  };
  const { submitToSlurm } = await import('../../app/cluster/submitSlurm.js');
  return (conducting) => submitToSlurm(request, conducting);
}

async function queue(options: Options): Promise<Engine> {
  const request = { ...common(options), url: queueUrl(options), allowVolatile: options.allowVolatile === true };
  const { submitToQueue } = await import('../../app/cluster/submitQueue.js');
  return (conducting) => submitToQueue(request, conducting);
}

function common({ plan, store, poll, strict = false }: Options): SubmitRequest {
  return { plan, store, strict, pollSeconds: parsePoll(poll) };
}

async function conduct(engine: Engine): Promise<Submitted> {
  const progress = countProgress('units', 'in the store');
  const control = new StudyControl();
  const release = stopOnSignals(control, progress);
  try {
    return await engine({
      control,
      warn: progress.warn,
      say: progress.say,
      onProgress: progress.update,
      onMerging: progress.end,
    });
  } finally {
    release();
    progress.end();
  }
}

function conclude({ merged, ending, reasons, goesOn }: Submitted, json: boolean): ExitCodeValue {
  const code = printMerged(merged, json);
  reasons.forEach(warn);
  if (ending === 'complete' || code !== ExitCode.done) return code;
  if (ending === 'failed') return ExitCode.internal;
  warn(`stopped by a signal; ${goesOn}`);
  return ExitCode.stopped;
}
