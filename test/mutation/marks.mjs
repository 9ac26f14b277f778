// Which tests enter which functions: every function of the mutated rooms says so, once for each thread.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { functionsOf } from './operators.mjs';
import { kept, write } from './scratch.mjs';

export const nameOf = (path, inFunction) => `${path}#${inFunction}`;

/** The file's text, whose functions say their names. */
export function marked(path, code) {
  const source = ts.createSourceFile(path, code, ts.ScriptTarget.ES2023, true);
  const insertions = functionsOf(source).flatMap(({ start, end, block }, at) => {
    const mark = `globalThis.basinSeen?.('${nameOf(path, at)}')`;
    return block ? [[start + 1, `${mark};`]] : [[start, `(${mark}, `], [end, ')']];
  });
  // From the end, so that places stay.
  return insertions.sort(([a], [b]) => b - a).reduce((all, [at, piece]) => all.slice(0, at) + piece + all.slice(at), code);
}

/** Puts marks into all the files; gives the way back. */
export function mark(folder, paths) {
  const restores = paths.map((path) => {
    const restore = kept(folder, path);
    write(folder, path, marked(path, readFileSync(join(folder, path), 'utf8')));
    return restore;
  });
  return () => restores.forEach((restore) => restore());
}

/** For every test file: its seconds, and the functions that it enters. One that fails undisturbed says nothing about mutants. */
export async function undisturbed(folder, tests, runner, limit) {
  const seen = join(folder, 'tmp', 'seen');
  const found = new Map();
  for (const test of tests) {
    writeFileSync(seen, '');
    const begun = performance.now();
    const outcome = await runner.run(test, [], limit);
    const seconds = (performance.now() - begun) / 1000;
    if (outcome === 'passed') found.set(test, { seconds, functions: new Set(readFileSync(seen, 'utf8').split('\n')) });
    else console.log(`${test} ${outcome} without a mutant: left out`);
  }
  rmSync(seen);
  return found;
}
