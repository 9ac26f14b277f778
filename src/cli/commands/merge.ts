import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { refuse } from '../../core/errors.js';
import { Collector } from '../../shards/collect.js';
import { studyDigest } from '../../shards/digest.js';
import type { DamagedFile } from '../../shards/folder.js';
import { placesOf } from '../../shards/status.js';
import { openStudy } from '../../store/open.js';
import type { StudyWriter } from '../../store/writer.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { print, printJson } from '../output.js';
import { drawStudy, studyContent } from '../results.js';
import { packageVersion } from '../package.js';
import { thisBuild } from '../provenance.js';
import { readOwnPlan } from '../shards.js';

interface Options {
  readonly plan: string;
  readonly store: string;
  readonly json?: boolean;
}

/** `basin merge`: unit results of any number of machines into one study folder. */
export function mergeCommand(setExitCode: SetExitCode): Command {
  return new Command('merge')
    .description('put unit results into a study folder; may run any time, any number of times')
    .argument('<dirs...>', 'folders with unit results')
    .requiredOption('--plan <file>', 'the plan that the units are of')
    .requiredOption('--store <dir>', 'study folder')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin merge units --plan plan.json --store study\n')
    .action(async (directories: readonly string[], options: Options) => setExitCode(await merge(directories, options)));
}

async function merge(directories: readonly string[], { plan: file, store: folder, json = false }: Options): Promise<ExitCodeValue> {
  const absent = directories.find((directory) => !existsSync(directory));
  if (absent !== undefined) refuse('a folder with unit results', 'a folder that exists', absent);
  const plan = readOwnPlan(file);
  const store = openStudy(folder, plan.content.identity);
  try {
    const collector = new Collector(store, plan);
    const damaged = directories.flatMap((directory) => collector.collect(directory));
    return await concludeMerge(store, collector, damaged, json);
  } finally {
    store.close();
  }
}

/** Says what a store has by now; a complete one gets its report. Where its units were performed is kept as a run. Exit code 1 when results differ. */
export async function concludeMerge(store: StudyWriter, { units, missing, added, conflicts, places }: Collector, damaged: readonly DamagedFile[], json: boolean): Promise<ExitCodeValue> {
  if (added > 0) store.beginRun({ basin: packageVersion(), build: thisBuild(), merged: added, places: placesOf(places) });
  const [all, complete, digest] = [units.length, units.length - missing.size, studyDigest(store)];
  for (const { file, reason } of damaged) console.error(`basin: ${file}: ignored: ${reason}; its unit counts as missing`);
  for (const address of conflicts) console.error(`basin: determinism conflict: ${address} is stored with another value; nothing of its unit was written`);
  const report = complete === all ? (await drawStudy(store, studyContent(store))).report : undefined;
  if (json) printJson({ store: store.dir, units: all, complete, added, conflicts: [...conflicts], damaged, digest });
  else print([`${store.dir}: ${complete} of ${all} units, ${added} new trials`, `digest: ${digest}`, ...(report === undefined ? [] : [`report: ${report}`])].join('\n'));
  return conflicts.size > 0 ? ExitCode.differs : ExitCode.done;
}
