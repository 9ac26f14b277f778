/**
 * Summaries that a study file defines: a statistic over the trials, applied to a measure or to an expression in
 * measures.
 */
import { InputError, refuse } from '../../base/errors.js';
import { suggest } from '../../base/suggest.js';
import { CONSTANTS, parseTerm } from '../../core/networks/formulas/parse.js';
import { FUNCTION_NAMES } from '../../core/networks/formulas/operators.js';
import { evaluate, Terms } from '../../core/networks/formulas/terms.js';
import { tokensOf } from '../../core/networks/formulas/tokens.js';
import { mean, positiveMean } from '../../statistics/means.js';
import { statisticOf, type Statistic } from '../../statistics/named.js';
import { isMean, type Estimator } from '../../statistics/ranges.js';
import { rate } from '../../statistics/rates.js';
import type { Settings } from '../../settings/types.js';
import type { Measure } from '../spec.js';
import { ownMeasures } from './ownMeasures.js';
import { CURVE_NAMES, STACK_NAMES, STUDY_MEASURES } from './measures.js';
import { STUDY_SETTING_KINDS } from './settings.js';
import type { SummarySpec } from './spec.js';

/** Words in expressions that are not variables. */
const OF_FORMULAS: readonly string[] = ['where', ...FUNCTION_NAMES, ...Object.keys(CONSTANTS)];
/** Measures that may be negative. */
const SIGNED: readonly string[] = ['lambdaMin'];
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** The trial measure behind every name that an expression may use. */
const TRIAL_MEASURES: ReadonlyMap<string, string> = new Map([
  ...STUDY_MEASURES.map(({ name, of }) => [name, of] as const),
  ...STUDY_MEASURES.map(({ of }) => [of, of] as const),
]);

/** The name of a measure in a trial, for basin's measures and a user's own. */
function trialMeasure(name: string): string | undefined {
  return TRIAL_MEASURES.get(name) ?? ownMeasures().find((measure) => measure.name === name)?.of;
}

const NUMERIC_SETTINGS = Object.keys(STUDY_SETTING_KINDS).filter((name) =>
  ['integer', 'number'].includes(STUDY_SETTING_KINDS[name]),
);

/**
 * The variables that an expression may use: measures of a trial, then the numeric settings of its cell that do not have
 * the name of a measure.
 */
const VARIABLES = [...new Set([...TRIAL_MEASURES.keys(), ...NUMERIC_SETTINGS])];

/** Names that already have a meaning in tables, figures and expressions. */
export const TAKEN: readonly string[] = [
  ...VARIABLES,
  ...Object.keys(STUDY_SETTING_KINDS),
  ...CURVE_NAMES,
  ...STACK_NAMES,
  'trials',
  'failed',
  'diverged',
];

/**
 * A summary as a measure.
 * @throws InputError for a name that is taken, an invalid expression, and an unknown statistic
 */
export function summaryMeasure(name: string, { of, statistic }: SummarySpec): Measure {
  const measure = measureOf(name, trialNumber(of, `${name}.of`), statisticOf(statistic, `${name}.statistic`));
  requireName(name);
  requireFree(measure);
  return measure;
}

/** @throws InputError for a name that expressions and columns cannot have */
export function requireName(name: string): void {
  if (!NAME.test(name)) refuse('the name', "letters, digits and '_', a letter first", name);
}

/** The estimator with a confidence sequence as interval, for a summary that is not a mean. */
export function summarySequence({ statistic }: SummarySpec): Estimator {
  return statisticOf(statistic, 'statistic').sequence;
}

/** A name of basin stands for basin's measure. A study may define it again only with the same meaning. */
function requireFree({ name, of, value, estimate }: Measure): void {
  const own = STUDY_MEASURES.find((measure) => measure.name === name);
  if (own !== undefined && value === undefined && own.of === of && own.estimate === estimate) return;
  if (own !== undefined)
    throw new InputError(`the name of a summary must be free, got '${name}', which is basin's ${own.description}`);
  if (TAKEN.includes(name))
    throw new InputError(`the name of a summary must be free, got '${name}', which is basin's own`);
  if (ownMeasures().some((measure) => measure.name === name))
    throw new InputError(`the name of a summary must be free, got '${name}', which is a measure that the study uses`);
}

