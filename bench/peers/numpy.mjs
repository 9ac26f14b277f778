/** A NumPy program that runs once, in one thread, and prints JSON: for rows that are not descents on a training set. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNpy } from '../../dist/io/npy.js';
import { heldTo, withFlags } from './instructions.mjs';
import { PYTHON } from './places.mjs';

/**
 * @param {string} program a file of `peers/python`
 * @param {Record<string, [Float64Array, number[]]>} arrays values and shape; the files are the first parameters
 * @param {number[]} numbers the last parameters
 * @throws Error when the program fails, with what it said
 */
export function runNumpy(program, arrays, numbers) {
  const folder = mkdtempSync(join(tmpdir(), 'basin-bench-'));
  try {
    const files = Object.entries(arrays).map(([name, [values, shape]]) => {
      const file = join(folder, `${name}.npy`);
      writeNpy(file, values, shape);
      return file;
    });
    const parameters = [join(import.meta.dirname, 'python', program), ...files, ...numbers.map(String)];
    const env = withFlags(
      { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' },
      heldTo(process.env.BASIN_VECTOR_TARGET),
    );
    const { status, error, stdout, stderr } = spawnSync(PYTHON, parameters, {
      env,
      encoding: 'utf8',
      maxBuffer: 2 ** 24,
    });
    if (error !== undefined) throw error;
    if (status !== 0) throw new Error(`${program}: ${stderr.trim().split('\n').at(-1)}`);
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
