import type { Declarations, SettingValue, TrialSettings, Values } from '../settings/types.js';
import type {
  Cell,
  CellSummary,
  Experiment,
  FigureMaker,
  StatedClaim,
  StudyForm,
  TrialContext,
  TrialOutcome,
} from './spec.js';

/** The parts of an experiment that do not depend on its settings. */
type Said = Pick<
  Experiment,
  | 'id'
  | 'version'
  | 'streamVersion'
  | 'paper'
  | 'source'
  | 'title'
  | 'openChoices'
  | 'measures'
  | 'replicates'
  | 'perTrial'
  | 'alsoStored'
  | 'curves'
  | 'findings'
>;

/** An experiment with its own types: D are its declarations, C the settings of its cells. */
export interface Definition<
  D extends Declarations,
  C extends { readonly [Name in keyof C]: SettingValue },
> extends Said {
  /** the `--set` keys, by name */
  readonly settings: D;
  /** the grid, in the order of tables and figures */
  readonly cells: (values: Values<D>) => readonly Cell<C>[];
  /** floating point operations of one trial of a cell: the unit of the cost model */
  readonly cost: (settings: TrialSettings<D, C>) => number;
  /** approximate bytes of a trial's training set and workspace */
  readonly bytes?: (settings: TrialSettings<D, C>) => number;
  /** whether a trial works on its training set in partitions when the training set is partitioned; default: yes */
  readonly shares?: (settings: TrialSettings<D, C>) => boolean;
  /** whether all descents of a trial are plain gradient descents on training sets, made by `descent`; default: no */
  readonly takesMixed?: (settings: TrialSettings<D, C>) => boolean;
  readonly trial: (context: TrialContext<TrialSettings<D, C>>) => TrialOutcome;
  /** draws the trial's planted problem and starts, with the same function that the trial uses */
  readonly draw?: (context: TrialContext<TrialSettings<D, C>>) => void;
  /** the study file that runs the same trials, if there is one */
  readonly study?: (values: Values<D>) => StudyForm;
  readonly claims: (cells: readonly CellSummary<C>[], values: Values<D>) => readonly StatedClaim[];
  readonly figures: (cells: readonly CellSummary<C>[], values: Values<D>) => readonly FigureMaker[];
}

/**
 * Turns an experiment with its own types into one whose settings are known by name only, which is what the code that
 * runs experiments needs. The types of `settings` in `trial`, of `values` and of cells follow from the declarations and
 * from what `cells` returns. Code with a missing or misspelt setting does not compile.
 */
export function defineExperiment<const D extends Declarations, C extends { readonly [Name in keyof C]: SettingValue }>(
  definition: Definition<D, C>,
): Experiment {
  // This is the only cast: the code that runs an experiment passes it values that follow the experiment's own
  // declarations.
  return definition as unknown as Experiment;
}
