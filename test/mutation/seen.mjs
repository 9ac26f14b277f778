// Loaded before everything in the processes and threads of the tests: says which marked functions are entered, while
// the file for it is there.
import { appendFileSync, existsSync } from 'node:fs';

const file = process.env.BASIN_SEEN;
if (file !== undefined && existsSync(file)) {
  const said = new Set();
  const say = (name) => {
    if (said.has(name)) return;
    said.add(name);
    appendFileSync(file, `${name}\n`);
  };
  globalThis.basinSeen = say;
  // Each test enters its functions anew; between tests, no test has a name.
  globalThis.basinTest = (id) => {
    said.clear();
    say(`@${id}`);
  };
}
