import { Command } from 'commander';
import { SCALES } from '../../experiments/spec.js';
import { resolveValues } from '../../study/values.js';
import { chosenExperiments } from '../chosen.js';
import type { SetExitCode } from '../exit.js';
import { conductNight, type NightRequest } from '../night.js';
import { DEFAULT_WORKERS, parseChoice, parseDuration, parseInteger, parseWorkers, STRICT } from '../options.js';

interface Options {
  readonly scale: string;
  readonly budget: string;
  readonly keep: string;
  readonly out: string;
  readonly workers?: string;
  readonly seed?: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** `basin nightly`: the papers at full scale, night after night. */
export function nightlyCommand(setExitCode: SetExitCode): Command {
  return new Command('nightly')
    .description('run all experiments within a budget, continuing the night before: history, page, JUnit, a verdict for every published number')
    .argument('[ids...]', "experiment ids (see basin list), or 'all' (the default)")
    .option('--scale <scale>', SCALES.join(' | '), 'paper')
    .option('--budget <duration>', 'end the night after this time, e.g. 20m', '6h')
    .option('--keep <n>', 'rounds whose studies are kept; the history keeps all', '30')
    .option('--out <dir>', 'folder of all nights', 'nightly')
    .option('--workers <n>', `worker threads (default: ${DEFAULT_WORKERS})`)
    .option('--seed <n>', 'study seed of every round (default: the number of the round)')
    .option('--strict', STRICT)
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin nightly --budget 6h --keep 30 --out nightly\n')
    .action(async (ids: readonly string[], options: Options) => setExitCode(await conductNight(parseRequest(ids, options), options.json === true)));
}

function parseRequest(ids: readonly string[], options: Options): NightRequest {
  const scale = parseChoice('--scale', options.scale, SCALES);
  return {
    chosen: chosenExperiments(ids).map((experiment) => ({ experiment, values: resolveValues(experiment, scale, new Map()) })),
    scale,
    budgetSeconds: parseDuration('--budget', options.budget),
    keep: parseInteger('--keep', options.keep, 1, 1e6),
    directory: options.out,
    workers: parseWorkers(options.workers),
    strict: options.strict === true,
    ...(options.seed === undefined ? {} : { seed: parseInteger('--seed', options.seed, 0, Number.MAX_SAFE_INTEGER) }),
  };
}
