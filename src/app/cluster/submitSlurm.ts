/** Performs a plan on Slurm, and the stages that follow from its results, until the store is complete. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureWritableDirectory } from '../../base/directory.js';
import { refuse } from '../../base/errors.js';
import { installed } from '../../base/package.js';
import { quoted } from '../../base/quoted.js';
import { readText } from '../../base/read.js';
import { StopLevel } from '../../pool/control.js';
import type { Collector } from '../../shards/collect.js';
import { stageOf, writePlan, type ShardPlan } from '../../shards/plan.js';
import { runRounds } from '../../shards/rounds.js';
import { Slurm } from '../../shards/slurm.js';
import { pause } from '../pause.js';
import { submit, type SubmitConducting, type SubmitRequest, type Submitted } from './submission.js';

export interface SlurmRequest extends SubmitRequest {
  /** folder of unit results that all machines can access */
  readonly units: string;
  /** number of tasks in the job array; default: one for each unit, up to the limit of Slurm */
  readonly shards: number | undefined;
  /** maximal number of rounds */
  readonly rounds: number;
  readonly settleSeconds: number;
  /** further options of sbatch */
  readonly extra: readonly string[];
}

export async function submitToSlurm(
  request: SlurmRequest,
  conducting: SubmitConducting,
  slurm = new Slurm(),
): Promise<Submitted> {
  const { rounds: most, pollSeconds, settleSeconds, extra, strict } = request;
  const { control, say } = conducting;
  const units = resolve(request.units);
  const logs = join(units, 'logs');
  ensureWritableDirectory(units);
  ensureWritableDirectory(logs);
  return await submit(request, conducting, async ({ plan, collector, show }) => {
    const shards = shardsWithin(await slurm.largestIndex(), request.shards, collector.units.length);
    // The name contains a hash of the folder: another coordinator may run the same plan into another folder.
    const name = `basin-${plan.hash.slice(0, 12)}-${createHash('sha256').update(units).digest('hex').slice(0, 6)}`;
    const ending = await runRounds({
      slurm,
      most,
      pollSeconds,
      settleSeconds,
      say,
      job: {
        name,
        extra,
        log: join(logs, '%a.log'),
        script: shardScript(planFile(request.plan, plan, units), units, shards, strict),
      },
      missingShards: () => {
        collector.collect(units);
        return shardsWithWork(collector, shards);
      },
      wait: (seconds) => pause(seconds, control),
      stopped: () => control.level !== StopLevel.none,
      onProgress: ({ running, pending, reason }) => {
        show(`${running} tasks running, ${pending} waiting${reason === '' ? '' : ` (${reason})`}`);
      },
    });
    return () => {
      const damaged = collector.collect(units);
      const lacking = ending === 'exhausted' ? shardsWithWork(collector, shards) : [];
      return {
        damaged,
        ending: ending === 'exhausted' ? 'failed' : ending,
        reasons: lacking.map(
          (shard) => `shard ${shard} lacks results after ${most} rounds: ${lastLine(join(logs, `${shard}.log`))}`,
        ),
        goesOn: `the jobs go on; the same command continues, and scancel --name=${name} ends them`,
      };
    };
  });
}

/** The file from which all machines read the plan of a stage. The plans of later stages lie beside their results. */
function planFile(first: string, plan: ShardPlan, units: string): string {
  if (stageOf(plan) === 1) return resolve(first);
  const file = join(units, `stage-${stageOf(plan)}-${plan.hash.slice(0, 12)}.json`);
  writePlan(plan, file);
  return file;
}

function shardsWithin(limit: number, wanted: number | undefined, units: number): number {
  if (wanted === undefined) return Math.min(units, limit + 1);
  return wanted <= limit + 1
    ? wanted
    : refuse('--shards', `a whole number from 1 to ${limit + 1}, the longest array of this Slurm`, wanted);
}

/** A unit whose result is in conflict is not performed again: the new result would be in conflict too. */
function shardsWithWork({ missing, refused }: Collector, shards: number): number[] {
  return [...new Set([...missing].filter((index) => !refused.has(index)).map((index) => index % shards))];
}

/** The POSIX shell command of one task. */
function shardScript(plan: string, units: string, shards: number, strict: boolean): string {
  const program = installed('bin/basin.js');
  return `exec ${[process.execPath, program, 'run', '--plan', plan, '--out', units].map(quoted).join(' ')} --shard "$SLURM_ARRAY_TASK_ID/${shards}"${strict ? ' --strict' : ''}`;
}

function lastLine(log: string): string {
  if (!existsSync(log)) return 'it left no log';
  return readText(log).trimEnd().split('\n').at(-1) ?? 'its log is empty';
}
