import { Command } from 'commander';
import { ExitCode, type SetExitCode } from '../exit.js';
import { parseInteger } from '../options.js';
import { print, printJson } from '../output.js';
import { arrayText, missingIn, readOwnPlan } from '../shards.js';

interface Options {
  readonly plan: string;
  readonly store: string;
  readonly shards?: string;
  readonly json?: boolean;
}

/** `basin missing`: what a study folder lacks of a plan, as a list that a scheduler takes; exit code 0 when nothing, else 3. */
export function missingCommand(setExitCode: SetExitCode): Command {
  return new Command('missing')
    .description('the units, or shards, that a study folder lacks; nothing when it is complete')
    .requiredOption('--plan <file>', 'the plan')
    .requiredOption('--store <dir>', 'study folder; need not exist yet')
    .option('--shards <n>', 'print the shards of so many that have something to do, as for sbatch --array=')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin missing --plan plan.json --store study --shards 100\n')
    .action((options: Options) => {
      const units = missingIn(options.store, readOwnPlan(options.plan)).map(({ index }) => index);
      const shards = options.shards === undefined ? undefined : parseInteger('--shards', options.shards, 1, 1e6);
      const listed = shards === undefined ? units : [...new Set(units.map((index) => index % shards))].sort((a, b) => a - b);
      if (options.json) printJson({ complete: units.length === 0, missing: units, ...(shards === undefined ? {} : { shards: listed }) });
      else if (listed.length > 0) print(arrayText(listed));
      if (units.length > 0) setExitCode(ExitCode.stopped);
    });
}
