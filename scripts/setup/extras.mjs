/**
 * What only the tests need. It is installed only on request (--tests): servers, a browser, and the programs that
 * read basin's exports.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { probe, ROOT, run } from './machine.mjs';
import { readStamp } from './stamp.mjs';

export const canInstall = () => process.getuid?.() === 0 && probe.hasCommand('apt-get');

/** @param {readonly string[]} packages */
export function aptInstall(packages) {
  const install = `apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=400 ${packages.join(' ')}`;
  // RUNLEVEL=1: the packages must not start the servers that they install.
  run('sh', ['-c', `apt-get update; ${install}`], { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' });
}

const SERVERS = [
  { command: 'slurmctld', packages: ['slurm-wlm', 'munge'] },
  { command: 'redis-server', packages: ['redis-server'] },
];
const missingServers = () => SERVERS.filter(({ command }) => !probe.hasCommand(command));

/** A separate Python environment: the Python of the machine is not changed. */
const READERS = join(ROOT, 'out', 'python');
const READERS_STAMP = join(READERS, '.basin-setup');
const REQUIREMENTS = join(ROOT, 'test', 'python', 'requirements.txt');
/** The interpreter that has pandas, polars and DuckDB. */
export const READERS_PYTHON = join(
  READERS,
  ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
);

const requirements = () => readFileSync(REQUIREMENTS, 'utf8');
export const readersDue = () => readStamp(READERS_STAMP) !== requirements();

function installReaders() {
  const python = process.env.PYTHON ?? 'python3';
  const hasVenv = () => spawnSync(python, ['-c', 'import ensurepip, venv'], { stdio: 'ignore' }).status === 0;
  // Debian's python3 comes without venv.
  if (!hasVenv() && canInstall()) aptInstall(['python3', 'python3-venv']);
  rmSync(READERS, { recursive: true, force: true });
  run(python, ['-m', 'venv', READERS]);
  run(READERS_PYTHON, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--requirement',
    REQUIREMENTS,
  ]);
  writeFileSync(READERS_STAMP, requirements());
}

export const EXTRAS = [
  {
    title: 'Slurm and Redis for tests',
    isDue: () => missingServers().length > 0 && canInstall(),
    act: () => aptInstall(missingServers().flatMap(({ packages }) => packages)),
  },
  {
    title: 'Chromium for tests of the live page',
    isDue: () => !probe.hasCommand('chromium') && canInstall(),
    act: () => aptInstall(['chromium']),
  },
  { title: 'pandas, polars and DuckDB for tests', isDue: readersDue, act: installReaders },
];
