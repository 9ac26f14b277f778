/** `basin reproduce` as the scripts use it. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '..', 'bin', 'basin.js');
const MOST_OUTPUT = 2 ** 28;

/**
 * What `basin reproduce … --json` prints. Its exit code is 1 when a claim fails.
 * @param {readonly string[]} given
 */
export function reproduced(given) {
  const { status, stdout } = spawnSync(process.execPath, [PROGRAM, 'reproduce', ...given, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: MOST_OUTPUT,
  });
  if (status !== 0 && status !== 1) throw new Error(`basin reproduce ${given.join(' ')} ended with ${status}`);
  return JSON.parse(stdout);
}
