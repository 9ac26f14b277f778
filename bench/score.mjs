/**
 * `node bench/score.mjs`: local moments, the kernel of LLSFE, per sample and point on one thread, beside the plain
 * loops of reference.ts, which verify it first.
 */
import { Bench } from 'tinybench';
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { referenceKernels } from '../dist/core/kernels/reference.js';
import { requireAgreement } from './verify.mjs';

const native = loadNativeKernels();
const CASES = [
  { samples: 64, dimension: 2, points: 256, bandwidth: 1 },
  { samples: 8192, dimension: 2, points: 64, bandwidth: 1 },
  { samples: 8192, dimension: 10, points: 32, bandwidth: 2.5 },
  { samples: 8192, dimension: 50, points: 16, bandwidth: 6 },
];

function drawn(length, purpose) {
  const out = new Float64Array(length);
  native.normals({ key: [2018, 8], trial: 0, purpose }, 0, out);
  return out;
}

function inputsOf(kernels, { samples, dimension }) {
  const inputs = kernels.allocateInputs(samples, dimension);
  inputs.values.set(drawn(samples * dimension, 1));
  return kernels.prepare(inputs);
}

function verify(name, inputs, points, { bandwidth, dimension }, plain) {
  const few = points.subarray(0, 2 * dimension);
  const [got, expected] = [
    native.localMoments(inputs, few, bandwidth),
    referenceKernels.localMoments(plain, few, bandwidth),
  ];
  for (const part of ['shares', 'means', 'covariances'])
    requireAgreement(`${name}: ${part}`, got[part], expected[part]);
}

async function fastest(run) {
  const bench = new Bench({ time: 500, warmupTime: 50 });
  bench.add('run', () => void run());
  await bench.run();
  return bench.tasks[0].result.latency.min * 1e6;
}

const table = {};
for (const c of CASES) {
  const name = `n=${c.samples} d=${c.dimension}`;
  const [inputs, plain, points] = [
    inputsOf(native, c),
    inputsOf(referenceKernels, c),
    drawn(c.points * c.dimension, 2),
  ];
  verify(name, inputs, points, c, plain);
  const perSample = (nanoseconds, count) => nanoseconds / count / c.samples;
  const [fast, slow] = [
    perSample(await fastest(() => native.localMoments(inputs, points, c.bandwidth)), c.points),
    perSample(
      await fastest(() => referenceKernels.localMoments(plain, points.subarray(0, c.dimension), c.bandwidth)),
      1,
    ),
  ];
  table[name] = {
    'ns per sample and point': fast.toFixed(2),
    'GFLOP/s of the covariance': ((c.dimension * (c.dimension + 1)) / fast).toFixed(1),
    '× plain loops': (slow / fast).toFixed(0),
  };
}
console.table(table);
