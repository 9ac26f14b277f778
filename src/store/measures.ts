/** Measures as JSON text that keeps every double: what JSON cannot say is written as a word. */

const WORDS = ['NaN', 'Infinity', '-Infinity', '-0'];

type Measures = Readonly<Record<string, number>>;

/** Throws `TypeError` when a measure is not a number. */
export function encodeMeasures(measures: Measures): string {
  const plain: Record<string, number | string> = {};
  for (const name of Object.keys(measures)) {
    const value: unknown = measures[name];
    if (typeof value !== 'number') throw new TypeError(`measure '${name}' must be a number, got ${String(value)}`);
    plain[name] = encode(value);
  }
  return JSON.stringify(plain);
}

/** Throws when the text is not what `encodeMeasures` writes. */
export function decodeMeasures(text: string): Record<string, number> {
  const plain: unknown = JSON.parse(text);
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) throw new TypeError('measures must be an object');
  const measures = plain as Record<string, unknown>;
  for (const name of Object.keys(measures)) measures[name] = decode(measures[name]);
  return measures as Record<string, number>;
}

function encode(value: number): number | string {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return Object.is(value, -0) ? '-0' : String(value);
}

function decode(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && WORDS.includes(value)) return Number(value);
  throw new TypeError(`a measure must be a number or one of ${WORDS.join(', ')}`);
}
