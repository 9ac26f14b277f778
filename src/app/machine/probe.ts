/**
 * Tests everything that the program needs. Each step loads its own modules, so a module that cannot be loaded does not
 * stop the other steps.
 */
import type { ProbeLine, ProbeStep } from './probing.js';

const STEPS: Readonly<Record<ProbeStep, () => Promise<unknown>>> = { database, addon, product, worker };

/** An in-memory database stores a row and returns it. */
async function database(): Promise<void> {
  const { default: Database } = await import('better-sqlite3');
  const memory = new Database(':memory:');
  const found = memory.prepare('SELECT 40 + ? AS sum').pluck().get(2);
  memory.close();
  if (found !== 42) throw new Error(`SQLite says that 40 + 2 is ${String(found)}`);
}

/** The addon is loaded and describes itself. */
async function addon(): Promise<unknown> {
  const { loadNativeKernels } = await import('../../core/kernels/native.js');
  return loadNativeKernels().info();
}

const SIZE = 96;
const TOLERANCE = 1e-10;

/** OpenBLAS and plain loops give the same product of two matrices. */
async function product(): Promise<void> {
  const { loadNativeKernels } = await import('../../core/kernels/native.js');
  const matrix = (seed: number): Float64Array =>
    Float64Array.from({ length: SIZE * SIZE }, (_, i) => Math.sin(seed + i));
  const [a, b] = [matrix(1), matrix(2)];
  const c = loadNativeKernels().multiply(a, b, SIZE, SIZE, SIZE);
  for (let i = 0; i < SIZE; i++) {
    for (let j = 0; j < SIZE; j++) {
      let sum = 0;
      for (let k = 0; k < SIZE; k++) sum += a[i * SIZE + k] * b[k * SIZE + j];
      if (!(Math.abs(sum - c[i * SIZE + j]) <= TOLERANCE))
        throw new Error(`entry (${i}, ${j}) of a product is ${c[i * SIZE + j]} instead of ${sum}`);
    }
  }
}

/** A worker thread performs a trial. */
async function worker(): Promise<void> {
  const [{ startPool }, { StudyControl }, { gridOf }, { resolveValues }, { cellWork }, { EXPERIMENTS }] =
    await Promise.all([
      import('../../pool/pool.js'),
      import('../../pool/control.js'),
      import('../../study/grid/cells.js'),
      import('../../study/grid/values.js'),
      import('../../study/leases/work.js'),
      import('../../experiments/registry.js'),
    ]);
  const [experiment] = EXPERIMENTS;
  const values = resolveValues(experiment, 'smoke', new Map());
  const [cell] = gridOf({ experiment, values }, 1).cells;
  const pool = startPool({ workers: 1, control: new StudyControl() });
  try {
    const { exceptions } = await pool.run({ ...cellWork(experiment, {}, cell).template, first: 0, count: 1 });
    const [failed] = exceptions;
    if (exceptions.length > 0) throw new Error(failed.error ?? failed.status);
  } finally {
    await pool.destroy();
  }
}

/** Runs the steps one after another. Reports when each step begins and how it ended. */
export async function tryEach(steps: readonly ProbeStep[], tell: (line: ProbeLine) => void): Promise<void> {
  for (const step of steps) {
    tell({ step });
    try {
      tell({ step, found: (await STEPS[step]()) ?? true });
    } catch (error) {
      tell({
        step,
        problem: error instanceof Error ? error.message : String(error),
        code: error instanceof Error && 'code' in error ? String(error.code) : '',
      });
    }
  }
}
