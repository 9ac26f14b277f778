/**
 * Studies of the commands that run in this process (here.ts): their trials run in this thread, so nothing has to start.
 */
import { afterAll, beforeAll } from 'vitest';
import { systemClock } from '../../src/pool/clock.js';
import * as laboratory from '../../src/pool/laboratory.js';
import { replacePools } from '../../src/pool/pool.js';
import { poolOf } from '../pool/inProcess.js';

/** For all tests of the file that calls it; a command that is spawned has its threads. */
export function withoutThreads(): void {
  let release: () => void;
  beforeAll(() => {
    release = replacePools(poolOf({ ...laboratory, clock: systemClock }));
  });
  afterAll(() => {
    release();
  });
}
