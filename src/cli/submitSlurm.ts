/** `basin submit --engine slurm`. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureWritableDirectory } from '../base/directory.js';
import { quoted } from '../base/quoted.js';
import { readText } from '../base/read.js';
import { StopLevel } from '../pool/control.js';
import { runRounds, type RoundsEnding } from '../shards/rounds.js';
import { Slurm } from '../shards/slurm.js';
import { concludeMerge } from './commands/merge.js';
import { warn } from './say.js';
import { pause } from './signals.js';
import { ExitCode, type ExitCodeValue } from './exit.js';
import { parseDuration, parseInteger } from './options.js';
import { arrayText } from '../shards/arrayText.js';
import { required, withSubmission, type Submission, type SubmitOptions } from './submission.js';

export async function submitToSlurm(extra: readonly string[], options: SubmitOptions): Promise<ExitCodeValue> {
  const most = parseInteger('--rounds', options.rounds, 1, 1000);
  const [pollSeconds, settleSeconds] = [parseDuration('--poll', options.poll), parseDuration('--settle', options.settle)];
  const units = resolve(required('slurm', '--units', options.units));
  const logs = join(units, 'logs');
  ensureWritableDirectory(units);
  ensureWritableDirectory(logs);
  return await withSubmission(options, async (submission) => {
    const { plan, store, collector, control, progress, show } = submission;
    const slurm = new Slurm();
    const limit = await slurm.largestIndex();
    const shards = options.shards === undefined ? Math.min(collector.units.length, limit + 1) : parseInteger('--shards', options.shards, 1, limit + 1);
    // The folder belongs to it: another coordinator may run the same plan into another one.
    const name = `basin-${plan.hash.slice(0, 12)}-${createHash('sha256').update(units).digest('hex').slice(0, 6)}`;
    const ending = await runRounds({
      slurm, arrayText, most, pollSeconds, settleSeconds,
      job: { name, extra, log: join(logs, '%a.log'), script: shardScript(resolve(options.plan), units, shards, options.strict === true) },
      missingShards: () => {
        collector.collect(units);
        return shardsWithWork(submission, shards);
      },
      wait: (seconds) => pause(seconds, control),
      stopped: () => control.level !== StopLevel.none,
      say: progress.say,
      onProgress: ({ running, pending, reason }) => { show(`${running} tasks running, ${pending} waiting${reason === '' ? '' : ` (${reason})`}`); },
    });
    progress.end();
    const code = await concludeMerge(store, collector, collector.collect(units), options.json === true);
    return concludeRounds(ending, { code, name, most, logs, shards: shardsWithWork(submission, shards) });
  });
}

/** A unit whose result is in conflict is not performed again: it would be again. */
function shardsWithWork({ collector: { missing, refused } }: Submission, shards: number): number[] {
  return [...new Set([...missing].filter((index) => !refused.has(index)).map((index) => index % shards))];
}

/** The command of one task, for a POSIX shell. */
function shardScript(plan: string, units: string, shards: number, strict: boolean): string {
  const program = fileURLToPath(new URL('../../bin/basin.js', import.meta.url));
  return `exec ${[process.execPath, program, 'run', '--plan', plan, '--out', units].map(quoted).join(' ')} --shard "$SLURM_ARRAY_TASK_ID/${shards}"${strict ? ' --strict' : ''}`;
}

interface Conclusion {
  readonly code: ExitCodeValue;
  readonly name: string;
  readonly most: number;
  readonly logs: string;
  readonly shards: readonly number[];
}

function concludeRounds(ending: RoundsEnding, { code, name, most, logs, shards }: Conclusion): ExitCodeValue {
  if (ending === 'complete') return code;
  if (ending === 'stopped') {
    warn(`stopped by a signal; the jobs go on; the same command continues, and scancel --name=${name} ends them`);
    return ExitCode.stopped;
  }
  for (const shard of shards) warn(`shard ${shard} lacks results after ${most} rounds: ${lastLine(join(logs, `${shard}.log`))}`);
  return ExitCode.internal;
}

function lastLine(log: string): string {
  if (!existsSync(log)) return 'it left no log';
  return readText(log).trimEnd().split('\n').at(-1) ?? 'its log is empty';
}
