/** A process that runs contenders: it answers each request, one JSON line, with the seconds of an iteration. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { heldTo, withFlags } from './instructions.mjs';

/** One thread for whatever BLAS or compiler a contender brings. */
const ONE_THREAD = {
  OPENBLAS_NUM_THREADS: '1',
  OMP_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  VECLIB_MAXIMUM_THREADS: '1',
  NPROC: '1',
  XLA_FLAGS: '--xla_cpu_multi_thread_eigen=false',
  JAX_PLATFORMS: 'cpu',
  TF_CPP_MIN_LOG_LEVEL: '3',
};

/** A second busy thread would show as a whole one more; this leaves room for a garbage collector. */
const MOST_THREADS = 1.2;

/**
 * Starts a process and waits for its first line.
 * @param {string[]} command
 * @param {string[]} unset environment variables that it must not see
 * @returns {Promise<{ ask: (request: object) => Promise<{ seconds: number, threads: number }>, stop: () => void,
 *   [greeting: string]: unknown }>}
 */
export async function startContender([command, ...parameters], unset = []) {
  const own = { ...process.env, ...ONE_THREAD };
  for (const name of unset) delete own[name];
  const env = withFlags(own, heldTo(process.env.BASIN_VECTOR_TARGET));
  const child = spawn(command, parameters, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const failed = once(child, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => undefined);
  // A process that has died says so by the line that does not come.
  child.stdin.on('error', () => undefined);

  async function nextLine() {
    const { value, done } = await Promise.race([lines.next(), failed]);
    if (done) throw new Error(`'${[command, ...parameters].join(' ')}' ended without an answer`);
    return JSON.parse(value);
  }

  const greeting = await nextLine();
  return {
    ...greeting,
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const answer = await nextLine();
      if (answer.threads > MOST_THREADS)
        throw new Error(
          `${request.contender} kept ${answer.threads.toFixed(2)} threads busy on ${request.workload}: one is allowed`,
        );
      return answer;
    },
    stop: () => child.stdin.end(),
  };
}
