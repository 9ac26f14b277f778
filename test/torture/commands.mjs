// Whole commands of basin, and a small study of one's own for them.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawStudy, studyContent } from '../../dist/app/results.js';
import { failingOpening } from './faults.mjs';
import { basin, done } from './here.mjs';
import { readStudy, studyDigest } from './program.mjs';

export const STUDY = `title: small
grid: {K: 1, d: 2, n: [6, 12], labels: regression, iterations: 30}
trials: 4
measures: [recoveryRate, estimationError]
`;
const FIGURE = 'figure: {measure: recoveryRate, x: n}\n';

export function digestOf(study) {
  const store = readStudy(study);
  try {
    return studyDigest(store);
  } finally {
    store.close();
  }
}

const studyIn = (dir) => join(dir, 'study');
const fileIn = (dir) => join(dir, 'study.yaml');
const planIn = (dir) => join(dir, 'plan.json');
const unitsIn = (dir) => join(dir, 'units');
const exportedIn = (dir) => join(dir, 'exported');

const writeStudyFile = (dir, text = STUDY) => {
  writeFileSync(fileIn(dir), text);
};
const run = (dir) => done('run', fileIn(dir), '--out', studyIn(dir), '--workers', '1');
const plan = (dir) => done('plan', fileIn(dir), '-o', planIn(dir), '--unit', '0.001s');
const shard = (dir, which = '0/1') =>
  done('run', '--plan', planIn(dir), '--shard', which, '--out', unitsIn(dir), '--workers', '1');
const merge = (dir, to = 'study') => done('merge', '--plan', planIn(dir), '--store', join(dir, to), unitsIn(dir));

async function runStudyFile(dir, text) {
  writeStudyFile(dir, text);
  await run(dir);
}

/** A study that lacks half of the trials of its file. */
async function runHalf(dir) {
  await runStudyFile(dir, STUDY.replace('trials: 4', 'trials: 2'));
  writeStudyFile(dir);
}

async function makePlan(dir) {
  writeStudyFile(dir);
  await plan(dir);
}

async function makeUnits(dir) {
  await makePlan(dir);
  await shard(dir);
}

/** A store that has a part of the units. */
async function mergeHalf(dir) {
  await makePlan(dir);
  await shard(dir, '0/2');
  await basin('merge', '--plan', planIn(dir), '--store', studyIn(dir), unitsIn(dir));
  await shard(dir, '1/2');
}

const studyDigestIn = (dir) => digestOf(studyIn(dir));

/** Of units, by the store that they make. */
async function unitsDigestIn(dir) {
  await merge(dir, 'merged');
  return digestOf(join(dir, 'merged'));
}

const exporting = (what, format) => ({
  prepare: runStudyFile,
  act: (dir) => done('export', studyIn(dir), '--what', what, '--format', format, '--out', exportedIn(dir)),
  digest: (dir) => readFileSync(exportedIn(dir)).toString('hex'),
});

const reporting = (text, files) => ({
  prepare: async (dir) => {
    await runStudyFile(dir, text);
    // As a release before left it: nothing but the store.
    for (const name of ['report.html', 'figures', 'study.yaml'])
      rmSync(join(studyIn(dir), name), { recursive: true, force: true });
  },
  act: (dir) => done('report', studyIn(dir)),
  digest: (dir) =>
    files.map((name) => readFileSync(join(studyIn(dir), name), 'utf8').replaceAll(dir, 'DIR')).join('\n'),
});

/** A report without its figures, whose drawing takes nearly all the time. */
async function drawPage(dir) {
  const store = readStudy(studyIn(dir));
  try {
    const content = studyContent(store);
    await drawStudy(store, { ...content, experiments: content.experiments.map((part) => ({ ...part, figures: [] })) });
    return true;
  } finally {
    store.close();
  }
}

/** An export where SQLite cannot open the store in its place: a copy is read. */
async function exportCopy(dir) {
  const release = failingOpening((path) => path === join(studyIn(dir), 'basin.sqlite'));
  try {
    return await exporting('trials', 'csv').act(dir);
  } finally {
    release();
  }
}

/** A command that leaves nothing. */
const reading = (prepare, ...argv) => ({
  prepare,
  act: (dir) => done(...argv.map((word) => word.replace('DIR', dir))),
  digest: () => '',
});

/** Commands to walk through, by name. */
export const COMMANDS = {
  'a page': { ...reporting(STUDY, ['report.html', 'study.yaml']), act: drawPage },
  'a report': reporting(STUDY, ['report.html', 'study.yaml']),
  'a report with a figure': reporting(STUDY + FIGURE, [
    'report.html',
    'study.yaml',
    'figures/study-fig1.svg',
    'figures/study-fig1.csv',
    'figures/study-fig1.vl.json',
  ]),
  'an export of trials as csv': exporting('trials', 'csv'),
  'an export of cells as json': exporting('cells', 'json'),
  'an export of trials as parquet': exporting('trials', 'parquet'),
  'an export of a copy': { ...exporting('trials', 'csv'), act: exportCopy },
  'a command that runs': { prepare: writeStudyFile, act: run, digest: studyDigestIn },
  'a command that continues': { prepare: runHalf, act: run, digest: studyDigestIn },
  'a command that plans': { prepare: writeStudyFile, act: plan, digest: (dir) => readFileSync(planIn(dir), 'utf8') },
  'a command that performs a shard': { prepare: makePlan, act: (dir) => shard(dir), digest: unitsDigestIn },
  'a command that merges': { prepare: makeUnits, act: (dir) => merge(dir), digest: studyDigestIn },
  'a command that merges more': { prepare: mergeHalf, act: (dir) => merge(dir), digest: studyDigestIn },
  'a forecast': reading(runHalf, 'plan', 'DIR/study.yaml', '--out', 'DIR/study', '--pilot', '0'),
  'a check': reading(writeStudyFile, 'check', 'DIR/study.yaml'),
  'a replay': reading(runStudyFile, 'replay', 'DIR/study', 'study/K=1,d=2,iterations=30,labels=regression,n=6#0'),
  'a verification': reading(runStudyFile, 'verify', 'DIR/study', '--workers', '1'),
  'a comparison': reading(
    async (dir) => {
      await runStudyFile(dir);
      cpSync(studyIn(dir), join(dir, 'other'), { recursive: true });
    },
    'compare',
    'DIR/study',
    'DIR/other',
  ),
  'a status': reading(makeUnits, 'status', '--plan', 'DIR/plan.json', '--units', 'DIR/units'),
};
