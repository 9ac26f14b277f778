// Command lines of basin in this process: what they print is kept, and workers are no threads.
import { main } from '../../dist/cli/main.js';
import { systemClock } from '../../dist/pool/clock.js';
import { findExperiment, loadNativeKernels } from '../../dist/pool/laboratory.js';
import { InputError, replaceDisk, replacePools } from './program.mjs';
import { poolWith } from './workers.mjs';

const KERNELS = loadNativeKernels();
const pool = poolWith(undefined, { findExperiment, loadNativeKernels: () => KERNELS, clock: systemClock });

/** What is said while trials run. */
const PROGRESS = /^\S+( \d+\/\d+)?: \d+\/\d+ /;

/** Runs a command line. `stderr`: its lines, but those of progress. */
export async function basin(...argv) {
  const stderr = [];
  const say = (text) => {
    stderr.push(
      ...String(text)
        .split('\n')
        .filter((line) => line !== '' && !PROGRESS.test(line)),
    );
  };
  const release = silenced(say);
  try {
    return { code: await main(argv), stderr };
  } finally {
    release();
  }
}

/**
 * Keeps what is printed; the rest of the program's ways out of the process are as they were when what is returned is
 * called.
 */
function silenced(say) {
  const streams = [process.stdout, process.stderr];
  const before = streams.map((stream) => ({ write: stream.write, listeners: stream.listeners('error') }));
  process.stdout.write = () => true;
  process.stderr.write = (text) => {
    say(text);
    return true;
  };
  // Where standard output is a file, what is printed goes through the disk.
  const releaseDisk = replaceDisk(({ write }) => ({
    write: (to, bytes, from, length) => (to === 1 ? length : write(to, bytes, from, length)),
  }));
  const releasePools = replacePools(pool);
  return () => {
    releasePools();
    releaseDisk();
    streams.forEach((stream, index) => {
      stream.write = before[index].write;
      for (const listener of stream.listeners('error'))
        if (!before[index].listeners.includes(listener)) stream.off('error', listener);
    });
  };
}

/** True when it is done; its one line on stderr as the `InputError` that it was; any other end is an error. */
export async function done(...argv) {
  const { code, stderr } = await basin(...argv);
  if (code === 0) return true;
  if (code === 2 && stderr.length === 1) throw new InputError(stderr[0]);
  throw new Error(`exit code ${code} with ${stderr.length} lines: ${stderr.join('\n')}`);
}
