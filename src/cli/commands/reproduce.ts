import { join } from 'node:path';
import { Command } from 'commander';
import { MOST_PARTITIONS } from '../../core/kernels/partitions.js';
import { SCALES } from '../../experiments/spec.js';
import { parseOverrides } from '../../study/overrides.js';
import { resolveValues } from '../../study/values.js';
import { chosenExperiments } from '../chosen.js';
import { conductStudy, type StudyRequest } from '../conduct.js';
import type { SetExitCode } from '../exit.js';
import { parseChoice, parseDuration, parseInteger, parseLimits, parseWorkers, type LimitTexts } from '../options.js';

interface Options extends LimitTexts {
  readonly scale: string;
  readonly seed: string;
  readonly out?: string;
  readonly workers?: string;
  readonly budget?: string;
  readonly partitions?: string;
  readonly set: readonly string[];
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
    .option('--workers <n>', 'worker threads (default: one per core)')
    .option('--budget <duration>', 'stop after this time, e.g. 30m; the same command continues')
    .option('--trial-time <duration>', 'a trial that takes longer is cut and stored as censored, e.g. 10m')
    .option('--trial-memory <amount>', 'a trial that would hold more is not begun and stored as censored, e.g. 4GB')
    .option('--set <[ID.]key=value>', 'change a setting; may be repeated', (value: string, all: readonly string[]) => [...all, value], [] as readonly string[])
    .option('--partitions <n>', 'cut every training set into n partitions, worked on by all workers (default: very large ones only, by their size)')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin reproduce fu2018-fig3 --scale quick --set starts=10 --out fig3\n')
    .action(async (ids: readonly string[], options: Options) => setExitCode(await conductStudy(parseRequest(ids, options), options.json === true)));
}

function parseRequest(ids: readonly string[], options: Options): StudyRequest {
  const experiments = chosenExperiments(ids);
  const scale = parseChoice('--scale', options.scale, SCALES);
  const seed = parseInteger('--seed', options.seed, 0, Number.MAX_SAFE_INTEGER);
  const overrides = parseOverrides(options.set, experiments);
  const partitions = options.partitions === undefined ? undefined : parseInteger('--partitions', options.partitions, 1, MOST_PARTITIONS);
  const name = `${ids.length === 0 ? 'all' : ids.join('+')}-${scale}-seed${seed}`;
  return {
    chosen: experiments.map((experiment) => ({ experiment, values: resolveValues(experiment, scale, overrides.of(experiment.id)) })),
    identity: { seed, scale, overrides: overrides.byKey, partitions },
    workers: parseWorkers(options.workers),
    directory: options.out ?? join('studies', name),
    limits: parseLimits(options),
    ...(options.budget === undefined ? {} : { budgetSeconds: parseDuration('--budget', options.budget) }),
  };
}
