import { Command } from 'commander';
import { InputError } from '../../core/errors.js';
import { findExperiment } from '../../experiments/registry.js';
import { SCALES } from '../../experiments/spec.js';
import type { PlanRequest } from '../../shards/plan.js';
import { ASSUMED_FLOPS_PER_SECOND } from '../../study/cost.js';
import { parseOverrides } from '../../study/overrides.js';
import { resolveValues } from '../../study/values.js';
import { ExitCode, type SetExitCode } from '../exit.js';
import { parseChoice, parseDuration, parseInteger } from '../options.js';
import { print } from '../output.js';
import { planLine, writeShardPlan } from '../shardPlan.js';
import { chooseStudy, isStudyFile } from '../studyFile.js';

interface Options {
  readonly scale?: string;
  readonly seed?: string;
  readonly set: readonly string[];
  readonly output: string;
  readonly unit: string;
}

type Study = Pick<PlanRequest, 'identity' | 'chosen'>;

/** `basin plan`: a study cut into units for several machines. */
export function planCommand(setExitCode: SetExitCode): Command {
  return new Command('plan')
    .description('cut a study into units for several machines')
    .argument('<what...>', 'experiment ids, or one study file')
    .option('--scale <scale>', `${SCALES.join(' | ')} (default: quick; of a study file paper, the file as it stands)`)
    .option('--seed <n>', 'study seed (default: 1; a study file has its own)')
    .option('--set <[ID.]key=value>', 'change a setting; may be repeated', (value: string, all: readonly string[]) => [...all, value], [] as readonly string[])
    .requiredOption('-o, --output <file>', 'where the plan goes')
    .option('--unit <duration>', 'core time that a unit should take', '5m')
    .addHelpText('after', '\nExample:\n  basin plan fu2018-fig3 --scale paper -o plan.json\n')
    .action((what: readonly string[], options: Options) => {
      const study = what.some(isStudyFile) ? studyOfFile(what, options) : studyOfIds(what, options);
      if (study === undefined) {
        setExitCode(ExitCode.usage);
        return;
      }
      const plan = writeShardPlan(options.output, {
        ...study,
        unitSeconds: parseDuration('--unit', options.unit),
        secondsPerTrial: ({ experiment }, settings) => experiment.cost(settings) / ASSUMED_FLOPS_PER_SECOND,
      });
      print(planLine(options.output, plan));
    });
}

function studyOfIds(ids: readonly string[], { scale: given = 'quick', seed = '1', set }: Options): Study {
  const experiments = ids.map(findExperiment);
  const scale = parseChoice('--scale', given, SCALES);
  const overrides = parseOverrides(set, experiments);
  return {
    identity: { seed: parseInteger('--seed', seed, 0, Number.MAX_SAFE_INTEGER), scale, overrides: overrides.byKey },
    chosen: experiments.map((experiment) => ({ experiment, values: resolveValues(experiment, scale, overrides.of(experiment.id)) })),
  };
}

function studyOfFile([file, ...more]: readonly string[], { scale: given = 'paper', seed, set }: Options): Study | undefined {
  if (more.length > 0) throw new InputError(`basin plan takes experiment ids or one study file, got ${[file, ...more].join(' ')}`);
  if (seed !== undefined || set.length > 0) throw new InputError('a study file has its own seed and settings: --seed and --set must not be given with it');
  const scale = parseChoice('--scale', given, SCALES);
  const study = chooseStudy(file, scale);
  return study && { identity: { seed: study.seed, scale, overrides: {} }, chosen: [study.chosen] };
}
