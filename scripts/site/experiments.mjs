/** Runs of experiments for the site. A run stays in out/site-studies; its trials are made once for a build of the code. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { thisBuild } from '../../dist/app/provenance.js';
import { EXPERIMENTS } from '../../dist/experiments/registry.js';
import { reproduced } from '../reproduce.mjs';
import { fingerprint } from '../setup/stamp.mjs';

/**
 * One experiment that was run for the site.
 * @typedef {object} Shown
 * @property {string} id
 * @property {string} paper
 * @property {string} title
 * @property {string} source where the paper has it
 * @property {string} scale
 * @property {string} folder of the study: report.html and figures/
 * @property {{ file: string, title: string, width: string, height: string }[]} figures names in figures/
 * @property {{ id: string, statement: string, verdict: string, reason?: string, value: number | null,
 *   low: number | null, high: number | null }[]} claims
 */

const SEED = '1';

/**
 * The experiments with these ids, or all; in the order of the registry.
 * @param {string} only ids with commas, `all` or `none`
 */
export function chosen(only) {
  if (only === 'all') return [...EXPERIMENTS];
  const ids = only === 'none' ? [] : only.split(',').map((id) => id.trim());
  const unknown = ids.filter((id) => !EXPERIMENTS.some((experiment) => experiment.id === id));
  if (unknown.length > 0)
    throw new RangeError(`--only must name experiments (see basin list), got ${unknown.join(', ')}`);
  return EXPERIMENTS.filter(({ id }) => ids.includes(id));
}

/** @param {string} folder @param {string} file an SVG */
function figureOf(folder, file) {
  const path = join(folder, 'figures', file);
  const { title } = JSON.parse(readFileSync(path.replace(/\.svg$/, '.vl.json'), 'utf8'));
  // A browser that knows the size keeps the place free, so that an address with an anchor leads to its heading.
  const [, width = '', height = ''] = /width="([\d.]+)" height="([\d.]+)"/.exec(readFileSync(path, 'utf8')) ?? [];
  return { file, title: [title?.text ?? title ?? file].flat().join(' '), width, height };
}

/**
 * What basin reproduce prints about a whole study. The study is continued, and its report drawn, unless this program
 * has drawn it before.
 * @param {string} id
 * @param {string} scale
 * @param {string} folder
 * @param {string} program fingerprint of the sources that draw
 */
function resultOf(id, scale, folder, program) {
  const record = join(folder, 'site.json');
  if (existsSync(record)) {
    const stored = JSON.parse(readFileSync(record, 'utf8'));
    if (stored.program === program) return stored.result;
  }
  mkdirSync(join(folder, '..'), { recursive: true });
  const study = reproduced([id, '--scale', scale, '--seed', SEED, '--out', folder]);
  if (!study.complete) throw new Error(`${id} was stopped: run the same command again`);
  const [result] = study.experiments;
  writeFileSync(record, JSON.stringify({ program, result }));
  return result;
}

/**
 * Runs experiments that have not run yet, and says what came out.
 * @param {string} root
 * @param {string} only
 * @param {string} scale
 * @returns {Shown[]}
 */
export function runAll(root, only, scale) {
  const studies = join(root, 'out', 'site-studies', thisBuild(), scale);
  const program = fingerprint(root, { folders: ['src'], files: ['package-lock.json'] });
  return chosen(only).map(({ id, paper, title, source }) => {
    const folder = join(studies, id);
    const { claims, figures } = resultOf(id, scale, folder, program);
    const names = figures.map((/** @type {string} */ path) => basename(path));
    return { id, paper, title, source, scale, folder, claims, figures: names.map((name) => figureOf(folder, name)) };
  });
}
