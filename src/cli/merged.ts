/** Prints the state of a merged study. */
import type { MergedStudy } from '../app/cluster/merge.js';
import { ExitCode, type ExitCodeValue } from './exit.js';
import { print, printJson } from './output.js';

/** Prints the present content of the store. Exit code 1 when results differ. */
export function printMerged(merged: MergedStudy, json: boolean): ExitCodeValue {
  const { store, units, complete, added, conflicts, damaged, digest, next, report } = merged;
  const asksMore = next !== undefined;
  if (json) printJson({ store, units, complete, added, conflicts, damaged, digest, asksMore });
  else
    print(
      [
        `${store}: ${complete} of ${units} units, ${added} new trials`,
        `digest: ${digest}`,
        ...(asksMore ? ['the results ask for more trials: basin plan --store makes the plan of the next stage'] : []),
        ...(report === undefined ? [] : [`report: ${report}`]),
      ].join('\n'),
    );
  return conflicts.length > 0 ? ExitCode.differs : ExitCode.done;
}
