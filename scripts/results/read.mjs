/** The results in results/, a folder and a result.json for each experiment. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPERIMENTS } from '../../dist/experiments/registry.js';

export const RESULTS = join(import.meta.dirname, '..', '..', 'results');
export const RESULT_FILE = 'result.json';

/**
 * One experiment, run whole at paper scale.
 * @typedef {object} Result
 * @property {string} experiment
 * @property {number} version of the experiment
 * @property {number} seed
 * @property {string} study the folder that has its trials, from the repository's root
 * @property {number} cells
 * @property {number} trials
 * @property {number} failed
 * @property {number} diverged
 * @property {number} coreSeconds in all trials
 * @property {Record<string, string>[]} makers build, processor and so on, each with its number of trials
 * @property {object[]} claims id, statement, source, verdict, reason, value, low, high, region
 * @property {{ name: string, title: string, caption: string }[]} figures
 */

/** @returns {Map<string, Result>} by experiment, in the order of `basin list` */
export function readResults() {
  const folders = existsSync(RESULTS) ? readdirSync(RESULTS) : [];
  return new Map(
    EXPERIMENTS.filter(({ id }) => folders.includes(id)).map(({ id }) => [
      id,
      JSON.parse(readFileSync(join(RESULTS, id, RESULT_FILE), 'utf8')),
    ]),
  );
}
