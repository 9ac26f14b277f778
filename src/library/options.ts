/** What `runStudy` takes and gives. */
import type { SettingValue } from '../settings/types.js';
import type { Scale } from '../settings/scale.js';
import type { ExperimentProgress, StudyOutcome } from '../study/run/outcome.js';
import type { CodeChange } from '../study/replay/codeChange.js';

/**
 * What is run: the path or URL of a study file (.yaml) or of a module that defines an experiment (.ts, .js); the text of
 * a study file; experiments of the papers by their ids.
 */
export type StudySource =
  string | URL | { readonly text: string } | { readonly experiments: string | readonly string[] };

export interface RunStudyOptions {
  /** the study's folder: made where it is missing, continued where the same study is in it */
  readonly dir: string;
  /** threads, 1 … 256; default: what `basin tune` has found, else one per core */
  readonly workers?: number | undefined;
  /** 0 … 2⁵³ − 1; default: 1; a study file has its own */
  readonly seed?: number | undefined;
  /** default: `paper`, for experiments of the papers `quick` */
  readonly scale?: Scale | undefined;
  /** values of settings by `key` or `ID.key`, as `--set`; a study file has its own */
  readonly set?: Readonly<Record<string, SettingValue | readonly SettingValue[]>> | undefined;
  /** trials of every cell of a module; default: what its cells say */
  readonly trials?: number | undefined;
  /** of large training sets of the papers' experiments, 1 … 256; default: by n and d */
  readonly partitions?: number | undefined;
  /** what is done when the folder has results of other code of the same module; default: they are refused */
  readonly codeChange?: CodeChange | undefined;
  /** wall-clock seconds after which a trial is cut; default: never */
  readonly trialSeconds?: number | undefined;
  /** a trial that is predicted to hold more bytes is not begun; default: all are */
  readonly trialBytes?: number | undefined;
  /** wall-clock seconds after which the run stops by itself; default: never */
  readonly budgetSeconds?: number | undefined;
  /** whether trials of another build or machine are a reason to add none; default: they are not */
  readonly strict?: boolean | undefined;
  /** whether report and figures are written too, when the run ends; default: they are not, `basin report` does it */
  readonly report?: boolean | undefined;
  /** called now and then, and at the end, with every experiment of the run */
  readonly onProgress?: ((progress: readonly ExperimentProgress[]) => void) | undefined;
  /** takes what the program has to say beside, a line each; default: it is in the result alone */
  readonly onWarning?: ((text: string) => void) | undefined;
  /** stops the run: running trials end and are kept, no other begins */
  readonly signal?: AbortSignal | undefined;
}

/** How a run ended: see `ending`. */
export interface StudyRun extends StudyOutcome {
  /** the study's folder, for `openStudy` */
  readonly dir: string;
  readonly warnings: readonly string[];
  /** the page that was written, where it was asked for */
  readonly report?: string;
}
