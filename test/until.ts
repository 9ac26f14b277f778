/**
 * Waiting for what a test has to see. There is no limit of time: the guard of vitest.config.ts ends what waits in vain.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { readStudy } from '../src/store/open.js';

const LOOK_MILLISECONDS = 10;
/** So many looks in vain are worth a line, so that a test that hangs says on what. */
const MANY_LOOKS = 3000;

/** Until a condition holds; what it throws counts as not yet. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let looks = 1; !isTrue(holds); looks++) {
    if (looks % MANY_LOOKS === 0) process.stderr.write(`still waiting until ${what}\n`);
    await pause(LOOK_MILLISECONDS);
  }
}

function isTrue(holds: () => boolean): boolean {
  try {
    return holds();
  } catch {
    return false;
  }
}

/** How many trials a study holds. */
export function storedTrials(folder: string): number {
  const store = readStudy(folder);
  try {
    return store
      .experiments()
      .flatMap(({ id }) => store.cells(id))
      .reduce((sum, cell) => sum + [...store.trials(cell)].length, 0);
  } finally {
    store.close();
  }
}

/** Sends a signal to a program as soon as its study holds so many trials; the program must not have ended before. */
export async function signalWhenStored(
  child: ChildProcess,
  signal: NodeJS.Signals,
  folder: string,
  trials: number,
): Promise<void> {
  const ended = once(child, 'exit');
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  child.stdout?.resume();
  child.stderr?.resume();
  await until(`the study holds ${trials} trials`, () => isOver() || storedTrials(folder) >= trials);
  if (isOver())
    throw new Error(
      `the program ended with ${child.exitCode ?? child.signalCode} before its study held ${trials} trials`,
    );
  child.kill(signal);
  await ended;
}
