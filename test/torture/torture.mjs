// npm run torture -- [--minutes M] [--seed N]: faults at every call, fuzzed files, smudged stores, killed runs, as long
// as the time lasts. Prints how many of each there were; exit code 1 with a finding, whose seed and file it names and
// keeps in out/torture.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { COMMANDS } from './commands.mjs';
import { FAULTS } from './faults.mjs';
import { formatsOf, fuzz } from './fuzz.mjs';
import { killRuns, runToKill } from './kills.mjs';
import { promises } from './promise.mjs';
import { oneOf, randomOf } from './random.mjs';
import { smudgeStore, storeToSmudge } from './stores.mjs';
import { SCENARIOS } from './toyStudy.mjs';
import { begin, step } from './walk.mjs';
import { LEASE_FAULTS, leaseFault } from './workers.mjs';

const KEPT = fileURLToPath(new URL('../../out/torture', import.meta.url));
const MOST_FINDINGS = 20;

/** Steps of one sort, for as long as they are asked for: each names its kind, and what is wrong. */
async function* walks(folder) {
  for (;;) {
    for (const [name, scenario] of Object.entries({ ...COMMANDS, ...SCENARIOS })) {
      const own = mkdtempSync(join(folder, 'walk-'));
      const begun = await begin(scenario, own);
      const leases =
        scenario.leases === true
          ? Object.entries(LEASE_FAULTS).map(([kind, fault]) => [`lease ${kind}`, leaseFault(kind), fault])
          : [];
      for (const [kind, arm, options = {}] of [...Object.entries(FAULTS), ...leases])
        yield* faultsOf(`${name}: ${kind}`, scenario, begun, arm, options);
      rmSync(own, { recursive: true });
    }
    yield { kind: 'all walks whole' };
  }
}

async function* faultsOf(kind, scenario, begun, arm, options) {
  for (let at = 0; ; at++) {
    const { fired, wrong } = await step(scenario, begun, arm(at), options);
    if (fired === undefined && wrong.length === 0) return;
    yield {
      kind,
      wrong: wrong.length > 0 ? `call ${at} (${fired ?? 'none'}): ${wrong.join('; ')}` : undefined,
      path: join(begun.folder, 'disturbed'),
    };
    if (fired === undefined) return;
  }
}

async function* fuzzes(folder, random) {
  const own = mkdtempSync(join(folder, 'units-'));
  await SCENARIOS['a merge'].prepare(own);
  const formats = Object.entries(formatsOf(readFileSync(join(own, 'units', 'unit-1.jsonl.gz'))));
  for (;;) {
    const [name, format] = oneOf(random, formats);
    yield { kind: `file: ${name}`, ...fuzz(format, random, folder) };
  }
}

async function* smudges(folder, random) {
  const own = mkdtempSync(join(folder, 'store-'));
  await COMMANDS['a report'].prepare(own);
  const whole = await storeToSmudge(join(own, 'study'), folder);
  for (;;) {
    const { outcome, ...rest } = await smudgeStore(whole, random, folder);
    yield { kind: `smudged store: ${outcome}`, ...rest };
  }
}

async function* kills(folder, random) {
  const undisturbed = await runToKill(folder);
  for (;;) {
    const { kills: times, ...rest } = await killRuns(undisturbed, random, folder);
    yield { kind: `run killed ${times} times`, ...rest };
  }
}

/** The walks end, after some thousand steps; the others have no end. */
const SORTS = [
  { make: walks, share: 5 },
  { make: fuzzes, share: 1 },
  { make: smudges, share: 1 },
  { make: kills, share: 1 },
  { make: promises, share: 1 },
];

/**
 * The sort that has had the least of its share of the time comes next, until the time is over or there are findings
 * enough.
 */
async function torture({ minutes, seed }, folder) {
  const sorts = SORTS.map(({ make, share }, index) => ({
    steps: make(folder, randomOf(seed + index)),
    share,
    spent: 0,
  }));
  const end = performance.now() + 60_000 * minutes;
  const [counts, findings] = [new Map(), []];
  while (performance.now() < end && findings.length < MOST_FINDINGS) {
    const sort = sorts.reduce((least, one) => (one.spent / one.share < least.spent / least.share ? one : least));
    const before = performance.now();
    const {
      value: { kind, wrong, path },
    } = await sort.steps.next();
    sort.spent += performance.now() - before;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (wrong !== undefined) findings.push({ kind, wrong, kept: keep(path, `${seed}-${findings.length}`) });
  }
  return { counts, findings };
}

function keep(path, name) {
  mkdirSync(KEPT, { recursive: true });
  const kept = join(KEPT, `${name}-${basename(path)}`);
  cpSync(path, kept, { recursive: true });
  return kept;
}

/** @param {Map<string, number>} counts */
function report({ counts, findings }, { minutes, seed }) {
  for (const [kind, count] of [...counts].sort()) console.log(`${String(count).padStart(8)}  ${kind}`);
  console.log(
    `torture: ${minutes} minutes, seed ${seed}: ${[...counts.values()].reduce((sum, count) => sum + count, 0)} faults, ${findings.length} findings`,
  );
  for (const { kind, wrong, kept } of findings)
    console.error(`FINDING (--seed ${seed}) ${kind}: ${wrong}\n  kept: ${kept}`);
}

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' } },
});
const options = { minutes: Number(values.minutes), seed: Number(values.seed) };
if (!(options.minutes > 0) || !Number.isSafeInteger(options.seed)) {
  console.error('usage: npm run torture -- [--minutes M] [--seed N]');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'basin-torture-'));
try {
  const result = await torture(options, folder);
  report(result, options);
  process.exitCode = result.findings.length > 0 || result.counts.size === 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
