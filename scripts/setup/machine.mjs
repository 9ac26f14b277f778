/** Access to this machine: commands, headers, and the execution of a step. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { compilerEnvironment, headersPrefix } from './requirements.mjs';

export const ROOT = join(import.meta.dirname, '..', '..');
const HOMEBREW_OPENBLAS = ['/opt/homebrew/opt/openblas/lib/pkgconfig', '/usr/local/opt/openblas/lib/pkgconfig'];

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @type {import('./requirements.mjs').Probe} */
export const probe = {
  hasCommand: (command) =>
    (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, command))),
  hasModule: (module, oldest) =>
    spawnSync('pkg-config', [`--atleast-version=${oldest}`, module], { env: buildEnvironment(), stdio: 'ignore' })
      .status === 0,
};

/** @param {string} prefix */
function headersVersion(prefix) {
  const file = join(prefix, 'include', 'node', 'node_version.h');
  if (!existsSync(file)) return undefined;
  return /^#define NODE_MODULE_VERSION (\d+)/m.exec(readFileSync(file, 'utf8'))?.[1];
}

function headersEnvironment() {
  const prefixes = [join(dirname(process.execPath), '..'), '/usr'];
  const prefix = headersPrefix(prefixes, headersVersion, process.versions.modules);
  return prefix === undefined ? {} : { npm_config_nodedir: prefix };
}

/** Homebrew keeps OpenBLAS out of pkg-config's default path. */
function pkgConfigEnvironment() {
  const folders = [process.env.PKG_CONFIG_PATH ?? '', ...HOMEBREW_OPENBLAS.filter((folder) => existsSync(folder))];
  const path = folders.filter((folder) => folder !== '').join(delimiter);
  return path === '' ? {} : { PKG_CONFIG_PATH: path };
}

export function buildEnvironment() {
  return {
    ...compilerEnvironment(probe),
    ...headersEnvironment(),
    JOBS: 'max',
    ...process.env,
    ...pkgConfigEnvironment(),
  };
}

export class StepFailed extends Error {}

/**
 * Runs a command and keeps its output, which is shown only when it fails.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {Record<string, string>} [environment]
 */
export function run(command, parameters, environment = {}) {
  const result = spawnSync(command, parameters, {
    cwd: ROOT,
    env: { ...buildEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: Infinity,
  });
  if (result.status === 0) return;
  const reason = result.error?.message ?? `exit code ${result.status ?? result.signal}`;
  throw new StepFailed(
    `${result.stdout ?? ''}${result.stderr ?? ''}\nsetup: '${[command, ...parameters].join(' ')}' failed: ${reason}`,
  );
}
