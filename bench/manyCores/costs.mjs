/** What leases, trials and the store cost on this machine: seconds of the threads that pay. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StudyControl } from '../../dist/pool/control.js';
import { openStudy } from '../../dist/store/open.js';
import { gridOf } from '../../dist/study/grid/cells.js';
import { resolveValues } from '../../dist/study/grid/values.js';
import { rowsOf } from '../../dist/study/leases/rows.js';
import { leaseOf } from '../../dist/study/leases/work.js';
import { runStudy } from '../../dist/study/run/run.js';
import { withRunner } from '../../dist/study/run/runner.js';
import { spin } from './laboratory.mjs';

export const LABORATORY = new URL('./laboratory.mjs', import.meta.url);

const [SMALL, LARGE] = [1, 2000];
const [LEASES, COMMITS, WARMING] = [2000, 200, 50];

/** CPU seconds of the main thread so far, by the system's scheduler. */
function coordinatorSeconds() {
  return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e9;
}

function valuesOf(microseconds, trials) {
  const given = { microseconds: String(microseconds), trials: String(trials) };
  return resolveValues(spin, 'smoke', new Map(Object.entries(given)));
}

async function withStore(use) {
  const dir = mkdtempSync(join(tmpdir(), 'basin-cores-'));
  const store = openStudy(dir, { seed: 1, scale: 'smoke', overrides: {} });
  try {
    return await use(store);
  } finally {
    store.close();
    rmSync(dir, { recursive: true });
  }
}

/** The two numbers of a + b·k from its values at SMALL and LARGE. */
function lineThrough(small, large) {
  const each = (large - small) / (LARGE - SMALL);
  return { fixed: small - SMALL * each, each };
}

/** Seconds of a transaction with so many rows. */
function commitSeconds(rows) {
  return withStore((store) => {
    const values = valuesOf(0, rows * COMMITS);
    const [cell] = store.addExperiment(
      { id: spin.id, version: 1, values },
      gridOf({ experiment: spin, values }, 1).cells,
    );
    const result = {
      done: rows,
      exceptions: [],
      seconds: new Float64Array(rows).fill(1e-3),
      measures: Array.from({ length: rows }, () => ({ u: 1 / 3, hit: 1 })),
    };
    const before = coordinatorSeconds();
    for (let commit = 0; commit < COMMITS; commit++)
      store.commit([{ cell, rows: rowsOf(commit * rows, result), curves: [], origin: { build: 'bench' } }]);
    return (coordinatorSeconds() - before) / COMMITS;
  });
}

/** Seconds of the coordinator, of the worker, and of the clock, for a lease of so many empty trials, one by one. */
async function leaseCosts(count, leases) {
  const template = { experiment: spin.id, settings: { microseconds: 0 }, key: [1, 1], team: false };
  const source = (number) => {
    let left = number;
    return {
      perWorker: 1,
      next: () => (left-- > 0 ? { lease: leaseOf({ cell: { template }, first: 0, count }) } : undefined),
      settle: () => undefined,
    };
  };
  const options = { workers: 1, control: new StudyControl(), cells: [], laboratory: LABORATORY };
  return await withRunner(options, async ({ run }) => {
    await run(source(WARMING));
    const [main, all, begin] = [coordinatorSeconds(), process.cpuUsage(), performance.now()];
    await run(source(leases));
    const coordinator = (coordinatorSeconds() - main) / leases;
    const { user, system } = process.cpuUsage(all);
    return {
      coordinator,
      worker: (user + system) / 1e6 / leases - coordinator,
      clock: (performance.now() - begin) / 1e3 / leases,
    };
  });
}

/** @returns {Promise<import('./model.mjs').Costs>} */
export async function measuredCosts() {
  const commit = lineThrough(await commitSeconds(SMALL), await commitSeconds(LARGE));
  const [small, large] = [await leaseCosts(SMALL, LEASES), await leaseCosts(LARGE, LEASES / 40)];
  const of = (name) => lineThrough(small[name], large[name]);
  const coordinator = of('coordinator');
  return {
    receive: coordinator.fixed / 2,
    handOut: coordinator.fixed / 2,
    result: coordinator.each,
    transaction: commit.fixed,
    row: commit.each,
    // From one message to the other the worker waits for the coordinator, and for the system to wake it.
    lease: of('clock').fixed - coordinator.fixed,
    trial: of('worker').each,
  };
}

/** Seconds of a study of trials of this length, without the start of the threads: that of one trial for each worker. */
export async function studySeconds(microseconds, trials, workers) {
  const seconds = async (count) =>
    withStore(async (store) => {
      const values = valuesOf(microseconds, count);
      const outcome = await runStudy({
        store,
        experiments: [gridOf({ experiment: spin, values }, 1)],
        workers,
        control: new StudyControl(),
        laboratory: LABORATORY,
      });
      if (outcome.ending !== 'complete') throw new Error('not every trial was stored');
      return outcome.seconds;
    });
  const start = Math.min(...[await seconds(workers), await seconds(workers), await seconds(workers)]);
  return (await seconds(trials)) - start + microseconds / 1e6;
}
