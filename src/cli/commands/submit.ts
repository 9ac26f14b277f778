import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { ensureWritableDirectory } from '../../io/directory.js';
import { StudyControl } from '../../pool/control.js';
import { Collector } from '../../shards/collect.js';
import { runRounds, type RoundsEnding } from '../../shards/rounds.js';
import { Slurm } from '../../shards/slurm.js';
import { openStudy } from '../../store/open.js';
import { stopOnSignals } from '../conduct.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { parseChoice, parseDuration, parseInteger } from '../options.js';
import { countProgress } from '../progress.js';
import { arrayText, readOwnPlan } from '../shards.js';
import { concludeMerge } from './merge.js';

interface Options {
  readonly engine: string;
  readonly plan: string;
  readonly store: string;
  readonly units: string;
  readonly shards?: string;
  readonly rounds: string;
  readonly poll: string;
  readonly settle: string;
  readonly json?: boolean;
}

/** `basin submit`: a plan on an engine, until the store is complete. */
export function submitCommand(setExitCode: SetExitCode): Command {
  return new Command('submit')
    .description('submit what is missing, wait, merge, and again, until the study folder is complete')
    .argument('[extra...]', 'after --: further options for sbatch, e.g. -- --partition=long --time=4:00:00')
    .requiredOption('--engine <name>', 'slurm')
    .requiredOption('--plan <file>', 'the plan')
    .requiredOption('--store <dir>', 'study folder, on a disk of this machine')
    .requiredOption('--units <dir>', 'folder of unit results that all machines see')
    .option('--shards <n>', 'tasks of the array (default: one per unit, as many as Slurm allows)')
    .option('--rounds <k>', 'submit what is missing at most so many times', '5')
    .option('--poll <duration>', 'time between two looks at the queue', '10s')
    .option('--settle <duration>', 'how long a finished task may take to show its file', '5s')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin submit --engine slurm --plan plan.json --store study --units /shared/units -- --time=1:00:00\n')
    .action(async (extra: readonly string[], options: Options) => setExitCode(await submit(extra, options)));
}

async function submit(extra: readonly string[], options: Options): Promise<ExitCodeValue> {
  parseChoice('--engine', options.engine, ['slurm']);
  const plan = readOwnPlan(options.plan);
  const [most, pollSeconds, settleSeconds] = [parseInteger('--rounds', options.rounds, 1, 1000), parseDuration('--poll', options.poll), parseDuration('--settle', options.settle)];
  const slurm = new Slurm();
  const [units, logs] = [resolve(options.units), resolve(options.units, 'logs')];
  ensureWritableDirectory(units);
  mkdirSync(logs, { recursive: true });
  // The lock of the store keeps a second coordinator away.
  const store = openStudy(options.store, plan.content.identity);
  const progress = countProgress('units', 'in the store');
  const control = new StudyControl();
  const release = stopOnSignals(control, progress);
  try {
    const collector = new Collector(store, plan);
    const all = collector.units.length;
    const limit = await slurm.largestIndex();
    const shards = options.shards === undefined ? Math.min(all, limit + 1) : parseInteger('--shards', options.shards, 1, limit + 1);
    const name = `basin-${plan.hash.slice(0, 12)}`;
    const ending = await runRounds({
      slurm, arrayText, most, pollSeconds, settleSeconds,
      job: { name, extra, log: join(logs, '%a.log'), script: shardScript(resolve(options.plan), units, shards) },
      missingShards: () => {
        collector.collect(units);
        progress.update(all - collector.missing.size, all);
        return [...new Set(Array.from(collector.missing, (index) => index % shards))];
      },
      wait: (seconds) => pause(seconds, control),
      stopped: () => control.level !== 0,
      say: progress.say,
      onProgress: () => undefined,
    });
    progress.end();
    const code = await concludeMerge(store, collector, collector.collect(units), options.json === true);
    return concludeRounds(ending, { code, name, most, logs, shards: [...new Set(Array.from(collector.missing, (index) => index % shards))] });
  } finally {
    release();
    progress.end();
    store.close();
  }
}

/** The command of one task, for a POSIX shell. */
function shardScript(plan: string, units: string, shards: number): string {
  const program = fileURLToPath(new URL('../../../bin/basin.js', import.meta.url));
  return `exec ${[process.execPath, program, 'run', '--plan', plan, '--out', units].map(shellQuoted).join(' ')} --shard "$SLURM_ARRAY_TASK_ID/${shards}"`;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Waits, but not after a signal. */
async function pause(seconds: number, control: StudyControl): Promise<void> {
  for (let left = seconds; left > 0 && control.level === 0; left -= 0.2) await new Promise((wake) => { setTimeout(wake, 1000 * Math.min(left, 0.2)); });
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
    console.error(`basin: stopped by a signal; the jobs go on; this command continues, and scancel --name=${name} ends them`);
    return ExitCode.stopped;
  }
  for (const shard of shards) console.error(`basin: shard ${shard} has no result after ${most} rounds: ${lastLine(join(logs, `${shard}.log`))}`);
  return ExitCode.internal;
}

function lastLine(log: string): string {
  if (!existsSync(log)) return 'it left no log';
  return readFileSync(log, 'utf8').trimEnd().split('\n').at(-1) ?? 'its log is empty';
}
