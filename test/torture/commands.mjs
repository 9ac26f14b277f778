// Commands of basin in this process, and a small study of one's own for them.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../dist/cli/main.js';
import { drawStudy, studyContent } from '../../dist/cli/results.js';
import { InputError, readStudy, replaceDisk, studyDigest } from './program.mjs';

export const STUDY = `title: small
grid: {K: 1, d: 2, n: [6, 12], labels: regression, iterations: 30}
trials: 4
measures: [recoveryRate, estimationError]
`;
const FIGURE = 'figure: {measure: recoveryRate, x: n}\n';

/** Runs a command line; what it prints is kept. */
export async function basin(...argv) {
  const stderr = [];
  const { log, error } = console;
  const [out, err] = [process.stdout.write, process.stderr.write];
  process.stdout.setMaxListeners(0);
  process.stderr.setMaxListeners(0);
  console.error = (text) => { stderr.push(String(text)); };
  console.log = () => undefined;
  // Where standard output is a file, what is printed goes through the disk.
  const release = replaceDisk(({ write }) => ({ write: (to, bytes, from, length) => (to === 1 ? length : write(to, bytes, from, length)) }));
  process.stdout.write = () => true;
  process.stderr.write = (text) => { stderr.push(String(text).trimEnd()); return true; };
  try {
    return { code: await main(argv), stderr: stderr.filter((line) => line !== '') };
  } finally {
    release();
    Object.assign(console, { log, error });
    process.stdout.write = out;
    process.stderr.write = err;
  }
}

/** True when it is done; its one line on stderr as the `InputError` that it was; any other end is an error. */
async function done(...argv) {
  const { code, stderr } = await basin(...argv);
  if (code === 0) return true;
  if (code === 2 && stderr.length === 1) throw new InputError(stderr[0]);
  throw new Error(`exit code ${code} with ${stderr.length} lines: ${stderr.join('\n')}`);
}

export function digestOf(study) {
  const store = readStudy(study);
  try {
    return studyDigest(store);
  } finally {
    store.close();
  }
}

async function runStudyFile(dir, text = STUDY) {
  writeFileSync(join(dir, 'study.yaml'), text);
  await done('run', join(dir, 'study.yaml'), '--out', join(dir, 'study'), '--workers', '1');
}

/** Units of the study for a merge into a folder that is not there yet. */
async function makeUnits(dir) {
  writeFileSync(join(dir, 'study.yaml'), STUDY);
  const plan = join(dir, 'plan.json');
  await done('plan', join(dir, 'study.yaml'), '-o', plan);
  await done('run', '--plan', plan, '--shard', '0/1', '--out', join(dir, 'units'), '--workers', '1');
}

const studyOf = (dir) => digestOf(join(dir, 'study'));
const exporting = (what, format) => ({
  prepare: (dir) => runStudyFile(dir),
  act: (dir) => done('export', join(dir, 'study'), '--what', what, '--format', format, '--out', join(dir, 'exported')),
  digest: (dir) => readFileSync(join(dir, 'exported')).toString('hex'),
});

const reporting = (text, files) => ({
  prepare: async (dir) => {
    await runStudyFile(dir, text);
    // As a release before left it: nothing but the store.
    for (const name of ['report.html', 'figures', 'study.yaml']) rmSync(join(dir, 'study', name), { recursive: true, force: true });
  },
  act: (dir) => done('report', join(dir, 'study')),
  digest: (dir) => files.map((name) => readFileSync(join(dir, 'study', name), 'utf8').replaceAll(dir, 'DIR')).join('\n'),
});

/** A report without its figures, whose drawing takes nearly all the time. */
async function drawPage(dir) {
  const store = readStudy(join(dir, 'study'));
  try {
    const content = studyContent(store);
    await drawStudy(store, { ...content, experiments: content.experiments.map((part) => ({ ...part, figures: [] })) });
    return true;
  } finally {
    store.close();
  }
}

/** Commands to walk through, by name. */
export const COMMANDS = {
  'a page': { ...reporting(STUDY, ['report.html', 'study.yaml']), act: drawPage },
  'a report': reporting(STUDY, ['report.html', 'study.yaml']),
  'a report with a figure': reporting(STUDY + FIGURE, ['report.html', 'study.yaml', 'figures/study-fig1.svg', 'figures/study-fig1.csv', 'figures/study-fig1.vl.json']),
  'an export of trials as csv': exporting('trials', 'csv'),
  'an export of cells as json': exporting('cells', 'json'),
  'an export of trials as parquet': exporting('trials', 'parquet'),
  'a command that merges': { prepare: makeUnits, act: (dir) => done('merge', '--plan', join(dir, 'plan.json'), '--store', join(dir, 'study'), join(dir, 'units')), digest: studyOf },
};

/** Those that begin threads each time, for the torture alone. */
export const LONG_COMMANDS = {
  'a command that runs': {
    prepare: (dir) => { mkdirSync(dir, { recursive: true }); writeFileSync(join(dir, 'study.yaml'), STUDY); },
    act: (dir) => done('run', join(dir, 'study.yaml'), '--out', join(dir, 'study'), '--workers', '1'), digest: studyOf,
  },
  'a command that continues': { prepare: (dir) => runStudyFile(dir), act: (dir) => done('run', join(dir, 'study.yaml'), '--out', join(dir, 'study')), digest: studyOf },
};
