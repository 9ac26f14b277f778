/** What the live page needs of a study. The caller knows how experiments and commands follow from a store. */
import type { Experiment } from '../experiments/spec.js';
import type { ExperimentContent } from '../report/content.js';
import type { StoredExperiment } from '../store/identity.js';
import type { LeaseInHand } from '../pool/control.js';
import type { StudyReader } from '../store/reader.js';
import type { SummaryMemory } from '../study/summary/memory.js';
import type { TrialEnds } from './ends.js';

export interface LiveSource {
  readonly store: StudyReader;
  /** the experiment of a store's entry; users' own code is loaded */
  readonly experimentOf: (stored: StoredExperiment) => Experiment;
  /** what the report would show of an experiment now */
  readonly contentOf: (stored: StoredExperiment, memory: SummaryMemory) => ExperimentContent;
  /** the leases of the run that shows this page; absent: another process runs the study, and only its results are known */
  readonly inHand?: () => readonly LeaseInHand[];
  /** the command that continues the study */
  readonly continuing: string;
  /** Runs a stored trial again and says where it ended. Throws `InputError` for a trial without teacher or descents. */
  readonly endsOf: (address: string) => TrialEnds;
  /** the command that draws the problem of a trial; undefined where no command can */
  readonly drawing: (stored: StoredExperiment, cell: string, trial: number) => string | undefined;
}
