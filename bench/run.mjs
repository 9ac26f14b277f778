/**
 * npm run bench [-- options]: every row of the performance table that can be measured in minutes: descent kernels
 * against dgemm's rate in the same run and against other ways to compute the same descents, and what surrounds them.
 *   --rounds N        rounds of the kernels to measure (5); of the rest at most 3, start-up 20
 *   --only A,B        these measurements alone: kernels, formulas, population, …
 *   --out FILE        where the run goes as JSON (out/bench/DATE.json)
 *   --run FILE        take this run instead of measuring
 *   --compare FILE    exit code 1 when a row is worse than in that run beyond the spread of both
 *   --target NAME     instruction set of basin's kernels: AVX3, AVX2, SCALAR, … (the best of the machine); with AVX2 the
 *                     contenders and both dgemm have no more either
 *   --record          make this run the one that docs/benchmarks.md shows for its target
 * Exit code 1 also when a measurement failed; the others are kept.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareRuns, hasRegressed } from './compare.mjs';
import { heldTo } from './peers/instructions.mjs';
import { aimsTable, recordedPage, surroundings, tableText } from './record.mjs';
import { shown } from './statistics.mjs';

const ROOT = join(import.meta.dirname, '..');
const RECORDED_RUNS = join(ROOT, 'bench', 'recorded');
const RECORDED_PAGE = join(ROOT, 'docs', 'benchmarks.md');

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    out: { type: 'string' },
    run: { type: 'string' },
    compare: { type: 'string' },
    target: { type: 'string', default: '' },
    record: { type: 'boolean', default: false },
  },
});

const readRun = (file) => JSON.parse(readFileSync(file, 'utf8'));

function writeText(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`written to ${file}`);
}

/** Measures only when asked to: what only reads runs needs neither the addon nor the program. */
async function measured() {
  // The addon reads this when it is loaded, in this process and in those that it starts.
  process.env['BASIN_VECTOR_TARGET'] = options.target;
  const { OPENBLAS_CORETYPE } = heldTo(options.target);
  if (OPENBLAS_CORETYPE !== undefined) process.env['OPENBLAS_CORETYPE'] = OPENBLAS_CORETYPE;
  const { measureRun } = await import('./suite.mjs');
  const run = await measureRun(Number(options.rounds), options.only?.split(','));
  const name = run.date.slice(0, 16).replace(':', '');
  writeText(options.out ?? join(ROOT, 'out', 'bench', `${name}.json`), `${JSON.stringify(run, null, 2)}\n`);
  return run;
}

function compare(older, newer) {
  const lines = compareRuns(older, newer);
  for (const { name, verdict, before, now } of lines)
    console.log(`${name}: ${verdict}, ${now === undefined ? '' : `${shown(now, 2)}, `}before ${shown(before, 2)}`);
  return hasRegressed(lines);
}

const older = options.compare === undefined ? undefined : readRun(options.compare);
const run = options.run === undefined ? await measured() : readRun(options.run);
console.log([...surroundings(run), '', tableText(run), '', aimsTable(run)].join('\n'));
if (options.record) {
  writeText(join(RECORDED_RUNS, `${run.vectorTarget}.json`), `${JSON.stringify(run)}\n`);
  writeText(RECORDED_PAGE, await recordedPage(RECORDED_RUNS));
}
const failures = Object.entries(run.failed ?? {});
for (const [name, message] of failures) console.error(`${name} failed: ${message}`);
const regressed = older !== undefined && compare(older, run);
if (regressed || failures.length > 0) process.exitCode = 1;
