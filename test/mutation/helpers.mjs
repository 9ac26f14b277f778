// What a test is made of beside the program: files below test/ that it names by a relative path, and those that these
// name.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const RELATIVE = /(['"])(\.{1,2}\/[^'"\n]+)\1/g;

function fileNamed(folder, path) {
  return [path, path.replace(/\.js$/, '.ts')].find(
    (name) => name.startsWith('test/') && existsSync(join(folder, name)) && statSync(join(folder, name)).isFile(),
  );
}

/** The test itself and its helpers, sorted. */
export function partsOf(folder, test) {
  const found = new Set();
  const visit = (path) => {
    if (found.has(path)) return;
    found.add(path);
    for (const [, , named] of readFileSync(join(folder, path), 'utf8').matchAll(RELATIVE)) {
      const file = fileNamed(folder, normalize(join(dirname(path), named)));
      if (file !== undefined) visit(file);
    }
  };
  visit(test);
  return [...found].sort();
}
