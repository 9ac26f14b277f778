import { Command } from 'commander';
import { SCALES } from '../../experiments/spec.js';
import { conductStudy } from '../conduct.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { DEFAULT_WORKERS, STRICT } from '../options.js';
import { forecastStudy } from '../forecast.js';
import { PILOT_SECONDS } from '../pilot.js';
import { requestOfIds, type ExperimentsOptions } from '../request.js';

interface Options extends ExperimentsOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `basin reproduce`: runs or continues the papers' experiments, draws their figures and checks their claims. */
export function reproduceCommand(setExitCode: SetExitCode): Command {
  return new Command('reproduce')
    .description('run or continue experiments: figures, tables, report, claims')
    .argument('[ids...]', "experiment ids (see basin list), or 'all' (the default)")
    .option('--scale <scale>', SCALES.join(' | '), 'quick')
    .option('--seed <n>', 'study seed', '1')
    .option('--out <dir>', 'study folder (default: studies/…, named after the study)')
    .option('--workers <n>', `worker threads (default: ${DEFAULT_WORKERS})`)
    .option('--budget <duration>', 'stop after this time, e.g. 30m; the same command continues')
    .option('--trial-time <duration>', 'a trial that takes longer is cut and stored as censored, e.g. 10m')
    .option('--trial-memory <amount>', 'a trial that would hold more is not begun and stored as censored, e.g. 4GB')
    .option('--set <[ID.]key=value>', 'change a setting; may be repeated', (value: string, all: readonly string[]) => [...all, value], [] as readonly string[])
    .option('--partitions <n>', 'cut every training set into n partitions, worked on by all workers (default: very large ones only, by their size)')
    .option('--dry-run', 'say what it will take, after a short pilot, and write nothing')
    .option('--strict', STRICT)
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin reproduce fu2018-fig3 --scale quick --set starts=10 --out fig3\n  basin reproduce fu2018-fig3 --scale paper --dry-run\n')
    .action(async (ids: readonly string[], options: Options) => setExitCode(await reproduce(ids, options)));
}

async function reproduce(ids: readonly string[], options: Options): Promise<ExitCodeValue> {
  const { dryRun = false, json = false } = options;
  const request = requestOfIds(ids, options);
  if (!dryRun) return await conductStudy(request, json);
  await forecastStudy(request, { pilotSeconds: PILOT_SECONDS, json, quick: () => requestOfIds(ids, { ...options, scale: 'quick' }) });
  return ExitCode.done;
}
