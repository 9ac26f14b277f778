// A store with other bytes: refused as damaged, or read as it is; never a crash, and never other numbers where SQLite
// sees the damage.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { basin } from './here.mjs';
import { smudged } from './random.mjs';

/** Exports a store that was smudged; returns what is wrong with what comes of it, and the file. */
export async function smudgeStore({ study, exported }, random, folder) {
  const dir = join(folder, 'smudged');
  rmSync(dir, { recursive: true, force: true });
  cpSync(study, dir, { recursive: true });
  const path = join(dir, 'basin.sqlite');
  writeFileSync(path, smudged(readFileSync(path), random));
  const out = join(folder, 'smudged.json');
  rmSync(out, { force: true });
  const { code, stderr } = await basin('export', dir, '--all', '--format', 'json', '--out', out);
  if (code !== 0)
    return {
      path,
      outcome: 'refused',
      wrong: code === 2 && stderr.length === 1 ? undefined : `exit code ${code}: ${stderr.join('\n')}`,
    };
  if (readFileSync(out, 'utf8') === exported) return { path, outcome: 'the same' };
  return { path, outcome: 'unseen', wrong: isWhole(path) ? undefined : 'other numbers, though SQLite sees the damage' };
}

function isWhole(path) {
  const database = new Database(path, { readonly: true });
  try {
    return database.pragma('integrity_check', { simple: true }) === 'ok';
  } catch {
    return false;
  } finally {
    database.close();
  }
}

/** A study, and its table. */
export async function storeToSmudge(study, folder) {
  const out = join(folder, 'whole.json');
  const { code, stderr } = await basin('export', study, '--all', '--format', 'json', '--out', out);
  if (code !== 0) throw new Error(stderr.join('\n'));
  return { study, exported: readFileSync(out, 'utf8') };
}
