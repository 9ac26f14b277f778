/**
 * results/: the evidence at paper scale, and docs/results.md, which shows it.
 *
 *     node scripts/results.mjs                              # the page, from each result.json
 *     node scripts/results.mjs --from results/rounds/0001   # first takes what is complete in a study's folder
 *
 * `basin nightly --out results` makes the rounds. A test compares the page with the results.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readRuns } from './papers/runs.mjs';
import { PAGE, resultsPage } from './results/page.mjs';
import { readResults } from './results/read.mjs';
import { takeResults } from './results/take.mjs';

const OPTIONS = { from: { type: 'string' } };

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { from } = parseArgs({ options: OPTIONS }).values;
  if (from !== undefined) await takeResults(from);
  writeFileSync(PAGE, resultsPage(readResults(), readRuns()));
}
