#!/usr/bin/env node
// OpenBLAS reads its environment when the addon loads it: one thread per process, or workers fight over the cores.
for (const name of ['OPENBLAS_NUM_THREADS', 'GOTO_NUM_THREADS', 'OMP_NUM_THREADS']) process.env[name] = '1';

const [major, minor] = process.versions.node.split('.').map(Number);
const root = new URL('..', import.meta.url);
let loaded = false;

async function start() {
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`basin: Node.js must be 20.19 or newer, got ${process.versions.node}`);
    return 2;
  }
  const { existsSync } = await import('node:fs');
  const program = new URL('dist/cli/main.js', root);
  // Whether the addon is there is the business of the commands that need it; doctor explains.
  if (!existsSync(program)) {
    console.error('basin: not built: run npm run setup');
    return 2;
  }
  const { main } = await import(program.href);
  loaded = true;
  return main(process.argv.slice(2));
}

// Node ends with 1 by itself, which would say that a claim fails.
function fail(error) {
  const message = String(error?.message ?? error).replace(/\s*\n\s*/g, ' ');
  console.error(loaded ? `basin: ${message}` : `basin: a part of basin cannot be loaded: run npm run setup, or raise ulimit -n (${message})`);
  if (process.env.BASIN_DEBUG === '1') console.error(error?.stack);
  process.exit(loaded ? 4 : 2);
}

process.on('uncaughtException', fail);
try {
  process.exitCode = await start();
} catch (error) {
  fail(error);
}
