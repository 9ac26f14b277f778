/** Blocks Math.random and clocks while a user's code runs, because they return different numbers in each run. */
import { performance } from 'node:perf_hooks';
import { webcrypto } from 'node:crypto';

/** Every message about a forbidden action in a definition contains these words. */
export const BREACH = 'is not allowed in a definition';

const DRAW = "draw from stream('…'), which gives each trial numbers of its own";
const NO_CLOCK =
  'a trial is made again to the same bits, and time is another each time; for chance there is stream(), and seconds are stored with every trial';

function forbidden(name: string, instead: string): () => never {
  return () => {
    throw new Error(`${name} ${BREACH}: ${instead}`);
  };
}

/** Functions that throw while a user's code runs. */
const MEMBERS: readonly (readonly [owner: object, name: string, instead: () => never])[] = [
  [Math, 'random', forbidden('Math.random()', DRAW)],
  [Date, 'now', forbidden('Date.now()', NO_CLOCK)],
  [performance, 'now', forbidden('performance.now()', NO_CLOCK)],
  [process, 'hrtime', forbidden('process.hrtime()', NO_CLOCK)],
  [webcrypto, 'getRandomValues', forbidden('crypto.getRandomValues()', DRAW)],
  [webcrypto, 'randomUUID', forbidden('crypto.randomUUID()', DRAW)],
];

const noDate = forbidden('new Date()', NO_CLOCK);

/** A date from given arguments works: only the current date is forbidden. */
const GUARDED_DATE = new Proxy(Date, {
  apply: noDate,
  construct: (target, given: unknown[], made) =>
    given.length === 0 ? noDate() : (Reflect.construct(target, given, made) as object),
});

/** Runs a user's code. A guarded function that the code has saved continues to throw afterwards. */
export function guarded<T>(run: () => T): T {
  const restore = [
    ...MEMBERS.map(([owner, name, instead]) => replace(owner, name, instead)),
    replace(globalThis, 'Date', GUARDED_DATE),
  ];
  try {
    return run();
  } finally {
    for (const back of restore) back();
  }
}

function replace(owner: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  return () => {
    if (before === undefined) Reflect.deleteProperty(owner, name);
    else Object.defineProperty(owner, name, before);
  };
}
