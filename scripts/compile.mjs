/**
 * Compiles the parts of an installed package on a machine for which there are none: the addon, and better-sqlite3. The
 * tools that this needs are named where they are missing; nothing is installed but in the package's own folder.
 */
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, probe, run, StepFailed } from './setup/machine.mjs';
import { missingMessage, missingRequirements } from './setup/requirements.mjs';

const { compiles } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const WORK = join(ROOT, 'build-tools');
const SQLITE = join(WORK, 'node_modules', 'better-sqlite3');

function compile() {
  const missing = missingRequirements(probe);
  if (missing.length > 0) {
    console.error(missingMessage(missing, probe));
    return 2;
  }
  const gyp = join(WORK, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const wanted = Object.entries(compiles).map(([name, version]) => `${name}@${version}`);
  mkdirSync(WORK, { recursive: true });
  console.error('compiling basin: tools …');
  run('npm', ['install', '--prefix', WORK, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted]);
  console.error('compiling basin: addon, about a minute …');
  run(process.execPath, [gyp, 'rebuild'], { NODE_PATH: join(WORK, 'node_modules') });
  console.error('compiling basin: better-sqlite3 …');
  run(process.execPath, [gyp, 'rebuild', '--directory', SQLITE]);
  const file = `better_sqlite3-${process.versions.modules}.node`;
  cpSync(join(SQLITE, 'build', 'Release', 'better_sqlite3.node'), join(ROOT, 'build', 'Release', file));
  rmSync(WORK, { recursive: true, force: true });
  console.error('compiled: run basin doctor');
  return 0;
}

try {
  process.exitCode = compile();
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
