/**
 * The documentation as a site: out/site, static files for any web server. Run by `npm run site`.
 *
 *     npm run site                                   every experiment at quick scale: about 45 minutes of one core, once
 *     npm run site -- --scale smoke                  the same in a few minutes, from smoke runs
 *     npm run site -- --only fu2018-fig3,gao2018-fig1
 *     npm run site -- --only none                    pages alone
 *     npm run site -- --base /basin/                 for a server on which the site is not at the root
 *     npm run site -- --serve                        build, then serve it on 127.0.0.1
 *
 * Runs stay in out/site-studies: a build of the code makes each of them once. A dead link stops the build.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { GENERATOR } from './setup/generator.mjs';
import { ROOT } from './setup/machine.mjs';
import { runAll } from './site/experiments.mjs';
import { DATA, writeSources } from './site/sources.mjs';

const SCALES = ['smoke', 'quick', 'paper'];
const OPTIONS = {
  scale: { type: 'string', default: 'quick' },
  only: { type: 'string', default: 'all' },
  base: { type: 'string', default: '/' },
  out: { type: 'string', default: join(ROOT, 'out', 'site') },
  serve: { type: 'boolean', default: false },
};

function options() {
  const { values } = parseArgs({ options: /** @type {const} */ (OPTIONS) });
  if (!SCALES.includes(values.scale)) throw new RangeError(`--scale must be ${SCALES.join(', ')}, got ${values.scale}`);
  if (!/^\/([\w.-]+\/)*$/.test(values.base)) throw new RangeError(`--base must look like /basin/, got ${values.base}`);
  return values;
}

/** @param {readonly string[]} parameters */
function vitepress(...parameters) {
  const program = join(GENERATOR, 'node_modules', 'vitepress', 'bin', 'vitepress.js');
  // VitePress takes a link to a file of an ending that it does not know for a link to a page.
  const env = { ...process.env, VITE_EXTRA_EXTENSIONS: DATA.join(',') };
  const { status } = spawnSync(process.execPath, [program, ...parameters], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return status ?? 1;
}

function site() {
  const { scale, only, base, out, serve } = options();
  const sources = join(GENERATOR, 'sources');
  writeSources(ROOT, sources, runAll(ROOT, only, scale), base);
  rmSync(out, { recursive: true, force: true });
  const code = vitepress('build', sources, '--outDir', out);
  if (code !== 0) return code;
  console.error(`site: ${out} is for a web server, e.g. python3 -m http.server --bind 127.0.0.1 --directory ${out}`);
  return serve ? vitepress('preview', sources, '--outDir', out, '--host', '127.0.0.1') : 0;
}

try {
  process.exitCode = site();
} catch (error) {
  console.error(`site: ${error instanceof Error ? error.message : error}`);
  const isUsage = error instanceof RangeError || (error instanceof TypeError && 'code' in error);
  process.exitCode = isUsage ? 2 : 1;
}
