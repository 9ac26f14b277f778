// Workers without threads, whose results can be lost: what a study makes of a worker that breaks, hangs, or hands back
// a part.
import { setImmediate as turn } from 'node:timers/promises';
import { clock, findExperiment, loadNativeKernels } from '../pool/fixtures/laboratory.mjs';
import { numberedLeases, Performer } from './program.mjs';

const TOYS = { clock, findExperiment, loadNativeKernels };

/**
 * `lease(index, perform)`: what becomes of a lease; by default it is performed. By default with the toys' laboratory.
 */
export function poolWith(lease = (_, perform) => perform(), { loadNativeKernels, ...laboratory } = TOYS) {
  return ({ control }) => {
    const performer = new Performer({ ...laboratory, kernels: loadNativeKernels(), control });
    const numbered = numberedLeases(control, undefined);
    const rejections = new Set();
    let leases = 0;
    const run = (asked) =>
      numbered(
        asked,
        (number) =>
          new Promise((resolve, reject) => {
            rejections.add(reject);
            const perform = (part = asked) => turn().then(() => performer.perform({ ...part, number }));
            Promise.resolve(lease(leases++, perform, { asked, control }))
              .then(resolve, reject)
              .finally(() => rejections.delete(reject));
          }),
      );
    const end = () => {
      for (const reject of rejections) reject(new Error('the pool has ended'));
      return Promise.resolve();
    };
    return { run, close: () => Promise.resolve(), destroy: end };
  };
}

const broke = ({ message }) => message === 'a worker broke';

/**
 * What can become of one lease among many, by name. `expected`: the error that the command then ends with; none: it
 * goes on.
 */
export const LEASE_FAULTS = {
  breaks: { expected: broke, of: () => Promise.reject(new Error('a worker broke')) },
  'breaks when it is done': {
    expected: broke,
    of: (perform) =>
      perform().then(() => {
        throw new Error('a worker broke');
      }),
  },
  'does a part': {
    expected: () => false,
    of: (perform, { asked }) => perform({ ...asked, count: Math.ceil(asked.count / 2) }),
  },
  'does nothing once': { expected: () => false, of: (perform, { asked }) => perform({ ...asked, count: 0 }) },
  // The user stops at once; the watch waits for so long and then ends the threads.
  'never answers': {
    expected: () => false,
    maySucceed: true,
    of: (_, { control }) => {
      control.interrupt();
      control.interrupt();
      const ticking = async () => {
        for (let tick = 0; tick < 40; tick++) {
          clock.advance(0.1);
          await turn();
        }
      };
      return ticking().then(() => new Promise(() => undefined));
    },
  },
};

/** A fault of leases as one of `FAULTS`: the pool of the scenario asks for the one that is armed. */
export function leaseFault(kind) {
  return (at) => {
    const counter = { calls: 0, fired: undefined };
    const pool = poolWith((index, perform, context) => {
      counter.calls += 1;
      if (index !== at) return perform();
      counter.fired = kind;
      return LEASE_FAULTS[kind].of(perform, context);
    });
    return { counter, pool, release: () => undefined };
  };
}
