/** A stamp is stored beside the result of a build and identifies the sources of that build. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** @param {string} folder @returns {string[]} every file in the folder and its subfolders, sorted */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * One hash over names and contents of files, of all files in folders, and over facts such as version numbers.
 * @param {string} root
 * @param {{ folders?: readonly string[], files?: readonly string[], facts?: readonly string[] }} sources relative to
 *   root
 */
export function fingerprint(root, { folders = [], files = [], facts = [] }) {
  const hash = createHash('sha256').update(JSON.stringify(facts));
  const paths = [
    ...files.map((file) => join(root, file)),
    ...folders.flatMap((folder) => filesBelow(join(root, folder))),
  ];
  for (const path of paths) {
    const bytes = readFileSync(path);
    hash.update(`\n${relative(root, path)}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/** @param {string} file */
export function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
