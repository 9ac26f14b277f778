/** `basin run --plan FILE --shard i/N --out DIR`. */
import { performShard } from '../app/cluster/shardRun.js';
import { decimal } from '../base/decimal.js';
import { refuse } from '../base/errors.js';
import { StudyControl } from '../pool/control.js';
import type { ShardProgress } from '../shards/shard.js';
import { ExitCode, type ExitCodeValue } from './exit.js';
import { print, printJson } from './output.js';
import { countProgress } from './progress.js';
import { parseTaskWorkers } from './runOptions.js';
import { warn } from './say.js';
import { stopOnSignals } from './signals.js';

export interface ShardRunOptions {
  readonly plan: string;
  /** i/N */
  readonly shard: string;
  readonly out: string;
  readonly workers?: string;
  readonly strict: boolean;
  readonly json?: boolean;
}

/** Performs the units of one shard. */
export async function runPlanShard(options: ShardRunOptions): Promise<ExitCodeValue> {
  const [shard, of] = parseShard(options.shard);
  const workers = parseTaskWorkers(options.workers);
  const progress = countProgress(`shard ${shard}/${of}`, 'units');
  const control = new StudyControl();
  const release = stopOnSignals(control, progress);
  try {
    const result = await performShard(
      { plan: options.plan, shard, of, workers, directory: options.out, strict: options.strict },
      {
        control,
        warn: progress.warn,
        onProgress: ({ done, units }) => {
          progress.update(done, units);
        },
      },
    );
    progress.end();
    report(result, options);
    if (result.done === result.units) return ExitCode.done;
    warn('stopped by a signal; the same command continues');
    return ExitCode.stopped;
  } finally {
    release();
    progress.end();
  }
}

function report({ units, done, performed }: ShardProgress, { out, json }: ShardRunOptions): void {
  if (json === true) printJson({ out, units, done, performed });
  else print(`${out}: ${done} of ${units} units of this shard, ${performed} performed now`);
}

/** Parses `i/N` with 0 ≤ i < N. */
export function parseShard(text: string): readonly [number, number] {
  const [shard, of] = text.split('/').map(decimal);
  const fits =
    text.split('/').length === 2 &&
    Number.isInteger(shard) &&
    Number.isInteger(of) &&
    shard >= 0 &&
    shard < of &&
    of <= 1e6;
  return fits ? [shard, of] : refuse('--shard', 'i/N with 0 ≤ i < N ≤ 1000000, e.g. 0/8', text);
}
