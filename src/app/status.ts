/** The progress of a study in its folder. The store is only read. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { storedExperiment } from '../definitions/stored.js';
import type { Verdict } from '../experiments/spec.js';
import { countsOf, sumOf, talliesOf, type Counts, type Tallies } from '../live/counts.js';
import { secondsLeft } from '../live/forecast.js';
import { isUnderWay, runOf, workersOf, writtenAt, type Run } from '../live/runs.js';
import { roundFolder, ROUNDS_FOLDER, storedRounds } from '../nightly/rounds.js';
import type { Interval } from '../statistics/estimate.js';
import { STORE_FILE } from '../store/found.js';
import type { StoredExperiment } from '../store/identity.js';
import { readStudy } from '../store/open.js';
import type { FailureTally, StudyReader } from '../store/reader.js';
import { cellWork } from '../study/leases/work.js';
import { gridPoints } from '../study/summary/points.js';
import { continuingCommand, experimentContent } from './results.js';

/** `running`: its last run has recorded no end, because it goes on or was killed. */
export type StudyState = 'running' | 'complete' | 'stopped' | 'empty';

export interface ExperimentStatus extends Counts {
  readonly id: string;
  /** whether more trials may follow from results */
  readonly grows: boolean;
  /** of all trials, summed over workers */
  readonly coreSeconds: number;
  /** wall-clock time that is left on the workers of the last run; null before the first trial */
  readonly secondsLeft: Interval | null;
  /** how many claims have each verdict, from the trials so far */
  readonly claims: Readonly<Record<Verdict, number>>;
  /** messages of failed trials, the most frequent first */
  readonly failures: readonly FailureTally[];
}

export interface StudyStatus {
  /** the folder of the study; of a folder of nights, that of the last round */
  readonly study: string;
  readonly state: StudyState;
  readonly seed: number;
  readonly scale: string;
  /** when the store was last written */
  readonly written: string;
  /** the last run */
  readonly run: Run | null;
  readonly experiments: readonly ExperimentStatus[];
  /** the command that continues the study */
  readonly continue: string;
}

/** Throws `InputError` when the folder holds no study, or a damaged one. */
export function studyStatus(directory: string): StudyStatus {
  const store = readStudy(studyIn(directory));
  try {
    return store.snapshot(() => statusOf(store));
  } finally {
    store.close();
  }
}

/** The folder itself, or the last round of a folder of nights. */
function studyIn(directory: string): string {
  if (existsSync(join(directory, STORE_FILE))) return directory;
  const last = existsSync(join(directory, ROUNDS_FOLDER)) ? storedRounds(directory).at(-1) : undefined;
  return last === undefined ? directory : join(directory, roundFolder(last));
}

function statusOf(store: StudyReader): StudyStatus {
  const { seed, scale } = store.identity;
  const runs = store.runs().map(runOf);
  const tallies = talliesOf(store);
  const workers = workersOf(runs);
  const experiments = store.experiments().map((stored) => experimentStatus(store, stored, tallies, workers));
  return {
    study: store.dir,
    state: stateOf(runs, experiments),
    ...{ seed, scale, written: writtenAt(store), run: runs.at(-1) ?? null },
    experiments,
    continue: continuingCommand(store),
  };
}

function stateOf(runs: readonly Run[], experiments: readonly ExperimentStatus[]): StudyState {
  if (experiments.every(({ done, censored }) => done + censored === 0)) return runs.length === 0 ? 'empty' : 'running';
  if (isUnderWay(runs)) return 'running';
  return experiments.every(({ done, planned }) => done >= planned) ? 'complete' : 'stopped';
}

function experimentStatus(
  store: StudyReader,
  stored: StoredExperiment,
  tallies: Tallies,
  workers: number,
): ExperimentStatus {
  const experiment = storedExperiment(stored);
  const chosen = { experiment, values: stored.values };
  const cells = gridPoints(store, chosen).map(({ cell, stored: own }) => ({
    planned: cell.trials,
    work: cellWork(experiment, store.identity, cell),
    tally: own === undefined ? undefined : tallies.get(own.id),
  }));
  const { claims } = experimentContent(store, stored);
  const count = (verdict: Verdict): number => claims.filter((claim) => claim.verdict === verdict).length;
  return {
    id: stored.id,
    ...sumOf(cells.map(({ planned, tally }) => countsOf(planned, tally))),
    grows: experiment.grow !== undefined,
    coreSeconds: store.seconds(stored.id),
    secondsLeft: secondsLeft(chosen, cells, workers) ?? null,
    claims: {
      holds: count('holds'),
      fails: count('fails'),
      undecided: count('undecided'),
      'not-applicable': count('not-applicable'),
    },
    failures: store.failures(stored.id),
  };
}
