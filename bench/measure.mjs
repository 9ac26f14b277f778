/**
 * The descent kernels of a run. Results are verified first; then every round measures all contenders one after the other. Times
 * are CPU times of the process that computes, so that waiting for a busy machine does not count; a contender's number
 * is its fastest call of the round.
 */
import { Bench } from 'tinybench';
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { referenceKernels } from '../dist/core/kernels/reference.js';
import { verifiedCases } from './cases.mjs';
import { startPeers } from './peers/peers.mjs';
import { readRate } from './readRate.mjs';
import { tableOf } from './statistics.mjs';
import { requireAgreement } from './verify.mjs';

const DGEMM_SIZE = 1024;
/** A call of about this many flops: tens of milliseconds, as the program makes them. */
const FLOPS_PER_CALL = 4e8;
const [FEWEST_ITERATIONS, MOST_ITERATIONS] = [2, 500];
/** A call of the widest workload takes a second. */
const CALLS = { iterations: 5, warmupIterations: 1 };
const MILLISECONDS = 300;
const READING_MILLISECONDS = 50;
const PEER_SECONDS = 0.3;
const PEER_TOLERANCE = 1e-8;

const iterationsOf = ({ flops }) =>
  Math.min(MOST_ITERATIONS, Math.max(FEWEST_ITERATIONS, Math.round(FLOPS_PER_CALL / flops)));

function cpuMilliseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function dgemmTask(native) {
  const [a, b] = [1, 2].map((purpose) => {
    const values = new Float64Array(DGEMM_SIZE ** 2);
    native.normals({ key: [1, 1], trial: 0, purpose }, 0, values);
    return values;
  });
  return { name: 'dgemm', run: () => native.multiply(a, b, DGEMM_SIZE, DGEMM_SIZE, DGEMM_SIZE) };
}

/** Two tasks a case: its descent, and the same with a single feature. */
function caseTasks(one) {
  const descend = one.descend();
  const idle = one.idle();
  const iterations = iterationsOf(one);
  return [
    { name: one.name, run: () => descend(iterations) },
    { name: `${one.name} idle`, run: () => idle(iterations) },
  ];
}

/** Seconds of the fastest call of each task. */
async function measureOurs(tasks) {
  const bench = new Bench({ time: MILLISECONDS, warmupTime: MILLISECONDS / 5, ...CALLS, now: cpuMilliseconds });
  for (const { name, run } of tasks) bench.add(name, () => void run());
  await bench.run();
  return Object.fromEntries(tasks.map(({ name }, i) => [name, bench.tasks[i].result.latency.min / 1000]));
}

async function verifyPeers(cases, peers) {
  for (const one of cases) {
    const iterations = iterationsOf(one);
    const expected = one.final(iterations);
    for (const name of peers.names)
      requireAgreement(
        `${one.name}: ${name}`,
        await peers.final(name, one.name, one.job, iterations),
        expected,
        PEER_TOLERANCE,
      );
  }
}

async function measurePeers(cases, peers) {
  const rates = {};
  for (const one of cases) {
    rates[one.name] = {};
    for (const name of peers.names) {
      rates[one.name][name] =
        one.flops / (await peers.seconds(name, one.name, one.job, iterationsOf(one), PEER_SECONDS)) / 1e9;
    }
  }
  return rates;
}

/** The fastest reading in a few hundredths of a second. */
function fastestReading(call) {
  let least = Infinity;
  for (const begin = cpuMilliseconds(); cpuMilliseconds() - begin < READING_MILLISECONDS;) {
    const before = process.hrtime.bigint();
    call();
    least = Math.min(least, Number(process.hrtime.bigint() - before) / 1e9);
  }
  return least;
}

async function measureRound(native, cases, peers) {
  const seconds = await measureOurs([dgemmTask(native), ...cases.flatMap(caseTasks)]);
  const perIteration = (one, name) => seconds[name] / iterationsOf(one);
  const reading = ({ inputBytes }, per) => inputBytes / per / 1e9 / readRate(inputBytes, fastestReading);
  return {
    dgemm: { basin: (2 * DGEMM_SIZE ** 3) / seconds.dgemm / 1e9, ...(await peers.dgemm(DGEMM_SIZE)) },
    rates: Object.fromEntries(cases.map((one) => [one.name, one.flops / perIteration(one, one.name) / 1e9])),
    idle: Object.fromEntries(cases.map((one) => [one.name, perIteration(one, `${one.name} idle`)])),
    read: Object.fromEntries(cases.map((one) => [one.name, reading(one, perIteration(one, one.name))])),
    peers: await measurePeers(cases, peers),
  };
}

/** Measures `count` rounds and returns what a run stores of them. */
export async function measureKernels(count) {
  const native = loadNativeKernels();
  const cases = verifiedCases(native, referenceKernels);
  const peers = await startPeers();
  try {
    await verifyPeers(cases, peers);
    const rounds = [];
    for (let i = 0; i < count; i++) rounds.push(await measureRound(native, cases, peers));
    return {
      peers: { versions: peers.versions, blas: peers.blas, missing: peers.missing },
      titles: Object.fromEntries(cases.map(({ name, title }) => [name, title])),
      table: tableOf(cases, rounds),
      rounds,
    };
  } finally {
    peers.stop();
  }
}
