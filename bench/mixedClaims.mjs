/**
 * `node bench/mixedClaims.mjs [--scale smoke] [--rounds 1] [ID…]` (after the program is built): whole studies of the
 * experiments that take mixed precision, in float64 and in mixed precision in turn, on one worker. It prints processor
 * times, and compares the claims: their verdicts, and how far the values behind them are apart.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { studyContent } from '../dist/app/results.js';
import { PRECISIONS } from '../dist/core/descent/precisions.js';
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { EXPERIMENTS } from '../dist/experiments/registry.js';
import { StudyControl } from '../dist/pool/control.js';
import { openStudy } from '../dist/store/open.js';
import { gridOf } from '../dist/study/grid/cells.js';
import { resolveValues } from '../dist/study/grid/values.js';
import { runStudy } from '../dist/study/run/run.js';
import { provenance } from './machine.mjs';
import { spread } from './statistics.mjs';

const { values: options, positionals: ids } = parseArgs({
  options: { scale: { type: 'string', default: 'smoke' }, rounds: { type: 'string', default: '1' } },
  allowPositionals: true,
});

/** Processor seconds of a whole study, and its claims. */
async function measure(experiment, precision) {
  const dir = mkdtempSync(join(tmpdir(), 'basin-mixed-'));
  const values = resolveValues(experiment, options.scale, new Map());
  const identity = { seed: 1, scale: options.scale, overrides: {} };
  const store = openStudy(dir, precision === 'float64' ? identity : { ...identity, precision });
  try {
    const begin = process.cpuUsage();
    await runStudy({
      store,
      experiments: [gridOf({ experiment, values }, 1)],
      workers: 1,
      control: new StudyControl(),
    });
    const { user, system } = process.cpuUsage(begin);
    return { seconds: (user + system) / 1e6, claims: studyContent(store).experiments[0].claims };
  } finally {
    store.close();
    rmSync(dir, { recursive: true });
  }
}

/** |a − b|/max(|a|, |b|), 0 for two values that are both not there. */
function apart(a, b) {
  return Object.is(a, b) ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}

console.log(JSON.stringify(provenance(loadNativeKernels())));
for (const experiment of EXPERIMENTS.filter(({ id, takesMixed }) => takesMixed && (!ids.length || ids.includes(id)))) {
  const rounds = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    const found = [];
    for (const precision of PRECISIONS) found.push(await measure(experiment, precision));
    rounds.push(found);
  }
  const [[exact, mixed]] = rounds;
  const other = exact.claims.filter(({ verdict }, at) => verdict !== mixed.claims[at].verdict);
  const largest = Math.max(0, ...exact.claims.map(({ value }, at) => apart(value, mixed.claims[at].value)));
  const { median } = spread(rounds.map(([a, b]) => a.seconds / b.seconds));
  console.log(
    `${experiment.id}  float64 ${exact.seconds.toFixed(1)} s  mixed ${mixed.seconds.toFixed(1)} s  ratio ${median.toFixed(2)}  ${exact.claims.length} claims (${exact.claims.filter(({ verdict }) => verdict !== 'not-applicable').length} judged), other verdicts: ${other.map(({ id }) => id).join(', ') || 'none'}, values differ by at most ${largest.toExponential(1)}`,
  );
}
