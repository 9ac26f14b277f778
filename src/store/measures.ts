/**
 * Measures as JSON text that keeps every double: a number that JSON cannot express is written as a word. Unit files and
 * digests have this text, and stores of earlier schemas.
 */

const WORDS = ['NaN', 'Infinity', '-Infinity', '-0'];

/** Numbers by name. */
export type Measures = Readonly<Record<string, number>>;

export function encodeMeasures(measures: Measures): string {
  return JSON.stringify(mapValues(measures, encodeNumber));
}

/** Throws when `encodeMeasures` cannot have written the text. */
export function decodeMeasures(text: string): Record<string, number> {
  const plain: unknown = JSON.parse(text);
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain))
    throw new TypeError('measures must be an object');
  return mapValues(plain as Record<string, unknown>, decode);
}

/** Throws `TypeError` when a measure is not a number. */
export function requireNumbers(measures: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(measures))
    if (typeof value !== 'number') throw new TypeError(`measure '${name}' must be a number, got ${String(value)}`);
}

// From entries, since assigning to a name like __proto__ would not create a property.
function mapValues<In, Out>(record: Readonly<Record<string, In>>, map: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

/** A JSON number, or one of the words. */
export function encodeNumber(value: number): number | string {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return Object.is(value, -0) ? '-0' : String(value);
}

function decode(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && WORDS.includes(value)) return Number(value);
  throw new TypeError(`a measure must be a number or one of ${WORDS.join(', ')}`);
}
