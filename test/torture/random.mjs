// Chance that a seed repeats, and what it does to bytes.

/** Numbers on [0, 1): mulberry32. */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const below = (random, end) => Math.floor(random() * end);
export const oneOf = (random, values) => values[below(random, values.length)];

const ODD_BYTES = [0, 1, 9, 10, 13, 27, 32, 34, 44, 45, 58, 127, 128, 255];

const CHANGES = [
  (bytes, random) => {
    bytes[below(random, bytes.length)] = below(random, 256);
  },
  (bytes, random) => {
    bytes[below(random, bytes.length)] ^= 1 << below(random, 8);
  },
  (bytes, random) => {
    bytes[below(random, bytes.length)] = oneOf(random, ODD_BYTES);
  },
  (bytes, random) => bytes.subarray(0, below(random, bytes.length)),
  (bytes, random) => removed(bytes, below(random, bytes.length), 1 + below(random, 16)),
  (bytes, random) =>
    inserted(
      bytes,
      below(random, bytes.length),
      Buffer.from(Array.from({ length: 1 + below(random, 8) }, () => oneOf(random, ODD_BYTES))),
    ),
  (bytes, random) => inserted(bytes, below(random, bytes.length), piece(bytes, random)),
];

function removed(bytes, at, count) {
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + count)]);
}

function inserted(bytes, at, more) {
  return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
}

function piece(bytes, random) {
  const from = below(random, bytes.length);
  return bytes.subarray(from, from + 1 + below(random, 64));
}

/** A copy with one to four changes: of bytes, cut, without or with pieces. */
export function mutated(original, random) {
  let bytes = Buffer.from(original);
  for (let left = 1 + below(random, 4); left > 0 && bytes.length > 0; left--)
    bytes = oneOf(random, CHANGES)(bytes, random) ?? bytes;
  return bytes;
}

/** A copy of the same length with one to eight other bytes. */
export function smudged(original, random) {
  const bytes = Buffer.from(original);
  for (let left = 1 + below(random, 8); left > 0; left--) CHANGES[below(random, 2)](bytes, random);
  return bytes;
}
