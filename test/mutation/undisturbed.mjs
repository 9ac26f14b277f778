// What each test enters, and how long it takes, without a mutant. It is kept for the next time, as long as the file,
// what it enters and the tests' helpers stay.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { partsOf } from './helpers.mjs';
import { mark } from './marks.mjs';

/** The longest that a test file may take, in seconds. */
const LONGEST = 600;

/**
 * What was said, by tests: '@' and a test's id stand before what that test enters, '@' alone before what belongs to the
 * whole file.
 */
export function entered(said) {
  const byTest = new Map([['', new Set()]]);
  let test = '';
  for (const line of said.split('\n').filter(Boolean)) {
    if (line.startsWith('@')) test = line.slice(1);
    else byTest.set(test, (byTest.get(test) ?? new Set()).add(line));
  }
  return byTest;
}

function digest(folder, paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${path}\n`).update(readFileSync(join(folder, path)));
  return hash.digest('hex');
}

async function look(folder, file, runner) {
  const seen = join(folder, 'tmp', 'seen');
  writeFileSync(seen, '');
  const begun = performance.now();
  const { outcome, tests } = await runner.run({ test: file, changed: [] }, LONGEST);
  const seconds = (performance.now() - begun) / 1000;
  const byTest = entered(readFileSync(seen, 'utf8'));
  rmSync(seen);
  const functionsOf = (id) => [...(byTest.get(id) ?? [])];
  return {
    outcome,
    seconds,
    functions: functionsOf(''),
    tests: tests.map((test) => ({ ...test, functions: functionsOf(test.id) })),
  };
}

const asSets = ({ functions, ...rest }) => ({ ...rest, functions: new Set(functions) });

/** Source files of the functions that a file's tests enter. */
const sourcesOf = ({ functions, tests }) =>
  [...new Set([functions, ...tests.map((test) => test.functions)].flat().map((name) => name.split('#')[0]))].sort();

/**
 * For every test file: its seconds, the functions that all its tests need, and its tests. One that fails undisturbed
 * says nothing about mutants.
 */
export async function undisturbed({ folder, files, paths, runner, kept }) {
  const digests = new Map(paths.map((path) => [path, digest(folder, [path])]));
  // A source that is not there any more is another one.
  const stateOf = (file, sources) =>
    [digest(folder, partsOf(folder, file)), ...sources.map((path) => digests.get(path))].join(' ');
  const known = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {};
  const found = new Map();
  const unmark = mark(folder, paths);
  for (const file of files) {
    if (known[file]?.outcome !== 'passed' || known[file].state !== stateOf(file, sourcesOf(known[file]))) {
      const seen = await look(folder, file, runner);
      known[file] = { ...seen, state: stateOf(file, sourcesOf(seen)) };
      mkdirSync(dirname(kept), { recursive: true });
      writeFileSync(kept, JSON.stringify(known));
    }
    const { outcome, seconds, functions, tests } = known[file];
    if (outcome === 'passed') found.set(file, { seconds, functions: new Set(functions), tests: tests.map(asSets) });
    else console.log(`${file} ${outcome} without a mutant: left out`);
  }
  unmark();
  await runner.end();
  return found;
}
