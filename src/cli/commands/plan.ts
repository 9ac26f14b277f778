import { Command } from 'commander';
import { findExperiment } from '../../experiments/registry.js';
import { SCALES } from '../../experiments/spec.js';
import { ASSUMED_FLOPS_PER_SECOND } from '../../study/cost.js';
import { parseOverrides } from '../../study/overrides.js';
import { resolveValues } from '../../study/values.js';
import { parseChoice, parseDuration, parseInteger } from '../options.js';
import { print } from '../output.js';
import { planLine, writeShardPlan } from '../shardPlan.js';

interface Options { readonly scale: string; readonly seed: string; readonly set: readonly string[]; readonly output: string; readonly unit: string }

export function planCommand(): Command {
  return new Command('plan')
    .description('cut a study into units')
    .argument('<ids...>', 'experiment ids')
    .option('--scale <scale>', SCALES.join(' | '), 'quick')
    .option('--seed <n>', 'study seed', '1')
    .option('--set <[ID.]key=value>', 'change a setting; may be repeated', (value: string, all: readonly string[]) => [...all, value], [] as readonly string[])
    .requiredOption('-o, --output <file>', 'plan file')
    .option('--unit <duration>', 'core time of a unit', '5m')
    .addHelpText('after', '\nExample:\n  basin plan fu2018-fig3 --scale paper -o plan.json\n')
    .action((ids: readonly string[], options: Options) => {
      const experiments = ids.map(findExperiment);
      const scale = parseChoice('--scale', options.scale, SCALES);
      const overrides = parseOverrides(options.set, experiments);
      const plan = writeShardPlan(options.output, {
        identity: { seed: parseInteger('--seed', options.seed, 0, Number.MAX_SAFE_INTEGER), scale, overrides: overrides.byKey },
        chosen: experiments.map((experiment) => ({ experiment, values: resolveValues(experiment, scale, overrides.of(experiment.id)) })),
        unitSeconds: parseDuration('--unit', options.unit),
        secondsPerTrial: ({ experiment }, settings) => experiment.cost(settings) / ASSUMED_FLOPS_PER_SECOND,
      });
      print(planLine(options.output, plan));
    });
}
