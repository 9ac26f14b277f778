/**
 * A study's workers without threads: everything happens in one order, on the toys' clock what takes time takes none.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/pool/clock.js';
import type { LeasePool, MakePool, PoolOptions } from '../../src/pool/pool.js';
import { findAmong, type Experiments } from '../../src/pool/known.js';
import { numberedLeases } from '../../src/pool/leases.js';
import { Performer, type PerformerOptions } from '../../src/pool/performer.js';
import { Timekeeper } from '../../src/pool/timekeeper.js';
import type { HandClock } from './fixtures/clock.mjs';
import { clock, findExperiment, loadNativeKernels } from './fixtures/laboratory.mjs';

/** What a worker needs of the rest of the program. */
export interface Laboratory extends Experiments {
  readonly loadNativeKernels: () => PerformerOptions['kernels'];
  readonly clock: Clock;
}

/** For `replacePools`: workers of this thread. */
export function poolOf(laboratory: Laboratory): MakePool {
  return (options) => startWorkers(options, laboratory);
}

function startWorkers({ control, trialSeconds, own = [] }: PoolOptions, laboratory: Laboratory): LeasePool {
  const { clock } = laboratory;
  const timekeeper = trialSeconds === undefined ? undefined : new Timekeeper(control, trialSeconds, clock);
  const performer = new Performer({
    findExperiment: findAmong(own, laboratory),
    kernels: laboratory.loadNativeKernels(),
    clock,
    control,
    trialSeconds,
  });
  const numbered = numberedLeases(control, timekeeper);
  const end = (): Promise<void> => {
    timekeeper?.end();
    return Promise.resolve();
  };
  return {
    run: (lease) =>
      numbered(lease, async (number) => {
        await turn();
        return performer.perform({ ...lease, number });
      }),
    close: end,
    destroy: end,
  };
}

export const inProcessPool = poolOf({ clock, findExperiment, loadNativeKernels });

/** For `runToy` and `runPilot`. */
export const SIMULATED = { clock, pool: inProcessPool };

/** Lets the clock of this process run, a tenth of a second a turn, while threads do what they do. */
export async function whileClockRuns<T>(running: Promise<T>, hand: HandClock): Promise<T> {
  let over = false;
  const ended = running.finally(() => {
    over = true;
  });
  while (!over) {
    hand.advance(0.1);
    await turn();
  }
  return await ended;
}
