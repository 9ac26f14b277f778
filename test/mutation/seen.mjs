// Loaded before everything in the processes and threads of the tests: says which marked functions are entered, while the file for it is there.
import { appendFileSync, existsSync } from 'node:fs';

const file = process.env.BASIN_SEEN;
if (file !== undefined && existsSync(file)) {
  const said = new Set();
  globalThis.basinSeen = (name) => {
    if (said.has(name)) return;
    said.add(name);
    appendFileSync(file, `${name}\n`);
  };
}
