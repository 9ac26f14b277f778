/**
 * The header of a .npy file: a Python dict literal of three entries,
 * `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`.
 */

export interface NpyHeader {
  /** undefined for a structured dtype, whose descr is a list */
  readonly descr: string | undefined;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

const ENTRY = /\s*(['"])(\w+)\1\s*:\s*('[^']*'|"[^"]*"|\[.*?\](?=\s*[,}])|True|False|\([\d,\sL]*\))\s*(,|(?=\}))/y;
const KEYS = ['descr', 'fortran_order', 'shape'];

/** The entries as text by key, or undefined when the text is not such a dict. */
function entries(text: string): Map<string, string> | undefined {
  const literal = /^\s*\{(.*\})\s*$/s.exec(text)?.[1];
  if (literal === undefined) return undefined;
  const found = new Map<string, string>();
  ENTRY.lastIndex = 0;
  for (let position = 0; !/^\s*\}$/.test(literal.slice(position)); position = ENTRY.lastIndex) {
    const match = ENTRY.exec(literal);
    if (match === null || found.has(match[2])) return undefined;
    found.set(match[2], match[3]);
  }
  return found;
}

/** `(3, 4)` → [3, 4]; `()` → []; undefined for what is no tuple of lengths, e.g. `(3)` or `(1e400)`. */
function parseShape(text: string): number[] | undefined {
  const body = /^\((.*)\)$/s.exec(text)?.[1].trim();
  if (body === undefined) return undefined;
  if (body === '') return [];
  // Python takes no leading zeros; Python 2 wrote lengths with an L.
  if (!/^(0+|[1-9]\d*)L?\s*(,\s*(0+|[1-9]\d*)L?\s*)*,?$/.test(body) || !body.includes(',')) return undefined;
  const lengths = body
    .replace(/,$/, '')
    .split(',')
    .map((length) => Number.parseInt(length, 10));
  return lengths.every(Number.isSafeInteger) ? lengths : undefined;
}

/** The header, or undefined when the text is not one. */
export function parseHeader(text: string): NpyHeader | undefined {
  const found = entries(text);
  if (found?.size !== KEYS.length) return undefined;
  const [descr, order, shapeText] = KEYS.map((key) => found.get(key) ?? '');
  const shape = parseShape(shapeText);
  if (shape === undefined || (order !== 'True' && order !== 'False')) return undefined;
  if (descr.startsWith('[')) return { descr: undefined, fortranOrder: order === 'True', shape };
  return /^['"]/.test(descr) ? { descr: descr.slice(1, -1), fortranOrder: order === 'True', shape } : undefined;
}

/** As Python writes a tuple: `()`, `(3,)`, `(3, 4)`. */
export function formatShape(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

const PREAMBLE = Buffer.from('\x93NUMPY\x01\x00', 'latin1');
const ALIGNMENT = 64;

/**
 * Magic, version 1.0, header length and header of a little-endian float64 array in C order, padded so that the data is
 * aligned.
 */
export function float64Header(shape: readonly number[]): Buffer {
  const dict = `{'descr': '<f8', 'fortran_order': False, 'shape': ${formatShape(shape)}, }`;
  const unpadded = PREAMBLE.length + 2 + dict.length + 1;
  const text = `${dict}${' '.repeat((ALIGNMENT - (unpadded % ALIGNMENT)) % ALIGNMENT)}\n`;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length);
  return Buffer.concat([PREAMBLE, length, Buffer.from(text, 'latin1')]);
}
