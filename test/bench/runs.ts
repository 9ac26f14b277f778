import { tableOf } from '../../bench/statistics.mjs';

/** Of an iteration of workload A. */
export const FLOPS = 1e6;

/** A run whose rounds saw these rates of workload A beside a dgemm of 50 GFLOP/s. */
export function runOf(
  rates: readonly number[],
  peers: Record<string, number> = { NumPy: 4, 'NumPy batched': 8, JAX: 10 },
) {
  const rounds = rates.map((rate) => ({
    dgemm: { basin: 50, NumPy: 40 },
    rates: { A: rate },
    idle: { A: 20e-6 },
    peers: { A: peers },
  }));
  return {
    date: '2026-01-02T03:04:05.678Z',
    commit: 'abc',
    machine: { cpu: 'a processor', cores: 2, load: 0.25 },
    node: 'v20',
    compiler: 'gcc',
    vectorTarget: 'AVX3',
    openblas: { core: 'Haswell' },
    peers: { versions: { NumPy: '2.0.0' }, blas: { NumPy: 'openblas SkylakeX' }, missing: ['JAX does not take part'] },
    titles: { A: 'made up' },
    table: tableOf([{ name: 'A', flops: FLOPS }], rounds),
    rounds,
  };
}

/** Rounds that agree within some per cent. */
export const spreadOf = (median: number) => ({ median, low: 0.98 * median, high: 1.02 * median });
