import { Command } from 'commander';
import { isDamaged, readUnit, unitFiles, type DamagedFile } from '../../shards/folder.js';
import { studyDigest } from '../../shards/digest.js';
import { Merger, missingUnits } from '../../shards/merge.js';
import type { ShardPlan } from '../../shards/plan.js';
import { openStudy } from '../../store/open.js';
import type { StudyWriter } from '../../store/writer.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { print, printJson } from '../output.js';
import { drawStudy, studyContent } from '../results.js';
import { readOwnPlan } from '../shards.js';

interface Options {
  readonly plan: string;
  readonly store: string;
  readonly json?: boolean;
}

/** `basin merge`: unit results of any number of machines into one study folder. */
export function mergeCommand(setExitCode: SetExitCode): Command {
  return new Command('merge')
    .description("put unit results into a study folder; may run any time, any number of times")
    .argument('<dirs...>', 'folders with unit results')
    .requiredOption('--plan <file>', 'the plan that the units are of')
    .requiredOption('--store <dir>', 'study folder')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin merge units --plan plan.json --store study\n')
    .action(async (directories: readonly string[], options: Options) => setExitCode(await merge(directories, options)));
}

export interface MergeOutcome {
  readonly units: number;
  /** units that the store has whole */
  readonly complete: number;
  /** rows that were new */
  readonly added: number;
  readonly conflicts: readonly string[];
  readonly damaged: readonly DamagedFile[];
  readonly digest: string;
}

async function merge(directories: readonly string[], options: Options): Promise<ExitCodeValue> {
  const plan = readOwnPlan(options.plan);
  const store = openStudy(options.store, plan.content.identity);
  try {
    const outcome = mergeFolders(store, plan, directories);
    if (outcome.complete === outcome.units) await drawStudy(store, studyContent(store));
    report(outcome, options);
    return outcome.conflicts.length > 0 ? ExitCode.differs : ExitCode.done;
  } finally {
    store.close();
  }
}

/** Merges whatever whole results the folders have. */
export function mergeFolders(store: StudyWriter, plan: ShardPlan, directories: readonly string[]): MergeOutcome {
  const merger = new Merger(store, plan);
  const [conflicts, damaged]: [string[], DamagedFile[]] = [[], []];
  let added = 0;
  for (const directory of directories) {
    for (const index of unitFiles(directory)) {
      const found = readUnit(directory, plan, merger.units, index);
      if (found === undefined) continue;
      if (isDamaged(found)) damaged.push(found);
      else {
        const merged = merger.merge(found);
        added += merged.added;
        conflicts.push(...merged.conflicts);
      }
    }
  }
  const missing = missingUnits(store, plan).length;
  return { units: merger.units.length, complete: merger.units.length - missing, added, conflicts, damaged, digest: studyDigest(store) };
}

function report(outcome: MergeOutcome, { json, store }: Options): void {
  const { units, complete, added, conflicts, damaged, digest } = outcome;
  for (const { file, reason } of damaged) console.error(`basin: ${file}: ignored: ${reason}; its unit counts as missing`);
  for (const address of conflicts) console.error(`basin: determinism conflict: ${address} is stored with another value; nothing of its unit was written`);
  if (json === true) printJson({ store, units, complete, added, conflicts, damaged, digest });
  else print(`${store}: ${complete} of ${units} units, ${added} new trials\ndigest: ${digest}`);
}
