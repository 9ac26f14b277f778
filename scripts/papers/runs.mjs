/** What experiments said the last time each of them was run whole: docs/papers/verdicts.json and results/. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPERIMENTS, findExperiment } from '../../dist/experiments/registry.js';
import { reproduced } from '../reproduce.mjs';
import { readResults } from '../results/read.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const FILE = join(ROOT, 'docs/papers/verdicts.json');
/** Significant digits of recorded numbers. */
const DIGITS = 6;

/**
 * One run of one experiment; at most one for the same experiment and `set`.
 * @typedef {object} Run
 * @property {string} experiment
 * @property {number} version of the experiment
 * @property {'smoke' | 'quick' | 'paper'} scale
 * @property {number} seed
 * @property {Record<string, string>} set settings other than those of the scale
 * @property {string} build version of basin and digest of its code
 * @property {{ claim: string, verdict: string, value: number | null, low: number | null, high: number | null }[]} claims
 */

/**
 * The recorded runs, each replaced by the result of the same experiment at paper scale where there is one.
 * @returns {Run[]}
 */
export function readRuns() {
  const results = [...readResults().values()].map(runOf);
  const others = recordedRuns().filter((run) => !results.some((result) => isSameStudy(result, run)));
  return sorted([...others, ...results]);
}

/** @returns {Run[]} those of docs/papers/verdicts.json */
export function recordedRuns() {
  return JSON.parse(readFileSync(FILE, 'utf8')).runs;
}

function runOf({ experiment, version, seed, makers, claims }) {
  const build = [...new Set(makers.map((maker) => maker.build))].join(', ');
  return { experiment, version, scale: 'paper', seed, set: {}, build, claims: claims.map(recordedClaim) };
}

/** One claim a line, so that a new run shows in a diff as what it changed. */
export function writeRuns(runs) {
  const texts = runs.map(({ claims, ...run }) => {
    const lines = claims.map((claim) => `    ${JSON.stringify(claim)}`).join(',\n');
    return `  ${JSON.stringify(run).slice(0, -1)},"claims":[\n${lines}\n  ]}`;
  });
  writeFileSync(FILE, `{"runs":[\n${texts.join(',\n')}\n]}\n`);
}

/** The runs with a new one, which replaces that of the same experiment and `set`. */
export function recordRun(runs, { experiment, scale, seed, set, workers, out }) {
  const overrides = set.flatMap((setting) => ['--set', setting]);
  const sized = ['--scale', scale, '--seed', seed, '--workers', workers, '--out', out];
  const study = reproduced([experiment, ...sized, ...overrides]);
  if (!study.complete) throw new Error(`${experiment} must be run whole to be recorded: ${out}`);
  const run = {
    experiment,
    version: findExperiment(experiment).version,
    scale,
    seed: Number(seed),
    set: Object.fromEntries(set.map((setting) => setting.split('='))),
    build: [...new Set(study.makers.map(({ build }) => build))].join(', '),
    claims: study.experiments[0].claims.map(recordedClaim),
  };
  const others = runs.filter((other) => !isSameStudy(other, run));
  return sorted([...others, run]);
}

function recordedClaim({ id, verdict, value, low, high }) {
  return { claim: id, verdict, value: rounded(value), low: rounded(low), high: rounded(high) };
}

/** JSON has no NaN: an unknown number is null in what basin prints, and here. */
function rounded(number) {
  return typeof number === 'number' ? Number(number.toPrecision(DIGITS)) : number;
}

export function isSameStudy(a, b) {
  return a.experiment === b.experiment && sortedText(a.set) === sortedText(b.set);
}

function sortedText(set) {
  return JSON.stringify(
    Object.entries(set)
      .map(([key, value]) => `${key}=${value}`)
      .sort(),
  );
}

function sorted(runs) {
  return runs.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function placeOf({ experiment }) {
  return EXPERIMENTS.findIndex(({ id }) => id === experiment);
}
