/**
 * npm run bench [-- options]: descent kernels against dgemm's rate in the same run and against other ways to compute
 * the same descents, one thread each.
 *   --rounds N        rounds to measure (5)
 *   --out FILE        where the run goes as JSON (out/bench/DATE.json)
 *   --run FILE        take this run instead of measuring
 *   --compare FILE    exit code 1 when a workload is slower than in that run beyond the spread of both
 *   --target NAME     instruction set of basin's kernels: AVX3, AVX2, SCALAR, … (the best of the machine)
 *   --record          make this run the one that docs/benchmarks.md shows
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareRuns, hasRegressed } from './compare.mjs';
import { page, shown, surroundings, tableText } from './record.mjs';

const ROOT = join(import.meta.dirname, '..');
const RECORDED_RUN = join(ROOT, 'bench', 'recorded.json');
const RECORDED_PAGE = join(ROOT, 'docs', 'benchmarks.md');

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
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
  // The addon reads this when it is loaded.
  process.env['BASIN_VECTOR_TARGET'] = options.target;
  const { measureRun } = await import('./measure.mjs');
  const run = await measureRun(Number(options.rounds));
  const name = run.date.slice(0, 16).replace(':', '');
  writeText(options.out ?? join(ROOT, 'out', 'bench', `${name}.json`), `${JSON.stringify(run, null, 2)}\n`);
  return run;
}

function compare(older, newer) {
  const lines = compareRuns(older, newer);
  for (const { name, verdict, before, now } of lines) {
    console.log(
      `${name}: ${verdict}, ${now === undefined ? '' : `${shown(now, 2)} `}of dgemm, before ${shown(before, 2)}`,
    );
  }
  return hasRegressed(lines) ? 1 : 0;
}

const older = options.compare === undefined ? undefined : readRun(options.compare);
const run = options.run === undefined ? await measured() : readRun(options.run);
console.log([...surroundings(run), '', tableText(run)].join('\n'));
if (options.record) {
  writeText(RECORDED_RUN, `${JSON.stringify(run)}\n`);
  writeText(RECORDED_PAGE, page(run));
}
if (older !== undefined) process.exitCode = compare(older, run);
