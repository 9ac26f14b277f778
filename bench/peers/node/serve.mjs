/**
 * Answers requests of the bench like `python/serve.py`, for the best that a Node user could pick otherwise: the matrix
 * products by OpenBLAS through the npm package nblas, everything between them in loops over typed arrays. Argument: the
 * folder with its node_modules.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { descent } from './descent.mjs';
import { landscape } from './landscape.mjs';

const require = createRequire(join(process.argv[2], 'package.json'));
const { dgemm } = require('nblas');
const { version } = JSON.parse(readFileSync(join(process.argv[2], 'node_modules', 'nblas', 'package.json'), 'utf8'));
const KINDS = { descent, landscape };
const [PLAIN, TRANSPOSED] = [111, 112];

/** C (m, n) = A (m, k) B, with B (k, n), or (n, k) where transposed. */
const products = {
  byTransposed: (a, b, c, m, n, k) => dgemm(PLAIN, TRANSPOSED, m, n, k, 1, a, k, b, k, 0, c, n),
  by: (a, b, c, m, n, k) => dgemm(PLAIN, PLAIN, m, n, k, 1, a, k, b, n, 0, c, n),
};

function readDoubles(file) {
  const bytes = readFileSync(file);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** The job with its files read: names ending in `File` become arrays of doubles. */
function fields(job) {
  return Object.fromEntries(
    Object.entries(job).map(([name, value]) =>
      name.endsWith('File') ? [name.slice(0, -4), readDoubles(value)] : [name, value],
    ),
  );
}

function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/**
 * CPU seconds of the fastest repetition per iteration, within about `seconds`; busy threads; the last point. The first
 * run, which compiles, is not timed.
 */
function timed(descend, iterations, seconds) {
  let final = descend(iterations);
  let fastest = Infinity;
  let repetitions = 0;
  const began = performance.now();
  const busy = cpuSeconds();
  while (repetitions < 3 || cpuSeconds() - busy < seconds) {
    const start = cpuSeconds();
    final = descend(iterations);
    fastest = Math.min(fastest, cpuSeconds() - start);
    repetitions += 1;
  }
  return {
    seconds: fastest / iterations,
    threads: (1000 * (cpuSeconds() - busy)) / (performance.now() - began),
    final,
  };
}

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const descents = new Map();
say({ contenders: ['Node'], missing: [], versions: { nblas: version }, blas: 'OpenBLAS of the system' });
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if (request.job !== undefined) descents.set(request.workload, KINDS[request.job.kind](fields(request.job), products));
  const { final, ...times } = timed(descents.get(request.workload), request.iterations, request.seconds);
  if (request.result !== undefined) writeFileSync(request.result, final);
  say(times);
}
