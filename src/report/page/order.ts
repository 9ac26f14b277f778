/** The order of a table's texts. */

/** Numbers by their value, before texts; a value with an interval by the value. */
export function compare(a: string, b: string): number {
  const [x, y] = [numberIn(a), numberIn(b)];
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
  return Number.isNaN(x) ? a.localeCompare(b) : x === y ? 0 : x - y;
}

function numberIn(text: string): number {
  const [first = ''] = text.replaceAll('−', '-').split(/[ /]/, 1);
  if (/^-?(?:∞|inf)$/.test(first)) return first.startsWith('-') ? -Infinity : Infinity;
  return first === '' ? Number.NaN : Number(first);
}
