import { ExitCode, type SetExitCode } from '../exit.js';
import { ifGiven } from '../runOptions.js';
import { parseShards } from '../values.js';
import { print, printJson } from '../output.js';
import { missingIn, readOwnPlan } from '../../app/cluster/shards.js';
import { arrayText } from '../../shards/arrayText.js';

interface Options {
  readonly plan: string;
  readonly store: string;
  readonly shards?: string;
  readonly json?: boolean;
}

/**
 * `basin missing`: lists the units of a plan that a study folder lacks, in the format of a scheduler. Exit code 0 when
 * no unit is missing, else 3.
 */
export const act = (setExitCode: SetExitCode) => (options: Options) => {
  const units = missingIn(options.store, readOwnPlan(options.plan)).map(({ index }) => index);
  const shards = ifGiven(options.shards, parseShards);
  const listed =
    shards === undefined ? units : [...new Set(units.map((index) => index % shards))].sort((a, b) => a - b);
  if (options.json)
    printJson({ complete: units.length === 0, missing: units, ...(shards === undefined ? {} : { shards: listed }) });
  else if (listed.length > 0) print(arrayText(listed));
  if (units.length > 0) setExitCode(ExitCode.stopped);
};
