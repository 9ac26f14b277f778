/** Determines the random numbers of a cell's trials. */
import { createHash } from 'node:crypto';
import type { Experiment } from '../../experiments/spec.js';
import type { Settings } from '../../settings/types.js';
import { cellText } from '../../settings/cellText.js';

/**
 * The Philox key of a cell: the first 64 bits of SHA-256 over experiment, version, seed and the cell's canonical text.
 * Grid position, scale and settings outside the cell are not part of it. So a grid can grow or be reordered without
 * changing old results, and variants of a setting (a step size, a teacher law) get common random numbers.
 */
export function streamKey(
  experimentId: string,
  version: number,
  seed: number,
  cell: string,
): readonly [number, number] {
  const text = JSON.stringify(['basin streams', experimentId, version, seed, cell]);
  const digest = createHash('sha256').update(text).digest();
  return [digest.readUInt32BE(0), digest.readUInt32BE(4)];
}

/** The key of a cell of an experiment. */
export function cellKey(
  { id, streamId = id, version, streamVersion = version, streamText = cellText }: Experiment,
  seed: number,
  cell: Settings,
): readonly [number, number] {
  return streamKey(streamId, streamVersion, seed, streamText(cell));
}
