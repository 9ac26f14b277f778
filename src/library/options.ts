/** The arguments and the result of `runStudy`. */
import type { Precision } from '../core/descent/precisions.js';
import type { SettingValue } from '../settings/types.js';
import type { Scale } from '../settings/scale.js';
import type { ExperimentProgress, StudyOutcome } from '../study/run/outcome.js';
import type { CodeChange } from '../study/replay/codeChange.js';

/**
 * What to run: the path or URL of a study file (.yaml) or of a module that defines an experiment (.ts, .js); the text
 * of a study file; or the ids of the papers' experiments. Paths that a study file names are relative to its folder;
 * those in a text are relative to the current folder.
 */
export type StudySource =
  string | URL | { readonly text: string } | { readonly experiments: string | readonly string[] };

export interface RunStudyOptions {
  /** the study's folder; it is created if it does not exist, and continued if it holds the same study */
  readonly dir: string;
  /** number of threads, 1 … 256; default: the result of `basin tune`, else one per core */
  readonly workers?: number | undefined;
  /** 0 … 2⁵³ − 1; default: 1; not for a study file, which contains its own seed */
  readonly seed?: number | undefined;
  /** default: `paper`, but `quick` for experiments of the papers */
  readonly scale?: Scale | undefined;
  /** values of settings by `key` or `ID.key`, as in `--set`; not for a study file, which contains its own values */
  readonly set?: Readonly<Record<string, SettingValue | readonly SettingValue[]>> | undefined;
  /** number of trials of every cell of a module; default: the number that each cell gives */
  readonly trials?: number | undefined;
  /** number of partitions of large training sets in the papers' experiments, 1 … 256; default: chosen by n and d */
  readonly partitions?: number | undefined;
  /** `mixed`: the first part of every descent takes float32 gradients, see `basin reproduce`; default: `float64` */
  readonly precision?: Precision | undefined;
  /** what happens when the folder has results of other code for the same module; default: an error */
  readonly codeChange?: CodeChange | undefined;
  /** wall-clock seconds after which a trial is stopped; default: no limit */
  readonly trialSeconds?: number | undefined;
  /** a trial with a larger predicted memory in bytes does not begin; default: no limit */
  readonly trialBytes?: number | undefined;
  /** wall-clock seconds after which the run stops; default: no limit */
  readonly budgetSeconds?: number | undefined;
  /** whether trials from another build or machine prevent the addition of new ones; default: they do not */
  readonly strict?: boolean | undefined;
  /** whether report and figures are written when the run ends; default: they are not, and `basin report` writes them */
  readonly report?: boolean | undefined;
  /** called from time to time, and at the end, with the progress of every experiment of the run */
  readonly onProgress?: ((progress: readonly ExperimentProgress[]) => void) | undefined;
  /** takes each warning of the program as one line; default: warnings are only in the result */
  readonly onWarning?: ((text: string) => void) | undefined;
  /** stops the run: running trials end and are stored, and no other trial begins */
  readonly signal?: AbortSignal | undefined;
}

/** The result of a run. `ending` says how it ended. */
export interface StudyRun extends StudyOutcome {
  /** the study's folder, for `openStudy` */
  readonly dir: string;
  readonly warnings: readonly string[];
  /** path of the report page, if it was requested */
  readonly report?: string;
}
