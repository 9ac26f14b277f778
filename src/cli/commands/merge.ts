import { existsSync } from 'node:fs';
import { InputError, refuse } from '../../base/errors.js';
import { formatCount } from '../../report/format.js';
import { Collector } from '../../shards/collect.js';
import { studyDigest } from '../../shards/digest.js';
import type { DamagedFile } from '../../shards/folder.js';
import type { ShardPlan } from '../../shards/plan.js';
import { planUnits } from '../../shards/planUnits.js';
import { placesOf } from '../../shards/status.js';
import { openStudy } from '../../store/open.js';
import type { StudyWriter } from '../../store/writer.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { print, printJson } from '../output.js';
import { drawStudy, studyContent } from '../../app/results.js';
import { packageVersion } from '../../base/package.js';
import { thisBuild } from '../../app/provenance.js';
import { warn } from '../say.js';
import { experimentOfUnit, foreignUnits, readOwnPlan } from '../../app/cluster/shards.js';

interface Options {
  readonly plan: string;
  readonly store: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** `basin merge`: unit results of any number of machines into one study folder. */
export const act = (setExitCode: SetExitCode) => async (directories: readonly string[], options: Options) => setExitCode(await merge(directories, options));

async function merge(directories: readonly string[], { plan: file, store: folder, strict = false, json = false }: Options): Promise<ExitCodeValue> {
  const absent = directories.find((directory) => !existsSync(directory));
  if (absent !== undefined) refuse('a folder with unit results', 'a folder that exists', absent);
  const plan = readOwnPlan(file);
  const store = openStudy(folder, plan.content.identity);
  try {
    // All of them or, where one is refused, none.
    const { collector, damaged } = store.atomically(() => collectAll(store, plan, directories, strict));
    requireUnits(collector, damaged, directories);
    return await concludeMerge(store, collector, damaged, json);
  } finally {
    store.close();
  }
}

function collectAll(store: StudyWriter, plan: ShardPlan, directories: readonly string[], strict: boolean): { readonly collector: Collector; readonly damaged: readonly DamagedFile[] } {
  const collector = new Collector(store, planUnits(plan, experimentOfUnit), foreignUnits(plan, strict, warn));
  return { collector, damaged: directories.flatMap((directory) => collector.collect(directory)) };
}

/** Nothing to merge is no success: the folder may be the wrong one. */
function requireUnits({ places, conflicts }: Collector, damaged: readonly DamagedFile[], directories: readonly string[]): void {
  if (places.length > 0 || conflicts.size > 0) return;
  const why = damaged.length === 0 ? '' : `: ${damaged[0].file}: ${damaged[0].reason}`;
  throw new InputError(`a folder to merge must hold whole unit results of this plan, got none in ${directories.join(', ')}${why}`);
}

/** Says what a store has by now; a complete one gets its report. Where its units were performed is kept as a run. Exit code 1 when results differ. */
export async function concludeMerge(store: StudyWriter, { units, missing, added, kept, conflicts, places }: Collector, damaged: readonly DamagedFile[], json: boolean): Promise<ExitCodeValue> {
  if (added > 0) store.beginRun({ basin: packageVersion(), build: thisBuild(), merged: added, places: placesOf(places) });
  const [all, complete, digest] = [units.length, units.length - missing.size, studyDigest(store)];
  for (const { file, reason } of damaged) warn(`${file}: ignored: ${reason}; its unit counts as missing`);
  for (const address of conflicts) warn(`determinism conflict: ${address} is stored with another value; nothing of its unit was written`);
  if (kept > 0) warn(`${formatCount(kept, 'trial')} of another kind of machine came with other bits: what is stored stays`);
  const report = complete === all ? (await drawStudy(store, studyContent(store), warn)).report : undefined;
  if (json) printJson({ store: store.dir, units: all, complete, added, conflicts: [...conflicts], damaged, digest });
  else print([`${store.dir}: ${complete} of ${all} units, ${added} new trials`, `digest: ${digest}`, ...(report === undefined ? [] : [`report: ${report}`])].join('\n'));
  return conflicts.size > 0 ? ExitCode.differs : ExitCode.done;
}
