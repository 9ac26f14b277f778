/** A study that is to be run. */
import type { TrialLimits } from '../pool/limits.js';
import type { StudyIdentity } from '../store/identity.js';
import type { CodeChange } from '../study/replay/codeChange.js';
import type { ChosenExperiment } from '../study/grid/cells.js';

export interface StudyRequest {
  readonly chosen: readonly ChosenExperiment[];
  /** the text of the study file, where one is run */
  readonly studyText?: string;
  /** what is done when the folder holds results of other code of the same experiment; default: they are refused */
  readonly codeChange?: CodeChange;
  readonly identity: StudyIdentity;
  readonly directory: string;
  readonly workers: number;
  readonly limits?: TrialLimits;
  readonly budgetSeconds?: number;
  /** whether trials of another program or machine are a reason to add none */
  readonly strict?: boolean;
}
