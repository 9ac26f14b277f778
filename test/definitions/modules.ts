/** Modules of a user's own, written for a test; and workers without threads that perform their trials. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { loadExperiment } from '../../src/definitions/load.js';
import { moduleExperiment } from '../../src/definitions/module.js';
import type { Experiment } from '../../src/experiments/spec.js';
import { systemClock } from '../../src/pool/clock.js';
import { numberedLeases } from '../../src/pool/leases.js';
import { findAmong } from '../../src/pool/known.js';
import { Performer } from '../../src/pool/performer.js';
import { replacePools, type LeasePool, type PoolOptions } from '../../src/pool/pool.js';
import type { PerformedTrial } from '../../src/pool/protocol.js';
import { performTrial } from '../../src/pool/trial.js';
import { cellOf } from '../../src/study/grid/cells.js';
import { cellWork } from '../../src/study/leases/work.js';

/** A folder with these files by path, which goes when the test is over. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'basin-own-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A module with an experiment of one setting whose trial has this body; it begins on line 6 of the file. */
export function moduleText(body: string, rest = ''): string {
  return `import { defineExperiment, number } from '@basin-lab/basin';
export default defineExperiment({
  id: 'own', title: 'Own', settings: { n: number({ description: 'samples', integer: true, list: true, default: [4] }) },
  cells: (values) => values.n.map((n) => ({ settings: { n }, trials: 3 })),
  trial({ settings, stream, keep }) {
${body}
  },
  measures: [{ name: 'm', description: 'a number', statistic: 'mean' }],${rest}
});
`;
}

export async function experimentOf(text: string, name = 'own.ts'): Promise<Experiment> {
  return await moduleExperiment(join(folderWith({ [name]: text }), name));
}

/** One trial, as a worker performs it. */
export function trialOf(experiment: Experiment, trial = 0, settings = { n: 4 }): PerformedTrial {
  const { template } = cellWork(experiment, {}, cellOf({ experiment, values: {} }, 1, settings));
  return performTrial(
    { experiment, settings: template.settings, key: template.key, trial },
    loadNativeKernels(),
    new Int32Array(1),
  );
}

function withoutCode(id: string): never {
  throw new Error(`no code of ${id} came with the workers`);
}

/** Workers in this thread that get what threads would get. */
export function ownPool({ control, own = [], trialSeconds }: PoolOptions): LeasePool {
  const findExperiment = findAmong(own, { findExperiment: withoutCode, loadExperiment });
  const performer = new Performer({
    findExperiment,
    kernels: loadNativeKernels(),
    clock: systemClock,
    control,
    trialSeconds,
  });
  const numbered = numberedLeases(control, undefined);
  return {
    run: (lease) =>
      numbered(lease, async (number) => {
        await turn();
        return performer.perform({ ...lease, number });
      }),
    close: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
  };
}

/** Commands in this process perform trials in this thread, until the test is over. */
export function withoutThreads(): void {
  onTestFinished(replacePools(ownPool));
}
