/**
 * `node bench/peers/install.mjs`: installs what the bench compares basin with, into `out/peers`: NumPy and JAX in a
 * virtual environment, nblas in a folder of its own. Nothing of basin needs them. Each is independent: where one fails,
 * its last lines are shown and the bench runs without it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALLED_PYTHON, NODE_FOLDER, PYTHON_FOLDER } from './places.mjs';

/** nblas is compiled here, against the BLAS of the system; npm asks for leave to run its build. */
const NODE_PACKAGE = { private: true, dependencies: { nblas: '2.1.13' }, allowScripts: { nblas: true } };
const REQUIREMENTS = join(import.meta.dirname, 'python', 'requirements.txt');

const EVERYTHING = [
  {
    title: 'NumPy and JAX',
    commands: [
      [process.env.PYTHON ?? 'python3', '-m', 'venv', PYTHON_FOLDER],
      [
        INSTALLED_PYTHON,
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '--requirement',
        REQUIREMENTS,
      ],
    ],
  },
  { title: 'nblas', commands: [['npm', 'install', '--no-audit', '--no-fund', '--prefix', NODE_FOLDER]] },
];

/** The end of what a failed command said, or null. */
function failure([command, ...parameters]) {
  const { status, error, stdout, stderr } = spawnSync(command, parameters, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status === 0) return null;
  return error?.message ?? `${stdout}${stderr}`.trim().split('\n').slice(-5).join('\n');
}

mkdirSync(NODE_FOLDER, { recursive: true });
writeFileSync(join(NODE_FOLDER, 'package.json'), `${JSON.stringify(NODE_PACKAGE, null, 2)}\n`);
for (const { title, commands } of EVERYTHING) {
  process.stderr.write(`bench: ${title} …\n`);
  const failed = commands
    .map((command) => () => failure(command))
    .reduce((problem, attempt) => problem ?? attempt(), null);
  if (failed === null) continue;
  console.error(`bench: ${title} could not be installed:\n${failed}`);
  process.exitCode = 1;
}
