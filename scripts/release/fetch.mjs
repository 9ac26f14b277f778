/** What a release takes from registries: Debian's packages for any architecture, Highway's source, headers of Node. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';

const SOURCES = '/etc/apt';

/** The machine's own sources of Debian, with those of source packages. */
function debianSources() {
  const folders = [SOURCES, join(SOURCES, 'sources.list.d')].filter((folder) => existsSync(folder));
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const paragraphs = files
    .filter((file) => file.endsWith('.sources'))
    .flatMap((file) => readFileSync(file, 'utf8').split(/\n\s*\n/));
  const debian = paragraphs.filter((text) => /^URIs:.*\/debian\/?$/m.test(text));
  if (debian.length === 0) throw new Error('a release is made on Debian 12 or newer: no sources in its format here');
  return debian.map((text) => text.replace(/^Types:.*$/m, 'Types: deb deb-src')).join('\n\n');
}

/** Options that keep apt's lists in a folder of our own: nothing of the machine's changes. */
function aptOptions(/** @type {string} */ folder) {
  const [parts, lists] = [join(folder, 'apt', 'sources'), join(folder, 'apt', 'lists')];
  for (const one of [parts, join(lists, 'partial')]) mkdirSync(one, { recursive: true });
  const settings = {
    'Dir::Etc::sourcelist': '/dev/null',
    'Dir::Etc::sourceparts': parts,
    'Dir::State::lists': lists,
    'APT::Architectures': 'amd64,arm64',
    'APT::Sandbox::User': 'root',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const file = join(parts, 'debian.sources');
  if (existsSync(file)) return options;
  writeFileSync(file, `${debianSources()}\n`);
  run('apt-get', [...options, 'update']);
  return options;
}

/**
 * The path of a file in a Debian package, taken out into the folder.
 * @param {string} name
 * @param {import('./targets.mjs').Target} target
 */
export function debianFile(name, { debian }, /** @type {string} */ folder, /** @type {string} */ path) {
  const place = join(folder, `${name}-${debian}`);
  if (!existsSync(place)) {
    mkdirSync(place, { recursive: true });
    run('apt-get', [...aptOptions(folder), 'download', `${name}:${debian}`], { cwd: place });
    const [file] = readdirSync(place).filter((one) => one.endsWith('.deb'));
    run('dpkg-deb', ['-x', join(place, file), place]);
  }
  return join(place, path);
}

/** The folder of Highway's source, of the version in Debian. */
export function highwaySource(/** @type {string} */ folder) {
  const place = join(folder, 'highway');
  const unpacked = () => readdirSync(place).find((name) => existsSync(join(place, name, 'hwy', 'targets.cc')));
  if (!existsSync(place) || unpacked() === undefined) {
    mkdirSync(place, { recursive: true });
    run('apt-get', [...aptOptions(folder), 'source', '--download-only', 'highway'], { cwd: place });
    const [archive] = readdirSync(place).filter((name) => name.includes('.orig.tar.'));
    run('tar', ['-xf', archive], { cwd: place });
  }
  return join(place, unpacked() ?? '');
}

/** The folder of a Node of a major version for a platform (`linux-x64`), with bin and include. */
export function nodeFolder(/** @type {number} */ major, /** @type {string} */ platform, /** @type {string} */ folder) {
  const place = join(folder, `node-${platform}-${major}`);
  if (!existsSync(join(place, 'package', 'include'))) {
    mkdirSync(place, { recursive: true });
    const archive = run('npm', ['pack', '--silent', `node-${platform}@${major}`], { cwd: place }).trim();
    run('tar', ['-xzf', archive], { cwd: place });
  }
  return join(place, 'package');
}
