/**
 * The program for a package: the compiled modules, joined with the plain JavaScript of their dependencies by esbuild.
 * Entry points keep their paths, and everything that they share lies in dist/parts, one folder below dist as the module
 * that knows where the program lies (src/base/package.ts). The modules that workers load stay entry points: the digest
 * of the code follows their imports.
 */
import { join } from 'node:path';
import { build } from 'esbuild';
import { PAGES } from '../../dist/report/script.js';

/** The entries of the command line, of the library, and of the digest of the code. */
export const ENTRIES = [
  'cli/main',
  'cli/probe',
  'index',
  'statistics/index',
  'store/index',
  'pool/worker',
  'pool/laboratory',
  'study/grid/cells',
  'study/leases/work',
  'study/leases/rows',
];

/** Packages that stay packages: those with compiled parts, those that load files of their own, and the optional ones. */
export const EXTERNAL = ['@resvg/resvg-js', 'esbuild', 'piscina', 'bullmq', 'ioredis'];

/** Modules of CommonJS among the dependencies ask for Node's modules by `require`, which an ES module has to make. */
const BANNER = `import { createRequire as basinRequire } from 'node:module'; const require = basinRequire(import.meta.url);`;

const COMMON = {
  bundle: true,
  platform: /** @type {const} */ ('node'),
  target: 'node20.19',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: /** @type {const} */ ('none'),
  logLevel: /** @type {const} */ ('warning'),
};

/** better-sqlite3 looks for its compiled part through `bindings`; in a package it lies beside the addon. */
const SQLITE = {
  name: 'sqlite',
  /** @param {import('esbuild').PluginBuild} build */
  setup: (build) => {
    build.onResolve({ filter: /^bindings$/ }, () => ({ path: 'bindings', namespace: 'sqlite' }));
    build.onLoad({ filter: /.*/, namespace: 'sqlite' }, () => ({
      contents: `const { nativePart } = require('./base/package.js');
        module.exports = () => require(nativePart('better_sqlite3-' + process.versions.modules + '.node'));`,
      resolveDir: join(import.meta.dirname, '..', '..', 'dist'),
    }));
  },
};

/**
 * @param {string} root the checkout, built
 * @param {string} out the folder of the package
 * @returns {Promise<readonly string[]>} the folders of the packages whose code is in the program
 */
export async function writeProgram(root, out) {
  const dist = join(root, 'dist');
  const { metafile } = await build({
    ...COMMON,
    entryPoints: Object.fromEntries(ENTRIES.map((entry) => [entry, join(dist, `${entry}.js`)])),
    outdir: join(out, 'dist'),
    chunkNames: 'parts/[name]-[hash]',
    format: 'esm',
    splitting: true,
    banner: { js: BANNER },
    external: EXTERNAL,
    plugins: [SQLITE],
    metafile: true,
  });
  const pages = await Promise.all(PAGES.map((page) => writePage(dist, out, page)));
  return packagesIn([metafile, ...pages]);
}

/** The program of a page in the browser, as one script. */
async function writePage(/** @type {string} */ dist, /** @type {string} */ out, /** @type {string} */ page) {
  const { metafile } = await build({
    stdin: { contents: `import './page/main.js';`, resolveDir: join(dist, page) },
    outfile: join(out, 'dist', 'pages', `${page}.js`),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    logLevel: 'warning',
    metafile: true,
  });
  return metafile;
}

/**
 * The packages among the inputs, sorted, as folders below node_modules.
 * @param {readonly import('esbuild').Metafile[]} metafiles
 */
function packagesIn(metafiles) {
  const inputs = metafiles.flatMap((metafile) =>
    Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs)
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .map(([path]) => path),
    ),
  );
  const folders = inputs.map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  return [...new Set(folders)].filter((folder) => folder !== undefined).sort();
}
