/** Log axes that are readable over half a decade and over ten decades. */
import { mantissaOf, powerLabel } from './numbers.js';

/**
 * On an axis with fewer decades than this, Vega puts ticks at 1 to 9 times each power of ten. On an axis too short for
 * that, it spaces the ticks evenly.
 */
const TICK_COUNT = 8;
/**
 * Ratios of an axis's ends. Above the first ratio, only ticks at 1, 2 and 5 times a power of ten have labels. Above the
 * second, only powers of ten have labels.
 */
const MEDIUM_AXIS = 5;
const LONG_AXIS = 500;

/** Ends of an axis between which plain decimals are readable. */
const [PLAIN_FROM, PLAIN_TO] = [0.9e-3, 1.1e6];

const MANTISSA = mantissaOf('datum.value');
const IS_POWER = `abs(${MANTISSA} - 1) < 1e-8`;
const LEADS_WITH_125 = "test(/^[125]e/, format(datum.value, '.0e'))";
const POWER_LABEL = powerLabel('datum.value');
const PLAIN_LABEL = "format(datum.value, '~r')";

/**
 * Labels in one notation, given the name of the scale: 0.02, 500, 20000 if plain decimals are readable on the whole axis, otherwise 10⁻⁵, 2·10⁻⁵.
 */
export function logAxis(channel: string): Readonly<Record<string, unknown>> {
  const longerThan = (ratio: number): string => `peek(domain('${channel}')) > ${ratio} * domain('${channel}')[0]`;
  const plain = `(domain('${channel}')[0] >= ${PLAIN_FROM} && peek(domain('${channel}')) <= ${PLAIN_TO})`;
  const labelled = `${IS_POWER} || !(${longerThan(MEDIUM_AXIS)}) || ${LEADS_WITH_125} && !(${longerThan(LONG_AXIS)})`;
  return {
    tickCount: TICK_COUNT,
    labelExpr: `!(${labelled}) ? '' : ${plain} ? ${PLAIN_LABEL} : ${POWER_LABEL}`,
    labelOverlap: 'greedy',
    labelSeparation: 6,
    gridOpacity: { condition: { test: labelled, value: 1 }, value: 0 },
  };
}
