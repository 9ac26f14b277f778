#!/usr/bin/env node
let loaded = false;
let failed = false;
// Until the command says otherwise: where Node cannot even report a failure, as on a tiny stack, it ends with this and
// not with success.
process.exitCode = 2;
process.on('uncaughtException', fail);

// OpenBLAS reads its environment when the addon loads it: one thread per process, or workers fight over the cores.
for (const name of ['OPENBLAS_NUM_THREADS', 'GOTO_NUM_THREADS', 'OMP_NUM_THREADS']) process.env[name] = '1';

const [major, minor] = process.versions.node.split('.').map(Number);
const root = new URL('..', import.meta.url);

async function start() {
  if (major < 20 || (major === 20 && minor < 19)) {
    say(`Node.js must be 20.19 or newer, got ${process.versions.node}`);
    return 2;
  }
  const { existsSync } = await import('node:fs');
  const program = new URL('dist/cli/main.js', root);
  // Whether the addon is there is the business of the commands that need it; doctor explains.
  if (!existsSync(program)) {
    say('not built: run npm run setup');
    return 2;
  }
  const { main } = await import(program.href);
  loaded = true;
  return main(process.argv.slice(2));
}

// Node ends with 1 by itself, which would say that a claim fails. A failure while one is told is not told.
function fail(error) {
  const message = String(error?.message ?? error).replace(/\s*\n\s*/g, ' ');
  const stack = /Maximum call stack size exceeded/.test(message);
  if (!failed)
    say(
      stack
        ? `the stack is too small: give node a larger --stack-size, or none (${message})`
        : loaded
          ? message
          : `a part of basin cannot be loaded: run npm run setup, or raise ulimit -n (${message})`,
    );
  failed = true;
  if (process.env.BASIN_DEBUG === '1') console.error(error?.stack);
  process.exit(loaded && !stack ? 4 : 2);
}

// The console needs more stack than a tiny one has left.
function say(line) {
  try {
    process.getBuiltinModule('node:fs').writeSync(2, `basin: ${line}\n`);
  } catch {
    console.error(`basin: ${line}`);
  }
}

try {
  process.exitCode = await start();
} catch (error) {
  fail(error);
}
