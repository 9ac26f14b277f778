/** The package of the program, without compiled parts. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programManifest } from './manifest.mjs';
import { partOf, writeNotices } from './notices.mjs';
import { writeProgram } from './program.mjs';
import { writeTypes } from './types.mjs';

/** Files of the checkout that a user has: what runs, what is read, and what compiles where there is no binary. */
const COPIED = [
  ...['bin', 'fonts', 'python/basin_read.py', 'docs', 'examples', 'LICENSE', 'CHANGELOG.md', 'CITATION.cff'],
  ...['native', 'binding.gyp', 'scripts/compile.mjs', 'scripts/setup/requirements.mjs', 'scripts/setup/machine.mjs'],
];

/** The entries of the library, as package.json exports them. */
const LIBRARY = ['index', 'statistics/index', 'store/index'];

/**
 * Writes the package of a built checkout.
 * @param {string} root the checkout
 * @param {string} out
 * @param {{ commit: string, targets: readonly import('./targets.mjs').Target[] }} of
 * @returns {Promise<readonly string[]>} the folders of the packages whose code is in it
 */
export async function writePackage(root, out, { commit, targets }) {
  const checkout = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const folders = await writeProgram(root, out);
  writeTypes(join(root, 'dist'), join(out, 'dist'), LIBRARY);
  const isUsed = (/** @type {string} */ path) => path !== join(root, 'native', 'check');
  for (const path of COPIED) cpSync(join(root, path), join(out, path), { recursive: true, filter: isUsed });
  const readme = readFileSync(join(root, 'packaging', 'README.md'), 'utf8');
  writeFileSync(join(out, 'README.md'), readme.replaceAll('](../', ']('));
  const manifest = programManifest(checkout, commit, targets);
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const license = readFileSync(join(root, 'fonts', 'LICENSE'), 'utf8');
  const fonts = { name: 'DejaVu Sans', version: '2.37', license: 'Bitstream-Vera', text: license };
  writeNotices(out, manifest, [...folders.map((folder) => partOf(join(root, folder))), fonts]);
  return folders;
}
