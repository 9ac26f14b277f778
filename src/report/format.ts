/** How estimates are written in tables, on the terminal and in the report. */
import { EXACT_DIGITS, exponentOf, exponentOutside, formatNumber, UNKNOWN } from '../base/amounts.js';
import type { Estimate, Interval } from '../statistics/estimate.js';

/**
 * Significant digits of an interval's half width; with a second digit a narrow interval is not rounded to zero width.
 */
const UNCERTAIN_DIGITS = 2;
/** Half width relative to the value; below it the interval is not visible in the printed digits. */
const EXACT_WIDTH = 1e-7;
/** Digits of a value without an interval. */
const BARE_DIGITS = 3;
const MOST_DECIMALS = 12;
/** Rounding noise in a bound, in units of the last printed digit, that does not push it outward by a whole digit. */
const BOUND_SLACK = 1e-6;

/** A printable value: an interval alone, or an estimate, which says whether it is exact. */
export type Printable = Interval & Partial<Pick<Estimate, 'mcse'>>;

/**
 * A value with its interval, `0.874 [0.861, 0.886]`, in the digits that the interval supports. The bounds are rounded
 * outward: the printed interval always contains the computed one. Where these digits would print a nonzero value or end
 * as 0, each number has two significant digits of its own: `1.2e-7 [0, 6.6e-5]`. An exact value is printed alone, and
 * an unknown end is a dash. `300 [300, 300] (ties)` is a value that most trials share.
 */
export function formatEstimate(estimate: Printable): string {
  const { value, low, high } = estimate;
  if (Number.isNaN(value)) return UNKNOWN;
  if (standsAlone(estimate)) return formatNumber(value, EXACT_DIGITS);
  if (Number.isNaN(low) && Number.isNaN(high)) return `${formatNumber(value, BARE_DIGITS)} [${UNKNOWN}, ${UNKNOWN}]`;
  if (low === high) return `${formatNumber(value, EXACT_DIGITS)} [${formatNumber(low)}, ${formatNumber(high)}] (ties)`;
  const together = inCommonDigits(estimate);
  return loses(estimate, together)
    ? `${inOwnDigits(value, 0)} [${inOwnDigits(low, -1)}, ${inOwnDigits(high, 1)}]`
    : written(together);
}

/** True for an exact value, and for one without information on errors whose interval is too narrow for six digits. */
function standsAlone({ value, low, high, mcse }: Printable): boolean {
  if (mcse !== undefined) return mcse === 0;
  return high - low < 2 * EXACT_WIDTH * Math.abs(value) || low === high;
}

type Parts = readonly [value: string, low: string, high: string];

function written([value, low, high]: Parts): string {
  return `${value} [${low}, ${high}]`;
}

/** Value and ends with the decimals that the half width supports and one common power of ten. */
function inCommonDigits({ value, low, high }: Interval): Parts {
  const known = Number.isFinite(value) ? value : finiteEnd(low, high);
  const exponent = exponentOutside(Math.max(Math.abs(known), halfWidth(value, low, high)));
  const suffixed = (text: string): string => (exponent === 0 || !/\d/.test(text) ? text : `${text}e${exponent}`);
  const [v, l, h] = [value, low, high].map((part) => scaleDown(part, exponent));
  const decimals = decimalsFor(halfWidth(v, l, h));
  return [suffixed(fixed(v, decimals)), suffixed(roundOut(l, decimals, -1)), suffixed(roundOut(h, decimals, 1))];
}

/** True when a nonzero part is printed as 0. */
function loses({ value, low, high }: Interval, parts: Parts): boolean {
  return [value, low, high].some((part, at) => part !== 0 && Number.parseFloat(parts[at]) === 0);
}

/** Two significant digits, rounded towards a side; 0: to the nearest. */
function inOwnDigits(value: number, side: -1 | 0 | 1): string {
  const nearest = Number(value.toPrecision(UNCERTAIN_DIGITS));
  if (!Number.isFinite(value) || value === 0 || (value - nearest) * side <= 0)
    return formatNumber(nearest, UNCERTAIN_DIGITS);
  const step = 10 ** (exponentOf(nearest) - UNCERTAIN_DIGITS + 1);
  return formatNumber(Number((nearest + side * step).toPrecision(UNCERTAIN_DIGITS)), UNCERTAIN_DIGITS);
}

/** value / 10^exponent through the decimal text: dividing would round, and 10^-320 is no normal number. */
function scaleDown(value: number, exponent: number): number {
  if (exponent === 0 || value === 0 || !Number.isFinite(value)) return value;
  const [mantissa, power] = value.toExponential().split('e');
  return Number(`${mantissa}e${Number(power) - exponent}`);
}

/**
 * Half the width of an interval. For a one-sided interval it is the finite side, for (-∞, ∞) the value itself, and for
 * an infinite value the half width that leaves three digits of the bound.
 */
function halfWidth(value: number, low: number, high: number): number {
  if (Number.isFinite(high - low)) return (high - low) / 2;
  const bound = finiteEnd(low, high);
  if (!Number.isFinite(value)) return Math.abs(bound) / 10;
  const side = Math.abs(value - bound);
  return Number.isFinite(side) && side > 0 ? side : Math.abs(value);
}

function finiteEnd(low: number, high: number): number {
  return Number.isFinite(low) ? low : high;
}

/** Decimals that an interval of this half width supports; below 0 where it does not even support units. */
function decimalsFor(width: number): number {
  if (width === 0) return 0;
  return Math.min(MOST_DECIMALS, UNCERTAIN_DIGITS - 1 - exponentOf(width));
}

function roundOut(bound: number, decimals: number, direction: 1 | -1): string {
  if (!Number.isFinite(bound)) return formatNumber(bound);
  const step = 10 ** -decimals;
  const nearest = Number(fixed(bound, decimals));
  const missed = (bound - nearest) * direction > step * BOUND_SLACK;
  return fixed(missed ? nearest + direction * step : nearest, decimals);
}

/** toFixed without `-0.00`; to tens, hundreds, … for decimals below 0. */
function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  const unit = 10 ** -decimals;
  const text = decimals < 0 ? String(Math.round(value / unit) * unit) : value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text;
}
