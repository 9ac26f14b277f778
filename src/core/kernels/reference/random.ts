import type { RandomKernels, StreamAddress } from '../contract.js';

const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
const WEYL = [0x9e3779b9, 0xbb67ae85] as const;
const ROUNDS = 10;

/** High and low 32-bit words of a·b, for unsigned 32-bit a and b. */
function multiplyWords(a: number, b: number): [high: number, low: number] {
  const product = BigInt(a) * BigInt(b);
  return [Number(product >> 32n), Number(product & 0xffffffffn)];
}

/** Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011, Section 3.3). */
export function philox(counter: Uint32Array, key: Uint32Array): Uint32Array {
  let [c0, c1, c2, c3] = counter as unknown as [number, number, number, number];
  let [k0, k1] = key as unknown as [number, number];
  for (let round = 0; round < ROUNDS; round++) {
    const [high0, low0] = multiplyWords(MULTIPLIERS[0], c0);
    const [high1, low1] = multiplyWords(MULTIPLIERS[1], c2);
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + WEYL[0]) >>> 0;
    k1 = (k1 + WEYL[1]) >>> 0;
  }
  return Uint32Array.of(c0, c1, c2, c3);
}

/** The uniform on (0, 1) of two words: the top 53 bits, centred in their cell, so that 0 and 1 cannot occur. */
function uniform(low: number, high: number): number {
  const bits = ((BigInt(high) << 32n) | BigInt(low)) >> 11n;
  return (Number(bits) + 0.5) * 2 ** -53;
}

function blockWords(address: StreamAddress, block: number): Uint32Array {
  const counter = Uint32Array.of(block % 2 ** 32, Math.floor(block / 2 ** 32), address.trial, address.purpose);
  return philox(counter, Uint32Array.from(address.key));
}

function uniformPair(address: StreamAddress, block: number): [number, number] {
  const [w0, w1, w2, w3] = blockWords(address, block);
  return [uniform(w0, w1), uniform(w2, w3)];
}

function fillPairs(
  address: StreamAddress,
  firstBlock: number,
  out: Float64Array,
  pair: (u0: number, u1: number) => [number, number],
): void {
  for (let i = 0; i < out.length; i += 2) {
    const values = pair(...uniformPair(address, firstBlock + i / 2));
    out[i] = values[0];
    if (i + 1 < out.length) out[i + 1] = values[1];
  }
}

/** (⌊w/2⌋ + ½)·2⁻³¹ as a float. */
function singleUniform(word: number): number {
  return Math.fround(Math.fround(word >>> 1) * 2 ** -31 + 2 ** -32);
}

function fillSingles(address: StreamAddress, firstBlock: number, out: Float32Array): void {
  for (let i = 0; i < out.length; i += 4) {
    const words = blockWords(address, firstBlock + i / 4);
    const normals = [0, 2].flatMap((w) => boxMuller(singleUniform(words[w]), singleUniform(words[w + 1])));
    out.set(normals.slice(0, out.length - i), i);
  }
}

function boxMuller(u0: number, u1: number): [number, number] {
  const radius = Math.sqrt(-2 * Math.log(u0));
  return [radius * Math.cos(2 * Math.PI * u1), radius * Math.sin(2 * Math.PI * u1)];
}

export const referenceRandom: RandomKernels = {
  philox,
  uniforms: (address, firstBlock, out) => fillPairs(address, firstBlock, out, (u0, u1) => [u0, u1]),
  normals: (address, firstBlock, out) => fillPairs(address, firstBlock, out, boxMuller),
  singleNormals: fillSingles,
};
