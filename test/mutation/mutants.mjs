// npm run mutants -- [--sample N] [--seed N] [--room NAME] [--at src/room/file.ts[:LINE]] [--tests test/ROOM]
// [--seconds S]: mutants of functions, and whether the tests kill them. Prints what came of each, and for each room how
// many were killed; Ctrl-C ends it with what has been tried.
import { readFileSync, readdirSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { binomialRate } from '../../dist/statistics/rates.js';
import { randomOf } from '../torture/random.mjs';
import { testsFor } from './choice.mjs';
import { compilerOf } from './compiler.mjs';
import { applied, mutantsOf } from './operators.mjs';
import { Runner } from './runner.mjs';
import { byRoom, sampled, scoreOf } from './sample.mjs';
import { kept, makeScratch, write } from './scratch.mjs';
import { undisturbed } from './undisturbed.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** What was found out about the tests the last time. */
const KEPT = join(ROOT, 'out/mutants.json');
const ROOMS = ['statistics', 'study', 'pool', 'store', 'shards'];
/** Rooms of tests that are asked: the others run whole commands, and take longer. */
const TESTS = [...ROOMS, 'export', 'report'];
/** A mutant has this many times the undisturbed test's time, and this many seconds. */
const PATIENCE = { times: 4, seconds: 10 };

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '400' },
    seed: { type: 'string', default: '1' },
    room: { type: 'string', multiple: true, default: ROOMS },
    at: { type: 'string', multiple: true },
    tests: { type: 'string', multiple: true, default: TESTS.map((room) => `test/${room}`) },
    seconds: { type: 'string', default: '20' },
  },
});

/** Paths below these folders that end so, sorted. */
function filesOf(folder, folders, ending) {
  const of = (name) => readdirSync(join(folder, name), { recursive: true }).map((path) => `${name}/${path}`);
  return folders
    .flatMap(of)
    .filter((path) => path.endsWith(ending))
    .sort();
}

function sourcesOf(folder) {
  const paths = filesOf(
    folder,
    values.room.map((room) => `src/${room}`),
    '.ts',
  );
  return paths.map((path) => ({ path, code: readFileSync(join(folder, path), 'utf8') }));
}

const isAsked = ({ path, line }) =>
  values.at === undefined || values.at.some((place) => place === path || place === `${path}:${line}`);

/**
 * What comes of a mutant: `failed` or `late` tests kill it; `passed`; or `unseen`, when no test enters its function.
 */
async function outcomeOf(mutant, code, folder, runner, found) {
  const runs = testsFor(mutant, found, Number(values.seconds));
  const restore = kept(folder, mutant.path);
  const outcomeOfRun = ({ seconds, ...run }) =>
    runner.run({ ...run, changed: [mutant.path] }, PATIENCE.times * seconds + PATIENCE.seconds);
  for (const run of runs) {
    write(folder, mutant.path, applied(code, mutant));
    const { outcome } = await outcomeOfRun(run);
    restore();
    if (outcome === 'passed') continue;
    // Tests that need others before them fail alone, with or without a mutant.
    if (run.ids === undefined || (await outcomeOfRun(run)).outcome === 'passed') return { outcome, test: run.test };
  }
  return { outcome: runs.length === 0 ? 'unseen' : 'passed', test: `${runs.length} test files` };
}

/** A last look: what killed mutants passes without one, or the kills say nothing. */
async function requirePassing(tried, runner) {
  for (const test of new Set(tried.filter(({ outcome }) => outcome === 'failed').map((one) => one.test))) {
    const { outcome } = await runner.run({ test, changed: [] }, 600);
    if (outcome === 'passed') continue;
    console.log(`IN DOUBT: ${test} ${outcome} without a mutant`);
    process.exitCode = 1;
  }
}

const SAYS = { failed: 'killed', late: 'late', unseen: 'UNSEEN', passed: 'SURVIVED' };
const oneLine = (text) => text.replace(/\s+/g, ' ').slice(0, 100);
const described = ({ path, line, kind, original, replacement }) =>
  `${path}:${line} ${kind}: ${oneLine(original)} → ${oneLine(replacement)}`;

async function run(folder, runner) {
  const sources = sourcesOf(folder);
  const codes = new Map(sources.map(({ path, code }) => [path, code]));
  const found = await undisturbed({
    folder,
    runner,
    files: filesOf(folder, values.tests, '.test.ts'),
    paths: filesOf(
      folder,
      ROOMS.map((room) => `src/${room}`),
      '.ts',
    ),
    kept: KEPT,
  });
  const compiles = compilerOf(folder);
  const mutants = sources.flatMap(({ path, code }) => mutantsOf(path, code)).filter(isAsked);
  const chosen = sampled(mutants, Number(values.sample), randomOf(Number(values.seed)), (mutant) =>
    compiles(mutant.path, applied(codes.get(mutant.path), mutant)),
  );
  console.log(`${mutants.length} mutants, ${chosen.length} tried, seed ${values.seed}`);
  const tried = [];
  let stopped = false;
  process.once('SIGINT', () => {
    stopped = true;
  });
  for (const mutant of chosen) {
    if (stopped) break;
    const { outcome, test } = await outcomeOf(mutant, codes.get(mutant.path), folder, runner, found);
    tried.push({ ...mutant, outcome, test });
    console.log(`${SAYS[outcome]} ${described(mutant)} (${test})`);
  }
  await requirePassing(tried, runner);
  for (const [room, ofRoom] of byRoom(tried)) console.log(`${room}: ${scoreOf(ofRoom, binomialRate)}`);
  console.log(`all: ${scoreOf(tried, binomialRate)}`);
  if (tried.length < chosen.length) console.log(`${chosen.length - tried.length} were not tried`);
}

setPriority(10);
const { folder, remove } = makeScratch(ROOT);
const runner = new Runner(folder);
try {
  await run(folder, runner);
} finally {
  await runner.end();
  remove();
}
