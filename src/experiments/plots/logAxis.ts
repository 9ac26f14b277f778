/** Log axes with ticks at 1, 2 and 5 times the powers of ten, that read well over half a decade and over ten. */

const POWERS = Array.from({ length: 31 }, (_, i) => i - 15);
/** Vega leaves out the ticks that lie outside of the axis. */
const TICKS = POWERS.flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)));

/** Beyond this ratio of its ends, only an axis's powers of ten are labelled. */
const LONG_AXIS = 500;

const EXPONENT = 'round(log(datum.value) / LN10)';
const IS_POWER = `abs(log(datum.value) / LN10 - ${EXPONENT}) < 1e-9`;
const SUPERSCRIPTS = "['⁰','¹','²','³','⁴','⁵','⁶','⁷','⁸','⁹']";
const POWER_LABEL = [
  "'10'",
  `(${EXPONENT} < 0 ? '⁻' : '')`,
  `(abs(${EXPONENT}) >= 10 ? ${SUPERSCRIPTS}[floor(abs(${EXPONENT}) / 10)] : '')`,
  `${SUPERSCRIPTS}[abs(${EXPONENT}) % 10]`,
].join(' + ');

/** Labels like 0.02, 500, 20k and 10⁻⁵. */
export function logAxis(channel: 'x' | 'y'): Readonly<Record<string, unknown>> {
  const long = `peek(domain('${channel}')) > ${LONG_AXIS} * domain('${channel}')[0]`;
  const farFromOne = 'datum.value < 0.9e-3 || datum.value > 0.9e6';
  const labelled = `${IS_POWER} || !(${long} || ${farFromOne})`;
  const plain = "format(datum.value, datum.value < 1000 ? '~r' : '~s')";
  return {
    values: TICKS,
    labelExpr: `!(${labelled}) ? '' : (${farFromOne}) ? ${POWER_LABEL} : ${plain}`,
    labelOverlap: 'greedy',
    gridOpacity: { condition: { test: labelled, value: 1 }, value: 0 },
  };
}
