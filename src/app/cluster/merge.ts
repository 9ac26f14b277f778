/** Merges the unit results of any number of machines into one study folder. */
import { existsSync } from 'node:fs';
import { InputError, refuse } from '../../base/errors.js';
import { packageVersion } from '../../base/package.js';
import { formatCount } from '../../base/amounts.js';
import { storedExperiment } from '../../definitions/stored.js';
import { Collector } from '../../shards/collect.js';
import { studyDigest } from '../../shards/digest.js';
import type { DamagedFile } from '../../shards/folder.js';
import type { ShardPlan } from '../../shards/plan.js';
import { planUnits } from '../../shards/planUnits.js';
import { nextStage, requireStage } from '../../shards/stages.js';
import { placesOf } from '../../shards/status.js';
import { openStudy } from '../../store/open.js';
import type { StudyWriter } from '../../store/writer.js';
import { thisBuild } from '../provenance.js';
import { drawStudy, studyContent } from '../results.js';
import type { Warn } from '../warn.js';
import { experimentOfUnit, foreignUnits, readOwnPlan } from './shards.js';

export interface MergeRequest {
  /** file of the plan */
  readonly plan: string;
  /** folder of the study */
  readonly store: string;
  readonly strict: boolean;
}

/** The content of a store after a merge. */
export interface MergedStudy {
  readonly store: string;
  readonly units: number;
  readonly complete: number;
  /** number of new trials */
  readonly added: number;
  /** addresses of trials that are already stored with another value */
  readonly conflicts: readonly string[];
  readonly damaged: readonly DamagedFile[];
  readonly digest: string;
  /** the next stage, when all units are there and their results ask for one */
  readonly next: ShardPlan | undefined;
  /** the report of a complete study */
  readonly report: string | undefined;
}

/** Throws `InputError` if the folders hold no unit result of the plan. */
export async function mergeUnits(
  directories: readonly string[],
  { plan: file, store: folder, strict }: MergeRequest,
  warn: Warn,
): Promise<MergedStudy> {
  const absent = directories.find((directory) => !existsSync(directory));
  if (absent !== undefined) refuse('a folder with unit results', 'a folder that exists', absent);
  const plan = readOwnPlan(file);
  const store = openStudy(folder, plan.content.identity);
  try {
    // Either all units are stored or, if one of them is refused, none.
    const { collector, damaged } = store.atomically(() => {
      const collector = collectorOf(store, plan, strict, warn);
      return { collector, damaged: directories.flatMap((directory) => collector.collect(directory)) };
    });
    requireUnits(collector, damaged, directories);
    return await concludeMerge(store, collector, damaged, warn);
  } finally {
    store.close();
  }
}

/** The collector that takes units of a plan into a store. Throws `InputError` for a stage that is not asked for. */
export function collectorOf(store: StudyWriter, plan: ShardPlan, strict: boolean, warn: Warn): Collector {
  requireStage('the plan', store, plan, storedExperiment);
  return new Collector(store, planUnits(plan, experimentOfUnit), foreignUnits(plan, strict, warn));
}

/** A merge of nothing is an error: the folder may be the wrong one. */
function requireUnits(
  { places, conflicts }: Collector,
  damaged: readonly DamagedFile[],
  directories: readonly string[],
): void {
  if (places.length > 0 || conflicts.size > 0) return;
  const why = damaged.length === 0 ? '' : `: ${damaged[0].file}: ${damaged[0].reason}`;
  throw new InputError(
    `a folder to merge must hold whole unit results of this plan, got none in ${directories.join(', ')}${why}`,
  );
}

/**
 * Warns of everything that was not taken. A complete store gets its report. The places where the units were performed
 * are stored as a run.
 */
export async function concludeMerge(
  store: StudyWriter,
  { plan, units, missing, added, kept, conflicts, places }: Collector,
  damaged: readonly DamagedFile[],
  warn: Warn,
): Promise<MergedStudy> {
  const ended = new Date().toISOString();
  if (added > 0)
    store.beginRun({
      basin: packageVersion(),
      build: thisBuild(),
      merged: added,
      places: placesOf(places),
      ended,
      ending: 'merged',
    });
  const [all, complete, digest] = [units.length, units.length - missing.size, studyDigest(store)];
  for (const { file, reason } of damaged) warn(`${file}: ignored: ${reason}; its unit counts as missing`);
  for (const address of conflicts)
    warn(`determinism conflict: ${address} is stored with another value; nothing of its unit was written`);
  if (kept > 0)
    warn(`${formatCount(kept, 'trial')} of another kind of machine came with other bits: what is stored stays`);
  const next = complete === all ? nextStage(store, plan, storedExperiment) : undefined;
  const isWhole = complete === all && next === undefined;
  const report = isWhole ? (await drawStudy(store, studyContent(store), warn)).report : undefined;
  return { store: store.dir, units: all, complete, added, conflicts: [...conflicts], damaged, digest, next, report };
}
