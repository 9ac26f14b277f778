/** Labels of numbers in one notation: plain decimals, or powers of ten. These are Vega expressions. */

const SUPERSCRIPTS = "['⁰','¹','²','³','⁴','⁵','⁶','⁷','⁸','⁹']";

/** The exponent of a positive number. The computed logarithm of a power of ten may be too small by rounding. */
export function exponentOf(value: string): string {
  return `floor(log(${value}) / LN10 + 1e-9)`;
}

export function mantissaOf(value: string): string {
  return `(${value} / pow(10, ${exponentOf(value)}))`;
}

/** `2·10⁻⁵`, for a positive number; `10⁻⁵` for a power of ten. */
export function powerLabel(value: string): string {
  const exponent = exponentOf(value);
  return [
    `(abs(${mantissaOf(value)} - 1) < 1e-8 ? '' : format(${mantissaOf(value)}, '.2~r') + '·')`,
    "'10'",
    `(${exponent} < 0 ? '⁻' : '')`,
    `(abs(${exponent}) >= 10 ? ${SUPERSCRIPTS}[floor(abs(${exponent}) / 10)] : '')`,
    `${SUPERSCRIPTS}[abs(${exponent}) % 10]`,
  ].join(' + ');
}

/** `datum.value` of any sign, in a notation that fits its size, with two digits. */
export function shortLabel(value: string): string {
  const size = `abs(${value})`;
  const powers = `(${value} < 0 ? '−' : '') + ${powerLabel(size)}`;
  const plain = `replace(format(${value}, ${size} >= 99.5 ? '.0f' : '.2~r'), '-', '−')`;
  return `(${value} === 0 ? '0' : ${size} < 0.995e-3 || ${size} >= 99999.5 ? ${powers} : ${plain})`;
}

/**
 * The labels of a linear axis, given the name of its scale: plain decimals without commas, as on log axes, or powers of ten if all its numbers are
 * tiny or huge.
 */
export function linearLabels(channel: string): string {
  const [first, last] = [`domain('${channel}')[0]`, `peek(domain('${channel}'))`];
  const largest = `max(abs(${first}), abs(${last}))`;
  const powers = `(datum.value < 0 ? '−' : '') + ${powerLabel('abs(datum.value)')}`;
  const plain = "replace(datum.label, regexp(',', 'g'), '')";
  return `datum.value === 0 ? '0' : ${largest} < 1e-3 || ${largest} > 1.1e6 ? ${powers} : ${plain}`;
}
