/** A study that is to be run. */
import type { TrialLimits } from '../pool/limits.js';
import type { StudyIdentity } from '../store/identity.js';
import type { CodeChange } from '../study/replay/codeChange.js';
import type { ChosenExperiment } from '../study/grid/cells.js';

export interface StudyRequest {
  readonly chosen: readonly ChosenExperiment[];
  /** the text of the study file, if one is run */
  readonly studyText?: string;
  /** what happens when the folder holds results of other code for the same experiment; default: an error */
  readonly codeChange?: CodeChange;
  readonly identity: StudyIdentity;
  readonly directory: string;
  readonly workers: number;
  readonly limits?: TrialLimits;
  readonly budgetSeconds?: number;
  /** whether trials from another program or machine prevent the addition of new ones */
  readonly strict?: boolean;
}
