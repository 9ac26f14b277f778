/** Takes complete experiments from a study's folder into results/: tables, figures, claims, who made them, cost. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { experimentContent } from '../../dist/app/results.js';
import { storedExperiment } from '../../dist/definitions/stored.js';
import { exportStudy } from '../../dist/export/export.js';
import { renderFigure } from '../../dist/report/figures.js';
import { hasData } from '../../dist/report/fields.js';
import { readStudy } from '../../dist/store/open.js';
import { RESULT_FILE, RESULTS } from './read.mjs';

const ROOT = join(RESULTS, '..');
/** More trials are not kept: they are so short that a minute makes them again. */
export const MOST_KEPT = 100_000;

export async function takeResults(folder) {
  const store = readStudy(folder);
  try {
    const { scale } = store.identity;
    if (scale !== 'paper') throw new Error(`${folder}: the scale must be paper, got ${scale}`);
    for (const stored of store.experiments()) {
      const content = experimentContent(store, stored);
      const complete = content.cells.every(({ trials, planned }) => trials >= planned);
      if (complete) await take(store, stored, content);
      console.log(`${stored.id}: ${complete ? 'taken' : 'not complete'}`);
    }
  } finally {
    store.close();
  }
}

async function take(store, stored, content) {
  const out = join(RESULTS, stored.id);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, 'figures'), { recursive: true });
  const table = (what, format, file) =>
    exportStudy(store, {
      ...{ what, format, file: join(out, file), all: false },
      ...{ experimentOf: storedExperiment, experiments: [stored] },
    });
  const result = resultOf(store, stored, content, content.figures.filter(hasData));
  if (result.trials <= MOST_KEPT) table('trials', 'parquet', 'trials.parquet');
  table('cells', 'csv', 'cells.csv');
  const figures = content.figures.filter(hasData);
  for (const figure of figures)
    writeFileSync(join(out, 'figures', `${figure.name}.svg`), (await renderFigure(figure)).svg);
  writeFileSync(join(out, RESULT_FILE), resultText(result));
}

/** The content of a result.json. */
export function resultText(result) {
  return `${JSON.stringify(result, jsonNumber, 1)}\n`;
}

/** JSON has no infinity; NaN becomes null, as in what the commands print. */
function jsonNumber(_key, value) {
  return value === Infinity || value === -Infinity ? String(value) : value;
}

export function resultOf(store, { id, version }, { experiment, values, cells, claims, seconds }, figures) {
  const sum = (of) => cells.reduce((total, cell) => total + of(cell), 0);
  const regions = new Map(experiment.claims(cells, values).map((claim) => [claim.id, claim.region]));
  return {
    experiment: id,
    version,
    seed: store.identity.seed,
    study: relative(ROOT, store.dir).replaceAll('\\', '/'),
    cells: cells.length,
    trials: sum(({ trials }) => trials),
    failed: sum(({ failed }) => failed),
    diverged: sum(({ diverged }) => diverged),
    coreSeconds: seconds,
    makers: store.madeBy([id]).map(({ origin, trials }) => ({ ...origin, trials })),
    claims: claims.map(({ id: claim, statement, source, verdict, reason, value, low, high }) => ({
      ...{ id: claim, statement, source, verdict, reason, value, low, high },
      region: regions.get(claim),
    })),
    figures: figures.map(({ name, title, caption }) => ({ name, title, caption })),
  };
}
