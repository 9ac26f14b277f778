/** Chooses one trial of an experiment, given by its cell and its number. */
import { InputError, refuse } from '../../base/errors.js';
import { decimal } from '../../base/decimal.js';
import { suggest } from '../../base/suggest.js';
import type { Experiment } from '../../experiments/spec.js';
import { sortedCellText } from '../../settings/cellText.js';
import { splitAtCommas } from '../../settings/commas.js';
import type { Scale } from '../../settings/scale.js';
import { gridOf, type ChosenExperiment, type GridCell } from '../../study/grid/cells.js';

/** An experiment with the values of its settings, and the seed of its random streams. */
export interface ChosenProblem extends ChosenExperiment {
  readonly seed: number;
  readonly scale: Scale;
}

/** The largest number of trials that a growing grid may reach: streams count trials in 32 bits. */
const MOST_TRIALS = 2 ** 32;
const MOST_SHOWN = 5;

/**
 * The cell that a text names. The text lists all settings of the cell, or some settings that no other cell has. Without
 * a text, it is the first cell. Throws `InputError` if the text names no cell, or several.
 */
export function chooseCell(
  chosen: Pick<ChosenProblem, 'experiment' | 'values' | 'seed'>,
  text: string | undefined,
): GridCell {
  const { experiment, seed } = chosen;
  const { cells } = gridOf(chosen, seed);
  if (cells.length === 0) throw new InputError(`the grid of ${experiment.id} must have a cell, got none`);
  if (text === undefined) return cells[0];
  const wanted = sortedCellText(canonical(text));
  if (wanted === undefined) return refuse('--cell', 'settings such as K=3,d=20', text);
  const same = cells.filter((one) => one.text === wanted);
  const fitting =
    same.length > 0
      ? same
      : cells.filter((one) => splitAtCommas(wanted).every((part) => splitAtCommas(one.text).includes(part)));
  if (fitting.length === 1) return fitting[0];
  if (fitting.length > 1)
    throw new InputError(
      `--cell must name one cell of ${experiment.id}, got '${text}', which ${fitting.length} have: ${shown(fitting)}`,
    );
  const texts = cells.map((one) => one.text);
  throw new InputError(
    `--cell must name one of the ${cells.length} cells of ${experiment.id} (${shown(cells)}), got '${text}'${suggest(wanted, texts)}`,
  );
}

function shown(cells: readonly { readonly text: string }[]): string {
  const more = cells.length > MOST_SHOWN ? ` | … ${cells.length - MOST_SHOWN} more` : '';
  return (
    cells
      .slice(0, MOST_SHOWN)
      .map(({ text }) => text)
      .join(' | ') + more
  );
}

/** Normalises the text: 0.10 becomes 0.1, and blanks are removed. */
function canonical(text: string): string {
  return splitAtCommas(text)
    .map((part) => {
      const [key, ...rest] = part.trim().split('=');
      const value = decimal(rest.join('='));
      return rest.length > 0 && Number.isFinite(value) ? `${key}=${value}` : part.trim();
    })
    .join(',');
}

/** Throws `InputError` for a trial that the cell does not have. */
export function requireTrial({ grow, id }: Pick<Experiment, 'grow' | 'id'>, cell: GridCell, trial: number): void {
  const count = grow === undefined ? cell.trials : MOST_TRIALS;
  if (trial < count) return;
  refuse('--trial', `a whole number from 0 to ${count - 1}, as ${cell.text} of ${id} has ${count} trials`, trial);
}
