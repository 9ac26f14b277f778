/**
 * Makes the cells of a study. Each cell is one object with its settings, its text and the key of its streams; cells are
 * made only in this file.
 */
import { InputError } from '../../base/errors.js';
import type { Cell, Experiment, TrialPrefixes } from '../../experiments/spec.js';
import { cellText } from '../../settings/cellText.js';
import type { Settings, ValuesByName } from '../../settings/types.js';
import { cellKey } from './streams.js';
import { trialSettings } from '../../settings/trialSettings.js';

/** An experiment with the values that a study gives its settings. */
export interface ChosenExperiment {
  readonly experiment: Experiment;
  readonly values: ValuesByName;
}

export interface StudyCell {
  /** the settings that vary over the grid; they make the cell's address */
  readonly settings: Settings;
  /** canonical text of these settings: the cell's name in addresses and in the store */
  readonly text: string;
  /** the Philox key of its trials' streams */
  readonly key: readonly [number, number];
  /**
   * the settings that a trial and its cost depend on: those of the cell, and every other one that has a single value
   */
  readonly trialSettings: Settings;
}

export interface GridCell extends StudyCell {
  readonly trials: number;
}

/** A chosen experiment with its cells for one seed, in the order of tables and figures. */
export interface ExperimentGrid extends ChosenExperiment {
  readonly seed: number;
  /** when further trials depend on results, these are the first cells; see `grownCells` */
  readonly cells: readonly GridCell[];
}

/** Throws `InputError` when the values make no grid, or a grid that contains a cell twice. */
export function gridOf(chosen: ChosenExperiment, seed: number): ExperimentGrid {
  return { ...chosen, seed, cells: distinctCells(chosen, seed, chosen.experiment.cells(chosen.values)) };
}

/**
 * The cells of a grid, extended as far as the results allow. When nothing depends on results, these are the grid's own
 * cells.
 */
export function grownCells(grid: ExperimentGrid, prefixes: TrialPrefixes): readonly GridCell[] {
  const { experiment, values, seed, cells } = grid;
  return experiment.grow === undefined ? cells : distinctCells(grid, seed, experiment.grow(values, prefixes));
}

/** The cell with these settings; it need not be in the grid any more. */
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
