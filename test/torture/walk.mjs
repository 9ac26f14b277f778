// The walk: one command with each of its calls failing once, one after the other. After each, what is stored is whole,
// and the same command ends well.
import { cpSync, existsSync, mkdirSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { InputError } from './program.mjs';

const MOST_SITES = 5000;

/** One line that says something: what a user gets. */
export function isRefusal(error) {
  return error instanceof InputError && /^[^\n]{10,}$/.test(error.message);
}

function openFiles() {
  const own = '/proc/self/fd';
  if (!existsSync(own)) return [];
  return readdirSync(own).flatMap((number) => {
    try {
      return [readlinkSync(join(own, number))];
    } catch {
      return [];
    }
  });
}

/** The rows of trials and curves that a store holds, as text; what SQLite says of a store that is not whole. */
function rowsIn(file) {
  const database = new Database(file, { readonly: true });
  try {
    const verdict = database.pragma('integrity_check', { simple: true });
    if (verdict !== 'ok') return { problem: String(verdict), rows: [] };
    const trials = database
      .prepare(
        'SELECT experiment, text, trial, status, measures, error FROM trials JOIN cells ON cells.id = trials.cell',
      )
      .raw()
      .all();
    const curves = database
      .prepare('SELECT experiment, text, trial, name, hex(data) FROM curves JOIN cells ON cells.id = curves.cell')
      .raw()
      .all();
    return { rows: [...trials, ...curves].map((row) => JSON.stringify(row)) };
  } finally {
    database.close();
  }
}

/** What is wrong with what a folder holds, given the rows that it may hold. */
function damageIn(dir, allowed) {
  const file = join(dir, 'study', 'basin.sqlite');
  if (!existsSync(file)) return [];
  const { problem, rows } = rowsIn(file);
  if (problem !== undefined) return [`the store is damaged: ${problem}`];
  const wrong = rows.filter((row) => !allowed.has(row));
  return wrong.length === 0 ? [] : [`the store has a row that is not of the undisturbed study: ${wrong[0]}`];
}

async function settled(act) {
  try {
    return { complete: await act() };
  } catch (error) {
    return { error };
  }
}

/** A folder as the scenario begins, with what an undisturbed command makes of it. */
export async function begin(scenario, folder) {
  const [template, ideal] = [join(folder, 'template'), join(folder, 'ideal')];
  mkdirSync(template, { recursive: true });
  await scenario.prepare(template);
  cpSync(template, ideal, { recursive: true });
  if (!(await scenario.act(ideal))) throw new Error('the undisturbed command does not end well');
  const file = join(ideal, 'study', 'basin.sqlite');
  return {
    template,
    folder,
    digest: await scenario.digest(ideal),
    allowed: new Set(existsSync(file) ? rowsIn(file).rows : []),
  };
}

/**
 * Fails call after call. `expected(error)`: whether an error is what this fault should end with. Returns how many calls
 * there were, and everything that was wrong, a line each.
 */
export async function walk(scenario, begun, arm, { sites = everySite, ...options } = {}) {
  const findings = [];
  let walked = 0;
  for (const at of sites()) {
    const { fired, wrong } = await step(scenario, begun, arm(at), options);
    findings.push(...wrong.map((what) => `call ${at} (${fired ?? 'none'}): ${what}`));
    if (fired === undefined) break;
    walked += 1;
  }
  return { walked, findings };
}

/**
 * One disturbed command, and the same undisturbed after it. `fired`: the call that failed; none when there were fewer
 * calls.
 */
export async function step(scenario, { template, folder, digest, allowed }, { counter, pool, release }, options) {
  const dir = join(folder, 'disturbed');
  rmSync(dir, { recursive: true, force: true });
  cpSync(template, dir, { recursive: true });
  const before = openFiles().length;
  const outcome = await settled(() => scenario.act(dir, { pool }));
  release();
  const { fired } = counter;
  if (fired === undefined)
    return { fired, wrong: outcome.complete === true ? [] : [`fails without a fault: ${outcome.error?.stack}`] };
  const files = openFiles();
  const open = files.length > before ? [`leaves files open: ${files.join(' ')}`] : [];
  const damage = [...damageIn(dir, allowed), ...(scenario.damage?.(dir) ?? [])];
  return {
    fired,
    wrong: [...outcomeProblems(outcome, options), ...open, ...damage, ...(await againProblems(scenario, dir, digest))],
  };
}

function outcomeProblems({ error, complete }, { expected = isRefusal, maySucceed = false }) {
  if (error !== undefined) return expected(error) ? [] : [`ends with ${error.stack ?? error}`];
  return complete === true || maySucceed ? [] : ['ends neither well nor with an error'];
}

async function againProblems(scenario, dir, digest) {
  const { complete, error } = await settled(() => scenario.act(dir));
  if (complete !== true) return [`the same command again does not end well: ${error?.stack}`];
  return (await scenario.digest(dir)) === digest ? [] : ['the same command again has other results'];
}

function* everySite() {
  for (let at = 0; at < MOST_SITES; at++) yield at;
}