/** The number that a summary takes from one trial. */
export interface TrialNumber {
  readonly text: string;
  /** for a measure without further arithmetic: its name in the trial */
  readonly plain?: string;
  readonly value: NonNullable<Measure['value']>;
}

/**
 * A measure, or an expression in measures and numeric settings.
 * @param what the name of the text in messages
 * @throws InputError for a text that is neither
 */
export function trialNumber(text: string, what: string): TrialNumber {
  const names = namesIn(text, what);
  const term = parseTerm(new Terms(), text, names, what);
  if (!names.some((name) => trialMeasure(name) !== undefined))
    throw new InputError(`${what} must have a measure of the trial in it, got '${text}'`);
  const plain = term.kind === 'variable' ? trialMeasure(term.name) : undefined;
  const behind = new Map(names.map((name) => [name, trialMeasure(name)]));
  const value: TrialNumber['value'] = (measures, settings) => {
    const point = pointOf(behind, measures, settings);
    return point && evaluate(term, point);
  };
  return { text, value, ...(plain === undefined ? {} : { plain }) };
}

/** The variables of an expression, without repetition. */
function namesIn(text: string, what: string): string[] {
  const words = tokensOf(text, what).flatMap(({ kind, text: word }) => (kind === 'name' ? [word] : []));
  const names = [...new Set(words)].filter((word) => !OF_FORMULAS.includes(word));
  const known = [...VARIABLES, ...ownMeasures().map(({ name }) => name)];
  const unknown = names.find((word) => !known.includes(word));
  if (unknown !== undefined)
    throw new InputError(
      `${what} must be made of measures and numeric settings, got '${unknown}'${suggest(unknown, [...known, ...OF_FORMULAS])}`,
    );
  return names;
}

/** Undefined if the trial lacks a measure, or the cell lacks a setting. */
function pointOf(
  behind: ReadonlyMap<string, string | undefined>,
  measures: Readonly<Record<string, number>>,
  settings: Settings,
): Record<string, number> | undefined {
  const point: Record<string, number> = {};
  for (const [name, of] of behind) {
    const value = of === undefined ? settings[name] : measures[of];
    if (typeof value !== 'number') return undefined;
    point[name] = value;
  }
  return point;
}

function measureOf(name: string, { text, plain, value }: TrialNumber, statistic: Statistic): Measure {
  const { each, words } = statistic;
  const whenFailed = statistic.whenFailed ?? failedAs(plain);
  const counted: Measure['value'] = (measures, settings) => {
    const number = value(measures, settings);
    return number === undefined ? undefined : each?.(number);
  };
  const taken = each === undefined ? (plain === undefined ? value : undefined) : counted;
  return {
    name,
    of: plain ?? text,
    description: words(text),
    ...(taken === undefined ? {} : { value: taken }),
    ...(whenFailed === undefined ? {} : { whenFailed }),
    ...estimatorOf(statistic, plain),
  };
}

/** The value of a failed trial in a measure without further arithmetic. */
export function failedAs(plain: string | undefined): number | undefined {
  return STUDY_MEASURES.find(({ of }) => of === plain)?.whenFailed;
}

/** The mean of a measure without further arithmetic gets the interval that fits the measure's range. */
function estimatorOf(
  { estimate, interval }: Statistic,
  plain: string | undefined,
): Pick<Measure, 'estimate' | 'interval'> {
  if (estimate !== mean || plain === undefined || SIGNED.includes(plain)) return { estimate, interval };
  const own = STUDY_MEASURES.filter(({ of }) => of === plain).map((measure) => measure.estimate);
  if (own.length === 0) return { estimate, interval };
  return { estimate: own.find((one) => one === rate || isMean(one)) ?? positiveMean };
}
