/** VitePress, which makes the site of the documentation. It is installed only on request (--site), into its own folder. */
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inStep } from './lockfile.mjs';
import { ROOT, run } from './machine.mjs';

/** The folder of the generator and of the sources that it builds. */
export const GENERATOR = join(ROOT, 'out', 'generator');
const MANIFEST = join(ROOT, 'scripts', 'site', 'generator');
const INSTALLED = join(GENERATOR, 'node_modules', '.package-lock.json');

/** @param {string} file */
const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

function generatorDue() {
  const installed = existsSync(INSTALLED) ? packagesOf(INSTALLED) : undefined;
  return !inStep(packagesOf(join(MANIFEST, 'package-lock.json')), installed);
}

function installGenerator() {
  mkdirSync(GENERATOR, { recursive: true });
  cpSync(MANIFEST, GENERATOR, { recursive: true });
  run('npm', ['ci', '--prefix', GENERATOR, '--ignore-scripts', '--no-audit', '--no-fund']);
}

export const SITE = [{ title: 'VitePress for the site', isDue: generatorDue, act: installGenerator }];
