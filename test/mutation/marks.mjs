// Marks: every function of the mutated rooms says that it is entered.
import { readFileSync } from 'node:fs';
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
    return block
      ? [[start + 1, `${mark};`]]
      : [
          [start, `(${mark}, `],
          [end, ')'],
        ];
  });
  // From the end, so that places stay.
  return insertions
    .sort(([a], [b]) => b - a)
    .reduce((all, [at, piece]) => all.slice(0, at) + piece + all.slice(at), code);
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
