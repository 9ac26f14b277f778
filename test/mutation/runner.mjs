// A process that keeps vitest warm and runs one test file after the other; it goes with all it has started when a file
// takes too long.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HEAP_MEGABYTES = 1536;

export class Runner {
  #child;
  #folder;
  /** what the last run had changed: it may be as it was again */
  #touched = [];

  constructor(folder) {
    this.#folder = folder;
  }

  /**
   * Runs a test file, or its tests with these ids; the changed files are read anew. Outcome: `passed`, `failed`, or
   * `late` after so many seconds; with the seconds of each test that passed.
   */
  async run({ test, ids, changed }, seconds) {
    this.#child ??= await this.#start();
    const child = this.#child;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), 1000 * seconds);
    try {
      child.send({ test, ids, changed: [...this.#touched, ...changed] });
      this.#touched = changed;
      const [answer] = await Promise.race([
        once(child, 'message', { signal: late.signal }),
        once(child, 'exit', { signal: late.signal }).then(() => [{ outcome: 'failed', tests: [] }]),
      ]);
      if (child.exitCode !== null || child.signalCode !== null) this.#child = undefined;
      return answer;
    } catch (error) {
      if (!late.signal.aborted) throw error;
      await this.end();
      return { outcome: 'late', tests: [] };
    } finally {
      clearTimeout(timer);
      late.abort();
    }
  }

  async end() {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined) return;
    const gone = once(child, 'exit');
    process.kill(-child.pid, 'SIGKILL');
    await gone;
  }

  async #start() {
    const loaded = pathToFileURL(join(this.#folder, 'test/mutation/seen.mjs'));
    const child = fork(fileURLToPath(new URL('warm.mjs', import.meta.url)), [this.#folder], {
      detached: true,
      stdio: 'ignore',
      env: {
        ...process.env,
        TMPDIR: join(this.#folder, 'tmp'),
        BASIN_SEEN: join(this.#folder, 'tmp', 'seen'),
        NODE_OPTIONS: `--import=${loaded} --max-old-space-size=${HEAP_MEGABYTES}`,
      },
    });
    await once(child, 'message');
    return child;
  }
}
