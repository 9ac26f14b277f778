/**
 * Libraries to link against, as an old system has them: the compiled parts then load there, too. Each is made from this
 * machine's library and offers the newest version of every symbol that the old system has. Nothing in them runs.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** glibc 2.28 and the libstdc++ of GCC 8, as on RHEL 8: the oldest systems on which Node 20 runs. */
const NEWEST = { GLIBC: [2, 28], GLIBCXX: [3, 4, 25], CXXABI: [1, 3, 11], GCC: [8] };
const LIBRARIES = ['libc.so.6', 'libm.so.6', 'libgcc_s.so.1', 'libstdc++.so.6'];
/** The loader has a few symbols, too. Each architecture has its own. */
const LOADERS = ['ld-linux-x86-64.so.2', 'ld-linux-aarch64.so.1'];

/** A version such as GLIBC_2.28, or undefined for names of another kind, as GLIBC_PRIVATE. */
function parsed(/** @type {string} */ version) {
  const [, family, numbers] = /^([A-Z]+)_([0-9.]+)$/.exec(version) ?? [];
  if (family === undefined || !(family in NEWEST)) return undefined;
  return { family, numbers: numbers.split('.').map(Number) };
}

function compare(/** @type {number[]} */ a, /** @type {number[]} */ b) {
  const at = [...a.keys(), ...b.keys()].find((i) => (a[i] ?? 0) !== (b[i] ?? 0));
  return at === undefined ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** Whether the old system has a version of a symbol. */
export function isOld(/** @type {string} */ version) {
  const found = parsed(version);
  return found !== undefined && compare(found.numbers, NEWEST[/** @type {keyof NEWEST} */ (found.family)]) <= 0;
}

/** The symbols that a library or a program has in its dynamic table: name, version, type, size, and whether defined. */
export function symbolsOf(/** @type {string} */ file, readelf = 'readelf') {
  const text = execFileSync(readelf, ['-W', '--dyn-syms', file], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return text.split('\n').flatMap((line) => {
    const [, , size, type, bind, , index, full = ''] = line.trim().split(/\s+/);
    const [, name, version = ''] = /^([^@\s]+)(?:@{1,2}(\S+))?$/.exec(full) ?? [];
    if (name === undefined || (bind !== 'GLOBAL' && bind !== 'UNIQUE' && !version)) return [];
    return [{ name, version, type, size: Number(size), isDefined: index !== 'UND' && index !== 'ABS' }];
  });
}

/** The newest old version of each symbol of a library. */
function oldSymbols(/** @type {string} */ file, /** @type {string} */ readelf) {
  /** @type {Map<string, ReturnType<typeof symbolsOf>[number]>} */
  const chosen = new Map();
  for (const symbol of symbolsOf(file, readelf)) {
    if (!symbol.isDefined || !isOld(symbol.version)) continue;
    const before = chosen.get(symbol.name);
    const [mine, theirs] = [parsed(symbol.version), before && parsed(before.version)];
    if (mine && (!theirs || compare(mine.numbers, theirs.numbers) > 0)) chosen.set(symbol.name, symbol);
  }
  return [...chosen.values()];
}

function assembly(/** @type {ReturnType<typeof oldSymbols>} */ symbols) {
  return symbols
    .map(({ name, version, type, size }, i) => {
      const kind = type === 'OBJECT' ? 'object' : type === 'TLS' ? 'tls_object' : 'function';
      const place = type === 'OBJECT' ? '.data' : type === 'TLS' ? '.section .tdata,"awT",%progbits' : '.text';
      return `${place}\n.globl s${i}\n.type s${i}, %${kind}\n.size s${i}, ${Math.max(size, 1)}\ns${i}: .zero ${Math.max(size, 1)}\n.symver s${i}, ${name}@@${version}, remove\n`;
    })
    .join('');
}

/**
 * Writes the libraries into a folder, to be linked as files.
 * @param {string} folder
 * @param {{ compiler: string, readelf: string }} tools
 * @returns {string[]} their paths
 */
export function writeOldLibraries(folder, { compiler, readelf }) {
  mkdirSync(folder, { recursive: true });
  const fileOf = (/** @type {string} */ library) =>
    execFileSync(compiler, [`-print-file-name=${library}`], { encoding: 'utf8' }).trim();
  const found = LOADERS.filter((library) => fileOf(library) !== library);
  return [...LIBRARIES, ...found].map((library) => {
    const file = fileOf(library);
    const symbols = oldSymbols(file, readelf);
    const [source, versions, out] = ['s', 'map', ''].map((end) =>
      join(folder, end === '' ? library : `${library}.${end}`),
    );
    writeFileSync(source, assembly(symbols));
    const nodes = [...new Set(symbols.map(({ version }) => version))];
    writeFileSync(versions, nodes.map((version) => `${version} {};\n`).join(''));
    const link = ['-shared', '-nostdlib', `-Wl,-soname,${library}`, `-Wl,--version-script,${versions}`];
    execFileSync(compiler, [...link, '-o', out, source]);
    return out;
  });
}

/** What the program that loads a part has itself: Node-API, V8, Node and libuv. */
const OF_NODE = /^(napi_|node_|uv_|_ZNK?(2v8|4node|St10unique_ptrIN2v8))/;

/** The symbols that a compiled part needs and the old system does not have. */
export function tooNew(/** @type {string} */ file, readelf = 'readelf') {
  return symbolsOf(file, readelf)
    .filter(({ isDefined, name, version }) => !isDefined && !isOld(version) && !(version === '' && OF_NODE.test(name)))
    .map(({ name, version }) => (version === '' ? name : `${name}@${version}`));
}
