/** Installs tarballs in an empty folder, as a user does, and runs an experiment there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { run } from './command.mjs';

/** Tarballs of other platforms are left out: npm refuses a package by name that this machine cannot run. */
function fits(/** @type {string} */ tarball) {
  const [, os, cpu] = /-(linux|darwin|win32)-([a-z0-9]+)-/.exec(basename(tarball)) ?? [];
  return os === undefined || (os === process.platform && cpu === process.arch);
}

/** Throws when a package's exports or types do not resolve. */
export function checkPackage(/** @type {string} */ folder) {
  run('npx', ['--no', 'publint', '--strict', folder]);
}

/** Throws when a package does not install or the program does not run. */
export function tryPackages(/** @type {readonly string[]} */ tarballs, /** @type {(line: string) => void} */ say) {
  const folder = mkdtempSync(join(tmpdir(), 'basin-release-'));
  try {
    const began = performance.now();
    const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
    run('npm', ['install', '--no-audit', '--no-fund', ...tarballs.filter(fits)], { cwd: folder });
    say(`installed after ${seconds()} s, ${run('du', ['-sm', 'node_modules'], { cwd: folder }).split('\t')[0]} MB`);
    run('npx', ['basin', 'reproduce', 'fu2018-fig3', '--scale', 'smoke', '--out', 'fig3'], { cwd: folder });
    run('npx', ['basin', 'verify', 'fig3', '--sample', '5'], { cwd: folder });
    say(`fu2018-fig3 at smoke scale, with figures, after ${seconds()} s`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
