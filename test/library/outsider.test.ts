/** The library as a program outside of basin has it: the packed files, and what they depend on. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../study/toy.js';

const ROOT = join(import.meta.dirname, '../..');

/** A folder whose node_modules has the packed basin, its addon, and its dependencies alone: none for development. */
function installed(): string {
  const folder = temporaryFolder();
  const at = join(folder, 'node_modules/@basin-lab/basin');
  const link = (from: string, to: string): void => {
    mkdirSync(dirname(to), { recursive: true });
    symlinkSync(join(ROOT, from), to, 'dir');
  };
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  ) as [{ filename: string }];
  execFileSync('tar', ['xzf', packed.filename], { cwd: folder });
  mkdirSync(dirname(at), { recursive: true });
  renameSync(join(folder, 'package'), at);
  link('build', join(at, 'build'));
  const { dependencies } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) link(`node_modules/${name}`, join(folder, 'node_modules', name));
  return folder;
}

it('compiles and runs with what is packed, and needs no types of others', () => {
  const folder = installed();
  cpSync(join(ROOT, 'examples/library'), folder, { recursive: true });
  const tsc = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder]);
  expect(tsc.stdout.toString()).toBe('');
  const { stdout, stderr } = spawnSync(process.execPath, ['recovery.js'], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout.trim().split('\n')).toEqual([
    'rho of softplus at 1: 0.0006868',
    'descent: converged, loss below 1e-12: true, minimum: true',
    'study: complete',
    'n = 100: 6 trials, error in its interval: true',
    'n = 400: 6 trials, error in its interval: true',
    'median of 6 trials: true',
    'refused in one line',
  ]);
});
