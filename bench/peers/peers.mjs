/**
 * All contenders that this machine has, behind two questions: where they end after some iterations, and how fast they
 * are.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startContender } from './contender.mjs';
import { NODE_FOLDER, PYTHON } from './places.mjs';

const HOW = 'see node bench/peers/install.mjs';
const serve = (name) => join(import.meta.dirname, name);

/**
 * Together they keep old OpenBLAS builds from a kernel that fails on some processors; a current NumPy they only slow
 * down.
 */
const OPENBLAS_OVERRIDES = ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE'];

function pythonMissing() {
  const probe = spawnSync(PYTHON, ['-c', 'import numpy'], { stdio: 'ignore' });
  if (probe.error !== undefined) return `NumPy and JAX do not take part: no python3 (${HOW})`;
  return probe.status === 0 ? null : `NumPy and JAX do not take part: this Python has no numpy (${HOW})`;
}

function nodeMissing() {
  if (!existsSync(join(NODE_FOLDER, 'node_modules', 'nblas'))) return `Node does not take part: no nblas (${HOW})`;
  const probe = spawnSync(process.execPath, ['-e', 'require("nblas")'], { cwd: NODE_FOLDER, stdio: 'ignore' });
  return probe.status === 0 ? null : `Node does not take part: its nblas does not load (${HOW})`;
}

const HOSTS = [
  { missing: pythonMissing, command: [PYTHON, serve('python/serve.py')], unset: OPENBLAS_OVERRIDES },
  { missing: nodeMissing, command: [process.execPath, serve('node/serve.mjs'), NODE_FOLDER], unset: [] },
];

function readDoubles(file) {
  const bytes = readFileSync(file);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** Starts every contender that can run; `missing` says why the others do not. */
export async function startPeers() {
  const folder = mkdtempSync(join(tmpdir(), 'basin-bench-'));
  const missing = [];
  const hosts = [];
  for (const { missing: problem, command, unset } of HOSTS) {
    const reason = problem();
    if (reason === null) hosts.push(await startContender(command, unset));
    else missing.push(reason);
  }
  const told = new Set();

  /** The job of a workload goes to each process once; its arrays as files. */
  function jobFor(host, workload, { arrays, ...settings }) {
    if (told.has(`${hosts.indexOf(host)} ${workload}`)) return {};
    told.add(`${hosts.indexOf(host)} ${workload}`);
    const files = Object.entries(arrays).map(([name, values]) => {
      const file = join(folder, `${workload}-${name}`);
      writeFileSync(file, values);
      return [`${name}File`, file];
    });
    return { job: { ...settings, ...Object.fromEntries(files) } };
  }

  const hostOf = (contender) => hosts.find((host) => host.contenders.includes(contender));
  const ask = (contender, { workload, job, ...rest }) =>
    hostOf(contender).ask({ contender, workload, ...rest, ...jobFor(hostOf(contender), workload, job) });

  return {
    names: hosts.flatMap(({ contenders }) => contenders),
    missing: [...missing, ...hosts.flatMap((host) => host.missing)],
    versions: Object.assign({}, ...hosts.map(({ versions }) => versions)),
    blas: Object.fromEntries(
      hosts.flatMap(({ contenders, blas }) => contenders.filter((name) => name !== 'JAX').map((name) => [name, blas])),
    ),
    /** Seconds of one iteration. */
    seconds: async (contender, workload, job, iterations, budget) =>
      (await ask(contender, { workload, job, iterations, seconds: budget })).seconds,
    /** GFLOP/s of the dgemm that NumPy brings, where there is one. */
    async dgemm(size) {
      const host = hostOf('NumPy');
      if (host === undefined) return {};
      const { seconds } = await host.ask({
        contender: 'dgemm',
        workload: 'dgemm',
        iterations: 1,
        seconds: 0.2,
        job: { kind: 'dgemm', size },
      });
      return { NumPy: (2 * size ** 3) / seconds / 1e9 };
    },
    /** The weights after `iterations`. */
    async final(contender, workload, job, iterations) {
      const result = join(folder, 'final');
      await ask(contender, { workload, job, iterations, seconds: 0, result });
      return readDoubles(result);
    },
    stop() {
      for (const host of hosts) host.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
