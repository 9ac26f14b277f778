/** Measures as JSON text that keeps every double: what JSON cannot say is written as a word. */

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

export function decodeMeasures(text: string): Record<string, number> {
  const plain = JSON.parse(text) as Record<string, number | string>;
  for (const name of Object.keys(plain)) plain[name] = Number(plain[name]);
  return plain as Record<string, number>;
}

function encode(value: number): number | string {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return Object.is(value, -0) ? '-0' : String(value);
}
