/** The cells of a study: each is one object with its settings, its text and the key of its streams, made here alone. */
import { InputError } from '../../base/errors.js';
import type { Cell, Experiment, PrefixEstimate } from '../../experiments/spec.js';
import { cellText } from '../../settings/cellText.js';
import type { Settings, ValuesByName } from '../../settings/types.js';
import { cellKey } from './streams.js';
import { trialSettings } from './values.js';

/** An experiment with the values that a study gives its settings. */
export interface ChosenExperiment {
  readonly experiment: Experiment;
  readonly values: ValuesByName;
}

export interface StudyCell {
  /** what makes its address: the settings that vary over the grid */
  readonly settings: Settings;
  /** canonical text of these settings: its name in addresses and in the store */
  readonly text: string;
  /** of the Philox streams of its trials */
  readonly key: readonly [number, number];
  /** what a trial and its cost see: these settings, and every other one that has a single value */
  readonly trialSettings: Settings;
}

export interface GridCell extends StudyCell {
  readonly trials: number;
}

/** A chosen experiment with its cells for one seed, in the order of tables and figures. */
export interface ExperimentGrid extends ChosenExperiment {
  readonly seed: number;
  /** where trials follow from results: the first ones, see `grownCells` */
  readonly cells: readonly GridCell[];
}

/** Throws `InputError` when the values make no grid, or one with a cell twice. */
export function gridOf(chosen: ChosenExperiment, seed: number): ExperimentGrid {
  return { ...chosen, seed, cells: distinctCells(chosen, seed, chosen.experiment.cells(chosen.values)) };
}

/** The cells of a grid as far as results say: where nothing follows from results, those that it has. */
export function grownCells(grid: ExperimentGrid, estimate: PrefixEstimate): readonly GridCell[] {
  const { experiment, values, seed, cells } = grid;
  return experiment.grow === undefined ? cells : distinctCells(grid, seed, experiment.grow(values, estimate));
}

/** The cell of some settings, of the grid or once of it. */
export function cellOf({ experiment, values }: ChosenExperiment, seed: number, settings: Settings): StudyCell {
  return {
    settings,
    text: cellText(settings),
    key: cellKey(experiment, seed, settings),
    trialSettings: trialSettings(values, settings),
  };
}

function distinctCells(chosen: ChosenExperiment, seed: number, cells: readonly Cell[]): GridCell[] {
  const texts = new Set<string>();
  return cells.map(({ settings, trials }) => {
    const cell = cellOf(chosen, seed, settings);
    if (texts.has(cell.text))
      throw new InputError(`the grid of ${chosen.experiment.id} must have every cell once, got ${cell.text} twice`);
    texts.add(cell.text);
    return { ...cell, trials };
  });
}
