/** The steps of the set-up, in order. Each step decides itself whether it is needed, so a second run does nothing. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inStep } from './lockfile.mjs';
import { ROOT, probe, run } from './machine.mjs';
import { aptPackages, missingMessage, missingRequirements } from './requirements.mjs';
import { fingerprint, readStamp } from './stamp.mjs';

/** Something that only the user of the machine can correct. */
export class RequirementsMissing extends Error {}

const ADDON = join(ROOT, 'build', 'Release', 'basin.node');
const ADDON_STAMP = join(ROOT, 'build', '.basin-setup');
const PROGRAM = join(ROOT, 'dist', 'cli', 'main.js');
const PROGRAM_STAMP = join(ROOT, 'dist', '.basin-setup');

/** @param {string} path @returns {any} the parsed file, or undefined when there is none */
function readJson(path) {
  const file = join(ROOT, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** @param {string} name */
const installedVersion = (name) => readJson(`node_modules/${name}/package.json`)?.version ?? 'none';

function packagesDue() {
  return !inStep(readJson('package-lock.json').packages, readJson('node_modules/.package-lock.json')?.packages);
}

/**
 * Whether the addon of better-sqlite3 is missing (npm was told to ignore install scripts) or was built for another
 * Node.
 */
function sqliteDue() {
  const opened = spawnSync(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:')"], {
    cwd: ROOT,
    stdio: 'ignore',
  });
  return opened.status !== 0;
}

const addonSources = () => {
  // Not the version of Node: the addon uses Node-API, and runs in every version.
  const facts = [process.platform, process.arch, installedVersion('node-addon-api')];
  return fingerprint(ROOT, { folders: ['native'], files: ['binding.gyp'], facts });
};
const addonDue = () => !existsSync(ADDON) || readStamp(ADDON_STAMP) !== addonSources();

function buildAddon() {
  const stamp = addonSources();
  // Not `build`: because of the way Highway re-includes our sources, make's dependency files do not list them. An
  // incremental build would keep stale code.
  run(process.execPath, [join(ROOT, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'), 'rebuild']);
  writeFileSync(ADDON_STAMP, stamp);
}

const programSources = () =>
  fingerprint(ROOT, { folders: ['src'], files: ['tsconfig.json'], facts: [installedVersion('typescript')] });
const programDue = () => !existsSync(PROGRAM) || readStamp(PROGRAM_STAMP) !== programSources();

function buildProgram() {
  const stamp = programSources();
  // tsc emits only what has changed since .tsbuildinfo, which also lies in dist. Files that are missing in dist would
  // therefore stay missing.
  if (!existsSync(PROGRAM)) rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  for (const project of ['.', join('src', 'live', 'page')]) run(process.execPath, [compiler, '-p', project]);
  writeFileSync(PROGRAM_STAMP, stamp);
}

/** A tree that is already built also runs on a machine without the build tools. */
const requirementsDue = () => (packagesDue() || sqliteDue() || addonDue()) && missingRequirements(probe).length > 0;

function installRequirements() {
  const missing = missingRequirements(probe);
  if (process.getuid?.() !== 0 || !probe.hasCommand('apt-get'))
    throw new RequirementsMissing(missingMessage(missing, probe));
  // A failed refresh of the package list need not stop the installation: the result of apt-get install decides.
  const install = `apt-get update; apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 ${aptPackages(missing).join(' ')}`;
  run('sh', ['-c', install], { DEBIAN_FRONTEND: 'noninteractive' });
  const still = missingRequirements(probe);
  if (still.length > 0) throw new RequirementsMissing(missingMessage(still, probe));
}

export const STEPS = [
  { title: 'system packages', isDue: requirementsDue, act: installRequirements },
  {
    title: 'npm packages',
    isDue: packagesDue,
    act: () => run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']),
  },
  {
    title: 'better-sqlite3',
    isDue: sqliteDue,
    act: () => run('npm', ['rebuild', 'better-sqlite3', '--ignore-scripts=false']),
  },
  { title: 'native addon', isDue: addonDue, act: buildAddon },
  { title: 'program', isDue: programDue, act: buildProgram },
];
