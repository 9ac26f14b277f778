import { fileURLToPath } from 'node:url';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';

const ADDON = fileURLToPath(new URL('../../build/Release/basin.node', import.meta.url));

/** Loads the addon and sums 1000 normals; with `forever`, then descends until it is terminated. */
const SCRIPT = `
const { parentPort, workerData } = require('node:worker_threads');
const addon = require(workerData.addon);
const draws = new Float64Array(1000);
addon.normals(1, 2, 3, 4, 0, draws);
parentPort.postMessage({ sum: draws.reduce((a, b) => a + b), threads: addon.info().openblas.threads });
if (workerData.forever) do {
  const n = workerData.samples ?? 20000, d = 60;
  const inputs = addon.allocateInputs(n, d);
  addon.normals(1, 2, 3, 4, 0, inputs);
  const one = () => new Float64Array(1);
  addon.descend(n, d, 1, 3, inputs, 0, 1, 0, new Float64Array(n), 0, 1, new Float64Array(3 * d), new Float64Array(3).fill(1 / 3), false,
    one(), new Int32Array(1), new Int32Array(1), false, new Float64Array([NaN]), one(), one(), false, workerData.updates, -1, -1, 1e6, 1e-24, 0, workerData.cancel,
    0, 0, 0, undefined, undefined, undefined);
  if (workerData.calls) Atomics.add(workerData.calls, 0, 1);
} while (workerData.again);
`;

interface Message {
  readonly sum: number;
  readonly threads: number;
}

function start(data: object = {}): Worker {
  return new Worker(SCRIPT, { eval: true, workerData: { addon: ADDON, ...data } });
}

function firstMessage(worker: Worker): Promise<Message> {
  return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
}

function exitCode(worker: Worker): Promise<number> {
  return new Promise((resolve) => worker.once('exit', resolve));
}

describe('worker threads', () => {
  test('each loads the addon, computes the same bits with one BLAS thread, and exits cleanly', async () => {
    const workers = Array.from({ length: 8 }, () => start());
    const exits = Promise.all(workers.map(exitCode));
    const messages = await Promise.all(workers.map(firstMessage));
    expect(new Set(messages.map((message) => message.sum)).size).toBe(1);
    expect(messages.every((message) => message.threads === 1)).toBe(true);
    expect(await exits).toEqual(new Array(8).fill(0));
  });

  test('one after the other, many times in one process', async () => {
    for (let i = 0; i < 10; i++) {
      const worker = start();
      const exit = exitCode(worker);
      await firstMessage(worker);
      expect(await exit).toBe(0);
    }
  });

  test('terminated while a call runs, they leave the process usable', async () => {
    const workers = Array.from({ length: 3 }, () => start({ forever: true, updates: 300 }));
    await Promise.all(workers.map(firstMessage));
    await Promise.all(workers.map((worker) => worker.terminate()));
    const after = start();
    const exit = exitCode(after);
    expect(Number.isFinite((await firstMessage(after)).sum)).toBe(true);
    expect(await exit).toBe(0);
  });

  test('terminated inside or between many short calls, they never take the process with them', async () => {
    for (let i = 0; i < 40; i++) {
      const calls = new Int32Array(new SharedArrayBuffer(4));
      const worker = start({ forever: true, again: true, calls, samples: 1000, updates: 3 + (i % 10) });
      await firstMessage(worker);
      // At another place of another call each time.
      while (Atomics.load(calls, 0) < i % 7) await turn();
      await worker.terminate();
    }
  });

  test('the cancel flag set from outside ends a call of hours', async () => {
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    const worker = start({ forever: true, updates: 2e9, cancel });
    const exit = exitCode(worker);
    await firstMessage(worker);
    Atomics.store(cancel, 0, 1);
    expect(await exit).toBe(0);
  });
});
