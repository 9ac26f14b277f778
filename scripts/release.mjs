/**
 * Makes the packages of a release in out/release: the program, and compiled parts for each platform, as tarballs with
 * third-party notices, bills of materials and checksums. Everything is checked first, and the tarballs are installed in
 * an empty folder and run. It publishes nothing.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from './release/command.mjs';
import { nameOf, NAME, platformManifest } from './release/manifest.mjs';
import { writeNative } from './release/native.mjs';
import { debianPart, partOf, writeNotices } from './release/notices.mjs';
import { writePackage } from './release/package.mjs';
import { checkPackage, tryPackages } from './release/trial.mjs';
import { TARGETS } from './release/targets.mjs';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'out', 'release');
const WORK = join(OUT, 'work');
/** Most bytes of a platform's tarball. */
const MOST_PACKED = 8e6;

const HELP = `npm run release -- [options]

  --checked           the checks of .ci/run have passed for this commit; do not run them again
  --platforms NAMES   ${TARGETS.map(({ name }) => name).join(', ')} (default: all)
  --dirty             a tree with local changes, for a try: never publish these

Example: npm run release -- --checked --platforms linux-x64-gnu
`;

const say = (/** @type {string} */ line) => process.stderr.write(`release: ${line}\n`);
const readJson = (/** @type {string} */ file) => JSON.parse(readFileSync(file, 'utf8'));
const writeJson = (/** @type {string} */ file, /** @type {unknown} */ value) =>
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

/** The commit that the release has, refused where the tree is not that commit. */
function releasedCommit(/** @type {boolean} */ dirty) {
  const changes = run('git', ['status', '--porcelain'], { cwd: ROOT }).trim();
  if (changes !== '' && !dirty) throw new Error(`commit these first:\n${changes}`);
  return run('git', ['rev-parse', 'HEAD'], { cwd: ROOT }).trim() + (changes === '' ? '' : '-dirty');
}

/** A version is released with its own section of the changelog. */
function requireChangelog(/** @type {string} */ version) {
  const [, first] = /^## (.*)$/m.exec(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')) ?? [];
  if (!first?.startsWith(version)) throw new Error(`CHANGELOG.md must begin with version ${version}, got '${first}'`);
}

/** What every program that is linked into the compiled parts is called, in the version that was taken. */
function linkedParts(/** @type {(typeof TARGETS)[number]} */ target) {
  const openblas = join(WORK, `libopenblas-pthread-dev-${target.debian}`);
  const debian = (/** @type {string} */ folder) =>
    /_([^_]+?)(?:%3a[^_]*)?_/.exec(readdirSync(folder).join(' '))?.[1] ?? '';
  const [highway] = readdirSync(join(WORK, 'highway')).filter((name) => name.startsWith('highway-'));
  const read = (/** @type {string} */ file) => readFileSync(join(WORK, 'highway', highway, file), 'utf8').trim();
  const sqlite = join(ROOT, 'node_modules', 'better-sqlite3');
  return [
    debianPart(openblas, 'libopenblas-pthread-dev', {
      name: 'OpenBLAS',
      version: debian(openblas),
      license: 'BSD-3-Clause',
    }),
    { name: 'Highway', version: highway.slice('highway-'.length), license: 'Apache-2.0', text: read('LICENSE') },
    partOf(sqlite),
    { name: 'SQLite', version: sqliteVersion(sqlite), license: 'blessing', text: '' },
    {
      name: 'libstdc++',
      version: compilerVersion(target),
      license: 'GPL-3.0-or-later WITH GCC-exception-3.1',
      text: '',
    },
  ];
}

function sqliteVersion(/** @type {string} */ folder) {
  const script = readFileSync(join(folder, 'deps', 'download.sh'), 'utf8');
  // 3530200 is 3.53.2.
  const [, ...numbers] = /VERSION="(\d)(\d\d)(\d\d)\d*"/.exec(script) ?? [];
  if (numbers.length === 0) throw new Error('better-sqlite3 does not name the version of SQLite in deps/download.sh');
  return numbers.map(Number).join('.');
}

function compilerVersion(/** @type {(typeof TARGETS)[number]} */ { tools }) {
  return run(tools.cxx, ['-dumpfullversion']).trim();
}

async function writePlatform(/** @type {(typeof TARGETS)[number]} */ target, checkout) {
  const name = nameOf(target);
  const out = join(OUT, name.split('/')[1]);
  rmSync(out, { recursive: true, force: true });
  await writeNative({ root: ROOT, folder: WORK, out, target, version: checkout.version });
  writeJson(join(out, 'package.json'), platformManifest(checkout, target));
  cpSync(join(ROOT, 'LICENSE'), join(out, 'LICENSE'));
  writeFileSync(join(out, 'README.md'), `The compiled parts of ${NAME} for ${target.name}. Install ${NAME}.\n`);
  writeNotices(out, { name, version: checkout.version }, linkedParts(target));
  return out;
}

/** Packs a folder; returns the tarball. */
function packed(/** @type {string} */ folder) {
  const [{ filename, unpackedSize, size }] = JSON.parse(
    run('npm', ['pack', '--json', '--pack-destination', OUT], { cwd: folder }),
  );
  say(`${filename}: ${(size / 1e6).toFixed(1)} MB, unpacked ${(unpackedSize / 1e6).toFixed(1)} MB`);
  if (size > MOST_PACKED) throw new Error(`${filename} has ${size} bytes, at most ${MOST_PACKED}`);
  return join(OUT, filename);
}

async function release() {
  const { values } = parseArgs({
    options: {
      checked: { type: 'boolean', default: false },
      dirty: { type: 'boolean', default: false },
      platforms: { type: 'string', default: TARGETS.map(({ name }) => name).join(',') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return process.stdout.write(HELP);
  const names = values.platforms.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !TARGETS.some((target) => target.name === name));
  if (unknown !== undefined)
    throw new Error(`a platform must be one of ${TARGETS.map(({ name }) => name).join(', ')}, got '${unknown}'`);
  const checkout = readJson(join(ROOT, 'package.json'));
  const commit = releasedCommit(values.dirty);
  requireChangelog(checkout.version);
  if (!values.checked) {
    say('the checks of .ci/run, a quarter of an hour');
    run('bash', [join(ROOT, '.ci', 'run')]);
  }
  mkdirSync(WORK, { recursive: true });
  // A tarball of an earlier release beside those of this one could be published with them.
  for (const name of readdirSync(OUT)) if (name.endsWith('.tgz')) rmSync(join(OUT, name));
  const targets = TARGETS.filter(({ name }) => names.includes(name));
  const folders = [];
  for (const target of targets) {
    say(`compiling for ${target.name}`);
    folders.push(await writePlatform(target, checkout));
  }
  say('joining the program');
  const program = join(OUT, 'basin');
  rmSync(program, { recursive: true, force: true });
  await writePackage(ROOT, program, { commit, targets: TARGETS });
  folders.push(program);
  folders.forEach(checkPackage);
  const tarballs = folders.map(packed);
  const sums = tarballs.map(
    (file) => `${createHash('sha256').update(readFileSync(file)).digest('hex')}  ${relative(OUT, file)}\n`,
  );
  writeFileSync(join(OUT, 'SHA256SUMS'), sums.join(''));
  say('installing the tarballs in an empty folder');
  await tryPackages(tarballs, say);
  process.stdout.write(`${tarballs.join('\n')}\n`);
}

try {
  await release();
} catch (error) {
  console.error(`release: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
