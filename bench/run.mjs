/**
 * `npm run bench [-- --rounds N] [--out FILE]`: descent kernels against dgemm's rate in the same run and against NumPy, one
 * thread each. Results are verified first. Every round measures all contenders one after the other, so that drift of the
 * machine touches them alike; ratios are taken inside a round.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { Bench } from 'tinybench';
import { parseActivation } from '../dist/core/activations.js';
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { referenceKernels } from '../dist/core/kernels/reference.js';
import { landscapeCase, LANDSCAPES } from './landscape.mjs';
import { provenance } from './machine.mjs';
import { numpyMissing, runNumpy } from './peers/numpy.mjs';
import { requireAgreement, verifyWorkload } from './verify.mjs';
import { WORKLOADS, dataOf, flopsPerIteration, problemOf, stateOf } from './workloads.mjs';

const NEVER = -1;
const PEER_WORKLOADS = ['A', 'C', 'D'];
/** Long enough to time; D's iterations are short. */
const PEER_ITERATIONS = { A: 5, C: 5, D: 200 };
const DGEMM_SIZE = 1024;
/** A call of about this many flops: tens of milliseconds, as the program makes them. */
const FLOPS_PER_CALL = 4e8;

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, out: { type: 'string', default: 'out/bench.json' } } });
const native = loadNativeKernels();

/** A verified case of the bench: its flops per iteration, a descent of some iterations, and the seconds of its peers. */
function descentCase([name, workload]) {
  const data = dataOf(native, workload);
  const activation = parseActivation(workload.activation);
  const problemFor = (kernels) => problemOf(kernels, workload, data, activation);
  verifyWorkload(name, native, referenceKernels, problemFor, data, workload);
  const problem = problemFor(native);
  return {
    name, title: workload.title, flops: flopsPerIteration(workload),
    descend: () => {
      const state = stateOf(workload, data);
      return (iterations) => native.descend(problem, state, iterations, NEVER);
    },
    ...(PEER_WORKLOADS.includes(name) && { peers: () => measureNumpy({ name, workload, data, problem }) }),
  };
}

/** One task of the bench: a function to time and the flops that one call of it makes. */
function descentTask({ name, flops, descend }) {
  const iterations = Math.max(1, Math.round(FLOPS_PER_CALL / flops));
  const run = descend();
  return { name, flops: iterations * flops, run: () => run(iterations) };
}

function dgemmTask() {
  const [a, b] = [1, 2].map((purpose) => {
    const values = new Float64Array(DGEMM_SIZE ** 2);
    native.normals({ key: [1, 1], trial: 0, purpose }, 0, values);
    return values;
  });
  return { name: 'dgemm', flops: 2 * DGEMM_SIZE ** 3, run: () => native.multiply(a, b, DGEMM_SIZE, DGEMM_SIZE, DGEMM_SIZE) };
}

/** GFLOP/s of each task, from the fastest call of one round: whatever else runs on the machine only adds time. */
async function measureKernels(tasks) {
  const bench = new Bench({ time: 600, warmupTime: 100 });
  for (const task of tasks) bench.add(task.name, () => void task.run());
  await bench.run();
  return Object.fromEntries(tasks.map((task, i) => [task.name, task.flops / bench.tasks[i].result.latency.min / 1e6]));
}

function measureNumpy({ name, workload, data, problem }) {
  const state = stateOf(workload, data);
  native.descend(problem, state, PEER_ITERATIONS[name], NEVER);
  const { seconds, weights } = runNumpy(workload, data, PEER_ITERATIONS[name]);
  requireAgreement(`${name}: NumPy by start`, weights.byStart, state.weights);
  requireAgreement(`${name}: NumPy batched`, weights.batched, state.weights);
  return { 'NumPy by start': seconds.byStart, 'NumPy batched': seconds.batched };
}

/** GFLOP/s of the peers of a case by their names. */
function peerRates({ flops, peers }) {
  return Object.fromEntries(Object.entries(peers()).map(([peer, seconds]) => [peer, flops / seconds / 1e9]));
}

function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[Math.floor((sorted.length - 1) / 2)], low: sorted[0], high: sorted.at(-1) };
}

function shown({ median, low, high }, digits) {
  return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

function tableOf(rounds, names) {
  return Object.fromEntries(names.map((name) => {
    const row = {
      'GFLOP/s': spread(rounds.map((round) => round.kernels[name])),
      'of dgemm': spread(rounds.map((round) => round.kernels[name] / round.kernels.dgemm)),
    };
    for (const peer of Object.keys(rounds[0].peers[name] ?? {})) {
      row[`× ${peer}`] = spread(rounds.map((round) => round.kernels[name] / round.peers[name][peer]));
    }
    return [name, row];
  }));
}

function print(table, rounds, titles, missing) {
  console.log(`dgemm ${DGEMM_SIZE}³: ${shown(spread(rounds.map((round) => round.kernels.dgemm)), 1)} GFLOP/s, one thread`);
  console.table(Object.fromEntries(Object.entries(table).map(([name, row]) => [
    `${name} ${titles[name]}`,
    Object.fromEntries(Object.entries(row).map(([column, value]) => [column, shown(value, column === 'of dgemm' ? 2 : 1)])),
  ])));
  if (missing !== null) console.log(`NumPy was left out: ${missing}`);
}

const cases = [
  ...Object.entries(WORKLOADS).map(descentCase),
  ...Object.entries(LANDSCAPES).map((entry) => landscapeCase(entry, native, referenceKernels)),
];
const tasks = [dgemmTask(), ...cases.map(descentTask)];
const missing = numpyMissing();
const withPeers = missing === null ? cases.filter(({ peers }) => peers !== undefined) : [];
const rounds = [];
for (let i = 0; i < Number(options.rounds); i++) {
  const peers = Object.fromEntries(withPeers.map((one) => [one.name, peerRates(one)]));
  rounds.push({ kernels: await measureKernels(tasks), peers });
}
const table = tableOf(rounds, cases.map(({ name }) => name));
print(table, rounds, Object.fromEntries(cases.map(({ name, title }) => [name, title])), missing);
mkdirSync(dirname(options.out), { recursive: true });
writeFileSync(options.out, `${JSON.stringify({ ...provenance(native), table, rounds }, null, 2)}\n`);
console.log(`written to ${options.out}`);
