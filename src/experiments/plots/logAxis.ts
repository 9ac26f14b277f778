/** Log axes that read well over half a decade and over ten. */

/** With fewer decades than this, Vega puts ticks at 1 to 9 times each power of ten, or evenly on an axis too short for that. */
const TICK_COUNT = 8;
/** Beyond these ratios of an axis's ends, only its ticks at 1, 2 and 5 times a power of ten are labelled; only the powers. */
const MEDIUM_AXIS = 5;
const LONG_AXIS = 500;

const EXPONENT = 'round(log(datum.value) / LN10)';
const IS_POWER = `abs(log(datum.value) / LN10 - ${EXPONENT}) < 1e-9`;
const LEADS_WITH_125 = "test(/^[125]e/, format(datum.value, '.0e'))";
const FAR_FROM_ONE = '(datum.value < 0.9e-3 || datum.value > 0.9e6)';
const SUPERSCRIPTS = "['⁰','¹','²','³','⁴','⁵','⁶','⁷','⁸','⁹']";
const POWER_LABEL = [
  "'10'",
  `(${EXPONENT} < 0 ? '⁻' : '')`,
  `(abs(${EXPONENT}) >= 10 ? ${SUPERSCRIPTS}[floor(abs(${EXPONENT}) / 10)] : '')`,
  `${SUPERSCRIPTS}[abs(${EXPONENT}) % 10]`,
].join(' + ');
const PLAIN_LABEL = `format(datum.value, datum.value < 1000 ? '~r' : ${FAR_FROM_ONE} ? '~e' : '~s')`;

/** Labels like 0.02, 500, 20k and 10⁻⁵. */
export function logAxis(channel: 'x' | 'y'): Readonly<Record<string, unknown>> {
  const longerThan = (ratio: number): string => `peek(domain('${channel}')) > ${ratio} * domain('${channel}')[0]`;
  const labelled = `${IS_POWER} || !(${longerThan(MEDIUM_AXIS)}) || ${LEADS_WITH_125} && !(${longerThan(LONG_AXIS)})`;
  return {
    tickCount: TICK_COUNT,
    labelExpr: `!(${labelled}) ? '' : ${FAR_FROM_ONE} && ${IS_POWER} ? ${POWER_LABEL} : ${PLAIN_LABEL}`,
    labelOverlap: 'greedy',
    gridOpacity: { condition: { test: labelled, value: 1 }, value: 0 },
  };
}
