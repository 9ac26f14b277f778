/**
 * docs/papers/README.md: every statement of the papers with the claims that judge it and their verdicts.
 * `node scripts/papers.mjs` writes the page from docs/papers/verdicts.json. With `--only` it runs these experiments
 * first and records their verdicts:
 *
 *     node scripts/papers.mjs --only fu2019-thm1,fu2019-thm2 --scale quick
 *     node scripts/papers.mjs --only fu2018-thm2 --set labels=regression
 *     node scripts/papers.mjs --only zhong2017-fig1a --scale paper --out studies/fig1a
 *
 * `--out` continues a study in that folder, or only reads it when it is whole. A test compares page and verdicts.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PAGE, papersPage } from './papers/page.mjs';
import { readRuns, recordedRuns, recordRun, writeRuns } from './papers/runs.mjs';

const OPTIONS = {
  only: { type: 'string', default: '' },
  scale: { type: 'string', default: 'quick' },
  seed: { type: 'string', default: '1' },
  set: { type: 'string', multiple: true, default: [] },
  workers: { type: 'string', default: '1' },
  out: { type: 'string' },
};

function recordAll({ only, out, ...options }) {
  for (const experiment of only.split(',').filter((id) => id !== '')) {
    const scratch = out ?? mkdtempSync(join(tmpdir(), 'basin-papers-'));
    try {
      writeRuns(recordRun(recordedRuns(), { experiment, out: scratch, ...options }));
    } finally {
      if (out === undefined) rmSync(scratch, { recursive: true });
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  recordAll(parseArgs({ options: OPTIONS }).values);
  writeFileSync(PAGE, papersPage(readRuns()));
}
