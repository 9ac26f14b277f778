// What each test enters, and how long it takes, without a mutant. It is kept for the next time, as long as the file and all that is not a test stay.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mark } from './marks.mjs';

/** The longest that a test file may take, in seconds. */
const LONGEST = 600;

/** What was said, by tests: '@' and a test's id stand before what that test enters, '@' alone before what belongs to the whole file. */
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

function filesBelow(folder, name) {
  return readdirSync(join(folder, name), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
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
  return { outcome, seconds, functions: functionsOf(''), tests: tests.map((test) => ({ ...test, functions: functionsOf(test.id) })) };
}

const asSets = ({ functions, ...rest }) => ({ ...rest, functions: new Set(functions) });

/** For every test file: its seconds, the functions that all its tests need, and its tests. One that fails undisturbed says nothing about mutants. */
export async function undisturbed({ folder, files, paths, runner, kept }) {
  const all = ['src', 'test'].flatMap((name) => filesBelow(folder, name));
  const others = digest(folder, all.filter((path) => !path.endsWith('.test.ts') && !path.startsWith('test/mutation/')).sort());
  const known = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {};
  const found = new Map();
  const unmark = mark(folder, paths);
  for (const file of files) {
    const key = `${others} ${digest(folder, [file])}`;
    known[key] ??= await look(folder, file, runner);
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(kept, JSON.stringify(known));
    const { outcome, ...rest } = known[key];
    if (outcome === 'passed') found.set(file, { ...asSets(rest), tests: rest.tests.map(asSets) });
    else console.log(`${file} ${outcome} without a mutant: left out`);
  }
  unmark();
  await runner.end();
  return found;
}
