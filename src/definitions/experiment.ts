/** Turns a user's definition into an experiment like any other. */
import { InputError, refuse } from '../base/errors.js';
import type { Cell, Experiment, Measure, OwnCode } from '../experiments/spec.js';
import { cellText } from '../settings/cellText.js';
import { MOST_TRIALS } from '../settings/trials.js';
import type { ValuesByName } from '../settings/types.js';
import { requireDefinition } from './check.js';
import { ownFigures } from './figures.js';
import { guarded } from './guard.js';
import { keeping } from './keep.js';
import { located } from './lines.js';
import type { AnyDefinition, OwnMeasure } from './own.js';
import { checkedOutcome, declaredBy } from './outcome.js';
import { statisticOf } from '../statistics/named.js';
import { streamsOf } from './streams.js';

/** Number of hexadecimal digits of the digest in an id. */
const DIGITS = 8;

/**
 * The key of the value with which `--trials` replaces the number of trials of every cell. The value is a list with one
 * entry or none, because lists may change when a study continues. No setting has this name.
 */
export const TRIALS = '--trials';

/** The id in the form `ID@HASH`. */
export function ownId(id: string, { digest }: Pick<OwnCode, 'digest'>): string {
  return `${id}@${digest.slice(0, DIGITS)}`;
}

/** The same as the first part of a file's name. */
export function fileName(id: string): string {
  return id.replace('@', '-');
}

/** Throws `InputError` for a definition that cannot be run. */
export function ownExperiment(definition: AnyDefinition, code: OwnCode): Experiment {
  requireDefinition(definition);
  const { id, title, settings, measures, curves = [], cost, bytes } = definition;
  const declared = declaredBy(definition);
  return {
    id: ownId(id, code),
    streamId: id,
    version: 1,
    code,
    paper: 'own',
    source: `${code.name}, SHA-256 ${code.digest}`,
    title,
    openChoices: [],
    settings,
    cells: (values) => inOwnCode(code, () => cellsOf(definition, values)),
    cost: (trialSettings) =>
      cost === undefined ? 1 : inOwnCode(code, () => positive(`cost of ${id}`, cost(trialSettings))),
    bytes: (trialSettings) =>
      bytes === undefined ? 0 : inOwnCode(code, () => positive(`bytes of ${id}`, bytes(trialSettings))),
    shares: () => false,
    trial: ({ settings: own, stream, kernels, cancel, keep }) =>
      inOwnCode(code, () => {
        const context = { settings: own, kernels, cancel, stream: streamsOf(stream, kernels), keep: keeping(keep) };
        return checkedOutcome(definition.trial(context), declared);
      }),
    measures: measures.map(measureOf),
    curves: curves.map(({ name, of = name, at, description }) => ({ name, of, at, description })),
    claims: () => [],
    figures: (cells) => ownFigures(definition, fileName(ownId(id, code)), cells),
  };
}

/**
 * Runs a user's function without access to clocks and to unseeded random numbers. The message of an error then contains
 * the line in the user's file.
 */
export function inOwnCode<T>(code: OwnCode, run: () => T): T {
  try {
    return guarded(run);
  } catch (error) {
    throw located(code, error);
  }
}

/** A user's measure, with the estimator of its statistic. */
export function measureOf({
  name,
  of = name,
  description,
  statistic,
  whenFailed,
}: Omit<OwnMeasure, 'optional'>): Measure {
  const { estimate, interval, each, whenFailed: usual } = statisticOf(statistic, `the statistic of measure ${name}`);
  const failed = whenFailed ?? usual;
  return {
    name,
    of,
    description,
    estimate,
    interval,
    ...(each === undefined ? {} : { value: (numbers) => (of in numbers ? each(numbers[of]) : undefined) }),
    ...(failed === undefined ? {} : { whenFailed: failed }),
  };
}

function cellsOf({ id, cells }: AnyDefinition, values: ValuesByName): Cell[] {
  const { [TRIALS]: wanted, ...own } = values;
  const trials = Array.isArray(wanted) && wanted.length > 0 ? Number(wanted[0]) : undefined;
  const grid: unknown = cells(own as never);
  if (!Array.isArray(grid))
    return refuse(`cells of ${id}`, 'a function that returns a list of { settings, trials }', grid);
  return grid.map((cell: Cell) => checkedCell(id, { settings: cell?.settings, trials: trials ?? cell?.trials }));
}

function checkedCell(id: string, { settings, trials }: Cell): Cell {
  if (typeof settings !== 'object' || settings === null)
    refuse(`a cell of ${id}`, '{ settings, trials }', JSON.stringify({ settings, trials }));
  if (!Number.isInteger(trials) || trials < 1 || trials > MOST_TRIALS)
    refuse(`trials of a cell of ${id}`, `an integer from 1 to ${MOST_TRIALS}`, trials);
  for (const [name, value] of Object.entries(settings)) {
    if (typeof value !== 'string' && !Number.isFinite(value))
      refuse(`${name} of a cell of ${id}`, 'a number or a text', value);
  }
  try {
    cellText(settings);
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error));
  }
  return { settings, trials };
}

function positive(what: string, value: number): number {
  return value > 0 && Number.isFinite(value) ? value : refuse(what, 'a number above 0', value);
}
