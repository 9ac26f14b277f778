/** The library as a program outside of basin has it: the packed files, and what they depend on. */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writePackage } from '../../scripts/release/package.mjs';
import { linkPackage, linkParts } from '../scripts/release/installed.js';
import { temporaryFolder } from '../study/toy.js';

const ROOT = join(import.meta.dirname, '../..');

/** A folder whose node_modules has the package, its compiled parts, and its dependencies alone. */
async function installed(): Promise<string> {
  const folder = temporaryFolder();
  const at = join(folder, 'node_modules/@basin-lab/basin');
  await writePackage(ROOT, at, { commit: 'c0ffee', targets: [] });
  linkParts(at);
  const { dependencies } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) linkPackage(folder, name);
  return folder;
}

it('compiles and runs with what is packed, and needs no types of others', async () => {
  const folder = await installed();
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
