// Every format of files that basin reads, with valid files to begin from: mutated ones are read or refused in one line,
// nothing else.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readCsv } from '../../dist/io/csv.js';
import { readNpy } from '../../dist/io/npy.js';
import { readNpz } from '../../dist/io/npz.js';
import { planText, readPlan } from '../../dist/shards/plan.js';
import { decodeUnit, DamagedUnit } from '../../dist/shards/unitFile.js';
import { readBytes } from '../../dist/base/read.js';
import { decodeText } from '../../dist/studyfile/document.js';
import { loadStudy } from '../../dist/studyfile/load.js';
import { mutated, oneOf } from './random.mjs';
import { PLAN, PLANNED } from './toyStudy.mjs';
import { isRefusal } from './walk.mjs';

const HERE = import.meta.dirname;
const MOST_SECONDS = 10;
/** What reading a small file may add to the most memory that the process ever had. */
const MOST_KILOBYTES = 1e6;

const CSV = [
  'x,y\n1,2\n3.5,-4e10\n',
  '1,2,3\n4,5,6\n',
  '"a, b","c"\n"1","2"\n',
  '\ufeff0,1\r\n1,NaN\r\n2,inf\r\n',
  '1\n2\n3\n',
];

function filesOf(folder, ending) {
  return readdirSync(join(HERE, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(join(HERE, folder, name)));
}

const YAML = [
  ...filesOf('../../examples', '.yaml'),
  Buffer.from(
    'title: x\ngrid: &g {K: 1, d: [2, 3], n: [5*d, 7]}\nfigure: {measure: recoveryRate, x: n, colour: d}\nscales: {smoke: {grid: *g, trials: 2}}\n',
  ),
];

function readStudy(path) {
  const text = decodeText(readBytes(path));
  return typeof text === 'string' ? loadStudy(text, 'smoke') : text;
}

/** `read(path, bytes)`: what a program of basin does with such a file. */
export function formatsOf(units) {
  const unit = (bytes) => decodeUnit(PLANNED, 1, bytes);
  const rows = gunzipSync(units).toString();
  return {
    npy: { ending: 'npy', valid: filesOf('../io/fixtures', '.npy'), read: readNpy },
    npz: { ending: 'npz', valid: filesOf('../io/fixtures', '.npz'), read: readNpz },
    csv: { ending: 'csv', valid: CSV.map((text) => Buffer.from(text)), read: (path) => readCsv(path) },
    yaml: { ending: 'yaml', valid: YAML, read: readStudy },
    plan: { ending: 'json', valid: [Buffer.from(planText(PLAN))], read: readPlan },
    // With a hash that is right, as one who means harm would make it.
    'plan with its hash': { ending: 'json', valid: [Buffer.from(planText(PLAN))], pack: resealedPlan, read: readPlan },
    unit: { ending: 'gz', valid: [units], read: (_, bytes) => unit(bytes) },
    'unit with its digest': {
      ending: 'gz',
      valid: [Buffer.from(rows)],
      pack: resealedUnit,
      read: (_, bytes) => unit(bytes),
    },
  };
}

function resealedPlan(bytes) {
  try {
    const content = JSON.parse(bytes.toString());
    delete content.hash;
    return Buffer.from(JSON.stringify({ hash: digestOf(JSON.stringify(content)), ...content }));
  } catch {
    return bytes;
  }
}

function resealedUnit(bytes) {
  const lines = bytes.toString().split('\n').slice(0, -2);
  const body = lines.map((line) => `${line}\n`).join('');
  return gzipSync(`${body}${JSON.stringify({ rows: Math.max(0, lines.length - 1), sha256: digestOf(body) })}\n`);
}

const digestOf = (text) => createHash('sha256').update(text).digest('hex');

/** Reads one mutated file; returns what is wrong with what comes of it, and the file. */
export function fuzz({ ending, valid, pack = (bytes) => bytes, read }, random, folder) {
  const bytes = pack(mutated(oneOf(random, valid), random));
  const path = join(folder, `fuzzed.${ending}`);
  writeFileSync(path, bytes);
  const [begin, memory] = [process.cpuUsage(), process.resourceUsage().maxRSS];
  const wrong = problemOf(() => read(path, bytes));
  const { user, system } = process.cpuUsage(begin);
  if (wrong !== undefined) return { wrong, path };
  if ((user + system) / 1e6 > MOST_SECONDS) return { wrong: `takes ${(user + system) / 1e6} s`, path };
  return process.resourceUsage().maxRSS - memory > MOST_KILOBYTES ? { wrong: 'takes more than a gigabyte', path } : {};
}

function problemOf(read) {
  try {
    read();
    return undefined;
  } catch (error) {
    return isRefusal(error) || error instanceof DamagedUnit ? undefined : `ends with ${error?.stack ?? error}`;
  }
}
