// npm run mutants -- [--sample N] [--seed N] [--room NAME] [--at src/room/file.ts[:LINE]] [--tests test/ROOM] [--seconds S]: mutants of functions, and whether the tests kill them.
// Prints survivors, and for each room how many were killed.
import { readFileSync, readdirSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { binomialRate } from '../../dist/statistics/rates.js';
import { randomOf } from '../torture/random.mjs';
import { compilerOf } from './compiler.mjs';
import { mark, undisturbed } from './marks.mjs';
import { applied, mutantsOf } from './operators.mjs';
import { Runner } from './runner.mjs';
import { byRoom, sampled, scoreOf, testsFor } from './sample.mjs';
import { kept, makeScratch, write } from './scratch.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROOMS = ['statistics', 'study', 'pool', 'store', 'shards'];
/** Rooms of tests that run these rooms in process. */
const TESTS = [...ROOMS, 'export', 'report'];
/** The longest that a test file may take undisturbed, in seconds. */
const LONGEST = 600;

/** A mutant has this many times the undisturbed test's time, and this many seconds. */
const PATIENCE = { times: 5, seconds: 15 };

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '400' }, seed: { type: 'string', default: '1' },
    room: { type: 'string', multiple: true, default: ROOMS }, at: { type: 'string', multiple: true },
    tests: { type: 'string', multiple: true, default: TESTS.map((room) => `test/${room}`) }, seconds: { type: 'string', default: '20' },
  },
});

/** Paths below these folders that end so, sorted. */
function filesOf(folder, folders, ending) {
  const of = (name) => readdirSync(join(folder, name), { recursive: true }).map((path) => `${name}/${path}`);
  return folders.flatMap(of).filter((path) => path.endsWith(ending)).sort();
}

function sourcesOf(folder) {
  const paths = filesOf(folder, values.room.map((room) => `src/${room}`), '.ts');
  return paths.map((path) => ({ path, code: readFileSync(join(folder, path), 'utf8') }));
}

const isAsked = ({ path, line }) => values.at === undefined || values.at.some((place) => place === path || place === `${path}:${line}`);

/** What comes of a mutant: `failed` or `late` tests kill it; `passed`; or `unseen`, when no test enters its function. */
async function outcomeOf(mutant, code, folder, runner, found) {
  const tests = testsFor(mutant, found, Number(values.seconds));
  const restore = kept(folder, mutant.path);
  write(folder, mutant.path, applied(code, mutant));
  try {
    for (const test of tests) {
      const outcome = await runner.run(test, [mutant.path], PATIENCE.times * found.get(test).seconds + PATIENCE.seconds);
      if (outcome !== 'passed') return { outcome, test };
    }
    return { outcome: tests.length === 0 ? 'unseen' : 'passed', test: `${tests.length} test files` };
  } finally {
    restore();
  }
}

const SAYS = { failed: 'killed', late: 'late', unseen: 'UNSEEN', passed: 'SURVIVED' };
const oneLine = (text) => text.replace(/\s+/g, ' ').slice(0, 100);
const described = ({ path, line, kind, original, replacement }) => `${path}:${line} ${kind}: ${oneLine(original)} → ${oneLine(replacement)}`;

async function run(folder, runner) {
  const sources = sourcesOf(folder);
  const codes = new Map(sources.map(({ path, code }) => [path, code]));
  const unmark = mark(folder, [...codes.keys()]);
  const found = await undisturbed(folder, filesOf(folder, values.tests, '.test.ts'), runner, LONGEST);
  unmark();
  await runner.end();
  const compiles = compilerOf(folder);
  const mutants = sources.flatMap(({ path, code }) => mutantsOf(path, code)).filter(isAsked);
  const chosen = sampled(mutants, Number(values.sample), randomOf(Number(values.seed)), (mutant) => compiles(mutant.path, applied(codes.get(mutant.path), mutant)));
  console.log(`${mutants.length} mutants, ${chosen.length} tried, seed ${values.seed}`);
  const tried = [];
  for (const mutant of chosen) {
    const { outcome, test } = await outcomeOf(mutant, codes.get(mutant.path), folder, runner, found);
    tried.push({ ...mutant, outcome });
    console.log(`${SAYS[outcome]} ${described(mutant)} (${test})`);
  }
  for (const [room, ofRoom] of byRoom(tried)) console.log(`${room}: ${scoreOf(ofRoom, binomialRate)}`);
  console.log(`all: ${scoreOf(tried, binomialRate)}`);
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
