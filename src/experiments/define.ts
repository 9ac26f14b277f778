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

/** What an experiment says without looking at its settings. */
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
  /** bytes of a trial's training set and workspace, about */
  readonly bytes?: (settings: TrialSettings<D, C>) => number;
  /** whether a trial's work on its training set is done in partitions where that is cut; default: it is */
  readonly shares?: (settings: TrialSettings<D, C>) => boolean;
  readonly trial: (context: TrialContext<TrialSettings<D, C>>) => TrialOutcome;
  /** what draws the trial's planted problem and starts; it is the trial's own function */
  readonly draw?: (context: TrialContext<TrialSettings<D, C>>) => void;
  /** a study file that runs the same trials, where there is one */
  readonly study?: (values: Values<D>) => StudyForm;
  readonly claims: (cells: readonly CellSummary<C>[], values: Values<D>) => readonly StatedClaim[];
  readonly figures: (cells: readonly CellSummary<C>[], values: Values<D>) => readonly FigureMaker[];
}

/**
 * An experiment for all that run it, who know its settings by name alone. The types of `settings` in `trial`, of
 * `values` and of cells follow from the declarations and from what `cells` returns: a setting that is missing or
 * misspelt does not compile.
 */
export function defineExperiment<const D extends Declarations, C extends { readonly [Name in keyof C]: SettingValue }>(
  definition: Definition<D, C>,
): Experiment {
  // The one cast: what runs an experiment hands its functions values that its own declarations made.
  return definition as unknown as Experiment;
}
