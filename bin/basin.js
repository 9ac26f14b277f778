#!/usr/bin/env node
// OpenBLAS reads its environment when the addon loads it: one thread per process, or workers fight over the cores.
for (const name of ['OPENBLAS_NUM_THREADS', 'GOTO_NUM_THREADS', 'OMP_NUM_THREADS']) process.env[name] = '1';

const [major, minor] = process.versions.node.split('.').map(Number);
const root = new URL('..', import.meta.url);

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
  const loaded = await import(program.href).catch((error) => error);
  if (loaded instanceof Error) {
    const [reason] = loaded.message.split('\n');
    console.error(`basin: a part of the program cannot be loaded: run npm run setup (${reason})`);
    return 2;
  }
  return loaded.main(process.argv.slice(2));
}

process.exitCode = await start();
