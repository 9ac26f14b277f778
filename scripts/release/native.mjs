/** The compiled parts of a platform: the addon with OpenBLAS and Highway in it, and better-sqlite3 for every Node. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from './command.mjs';
import { debianFile, highwaySource, nodeFolder } from './fetch.mjs';
import { symbolsOf, tooNew, writeOldLibraries } from './oldSystem.mjs';
import { NODES } from './targets.mjs';

/** What binding.gyp says for a processor under Linux. It is an object of JavaScript, but for its comments. */
function addonTarget(/** @type {string} */ root, /** @type {string} */ cpu) {
  const text = readFileSync(join(root, 'binding.gyp'), 'utf8').replace(/^\s*#.*$/gm, '');
  const { sources, defines, cflags_cc: all, conditions } = new Function(`return ${text}`)().targets[0];
  const [, more] = conditions.find(([when]) => when === `target_arch=='${cpu}' and OS=='linux'`) ?? [];
  return { sources, defines, cflags: [...all, ...(more?.cflags_cc ?? [])] };
}

/** The commands that binding.gyp asks gyp to run stand for the place of headers, which the caller adds. */
const isPlain = (/** @type {string} */ flag) => !flag.includes('<!') && flag !== '-isystem';

/** Runs commands, as many at a time as there are cores. */
async function inParallel(/** @type {readonly (readonly [string, readonly string[]])[]} */ commands) {
  const left = [...commands];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await finished(...next);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

/** @param {string} command @param {readonly string[]} parameters */
function finished(command, parameters) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve(undefined);
      else reject(new Error(`${command} ${parameters.join(' ')} failed with ${code}`));
    });
  });
}

/**
 * Links without the system's own libraries: against those of an old system, so that the part loads there.
 * @param {import('./targets.mjs').Target} target
 */
function link(target, /** @type {string} */ out, /** @type {readonly string[]} */ inputs) {
  const { cxx, strip, readelf } = target.tools;
  run(cxx, ['-shared', '-nodefaultlibs', '-o', out, ...inputs, '-Wl,--as-needed', '-Wl,--gc-sections']);
  run(strip, ['-s', out]);
  const missing = tooNew(out, readelf);
  if (missing.length > 0) throw new Error(`${basename(out)} would need a newer system: ${missing.join(', ')}`);
}

/**
 * @typedef {object} Work
 * @property {string} root the checkout
 * @property {string} folder for what is made on the way
 * @property {string} out the folder of the package
 * @property {string} version
 * @property {import('./targets.mjs').Target} target
 */

/** Compiles as binding.gyp says, with headers of our own choice. @param {Work} work */
async function compiledObjects({ root, folder, target, version }) {
  const { sources, defines, cflags } = addonTarget(root, target.only.cpu[0]);
  const highway = highwaySource(folder);
  const openblas = debianFile('libopenblas-pthread-dev', target, folder, target.openblas);
  const headers = [
    join(root, 'node_modules', 'node-addon-api'),
    join(nodeFolder(NODES[0], 'linux-x64', folder), 'include', 'node'),
    highway,
    openblas.replace('/usr/lib/', '/usr/include/').replace(/\/[^/]+$/, ''),
  ].flatMap((path) => ['-isystem', path]);
  const plain = defines.filter(isPlain).map((/** @type {string} */ define) => `-D${define}`);
  const flags = [...cflags.filter(isPlain), ...plain, `-DBASIN_VERSION="${version}"`, '-I', join(root, 'native')];
  const objects = join(folder, target.name, 'objects');
  mkdirSync(objects, { recursive: true });
  const { cxx } = target.tools;
  const compiles = [
    ...sources.map((/** @type {string} */ source) => [cxx, flags, join(root, source)]),
    ...['targets.cc', 'per_target.cc'].map((file) => [cxx, ['-O2', '-std=c++17'], join(highway, 'hwy', file)]),
  ].map(([program, options, source]) => {
    const object = join(objects, `${source.replaceAll('/', '_')}.o`);
    return { object, command: [program, [...options, ...headers, '-fPIC', '-c', source, '-o', object]] };
  });
  await inParallel(compiles.map(({ command }) => /** @type {[string, string[]]} */ (command)));
  return [...compiles.map(({ object }) => object), openblas];
}

/** The addon, with OpenBLAS, Highway and the compiler's library in it. @param {Work} work */
export async function writeAddon(work, /** @type {readonly string[]} */ system) {
  const { target, out } = work;
  const objects = await compiledObjects(work);
  const hidden = ['-l:libstdc++.a', '-Wl,--exclude-libs,ALL', '-Wl,-Bsymbolic'];
  link(target, join(out, 'basin.node'), [...objects, ...target.link, ...hidden, ...system]);
}

/** better-sqlite3 for a version of Node, named by the version of its modules. @param {Work} work */
export function writeSqlite(
  { root, folder, target, out },
  /** @type {number} */ major,
  /** @type {readonly string[]} */ system,
) {
  const node = nodeFolder(major, 'linux-x64', folder);
  const place = join(folder, target.name, `sqlite-${major}`);
  cpSync(join(root, 'node_modules', 'better-sqlite3'), place, { recursive: true });
  rmSync(join(place, 'build'), { recursive: true, force: true });
  const { compiler, cxx } = target.tools;
  const gyp = join(root, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const [cpu] = target.only.cpu;
  const options = ['rebuild', `--arch=${cpu}`, '-j', String(availableParallelism())];
  // In the environment, where npm puts a setting of the machine for the same: node-gyp prefers it to an option.
  const env = { CC: compiler, CXX: cxx, npm_config_nodedir: node };
  run(process.execPath, [gyp, ...options], { cwd: place, env });
  const made = join(place, 'build', 'Release', 'obj.target');
  const objects = readdirSync(join(made, 'better_sqlite3', 'src')).filter((name) => name.endsWith('.o'));
  const [abi] =
    /NODE_MODULE_VERSION (\d+)/.exec(readFileSync(join(node, 'include', 'node', 'node_version.h'), 'utf8'))?.slice(1) ??
    [];
  const file = join(out, `better_sqlite3-${abi}.node`);
  link(target, file, [
    ...objects.map((name) => join(made, 'better_sqlite3', 'src', name)),
    join(made, 'deps', 'sqlite3.a'),
    ...system,
  ]);
  // Node calls a module by this name, and refuses those of other versions.
  if (!symbolsOf(file, target.tools.readelf).some(({ name }) => name === `node_register_module_v${abi}`))
    throw new Error(`${basename(file)} was compiled for another Node than ${major}`);
}

/** Writes all compiled parts into the folder of the package. @param {Work} work */
export async function writeNative(work) {
  const { target, folder, out } = work;
  mkdirSync(out, { recursive: true });
  const old = writeOldLibraries(join(folder, target.name, 'system'), target.tools);
  const compat = join(folder, target.name, 'compat.o');
  run(target.tools.compiler, ['-O2', '-fPIC', '-c', join(import.meta.dirname, 'compat.c'), '-o', compat]);
  const system = [compat, '-l:libgcc.a', ...old];
  await writeAddon(work, system);
  for (const major of NODES) writeSqlite(work, major, system);
}
