/**
 * A command is defined at once and performed by a module that is loaded when it is chosen, and its command line is
 * right.
 */
import type { Command } from 'commander';
import type { SetExitCode } from '../exit.js';

interface Performer<Given extends unknown[]> {
  readonly act: (setExitCode: SetExitCode) => (...given: Given) => unknown;
}

export type MakeCommand = (setExitCode: SetExitCode) => Command;

export function lazily<Given extends unknown[]>(
  define: () => Command,
  load: () => Promise<Performer<Given>>,
): MakeCommand {
  return (setExitCode) =>
    define().action(async (...given: Given) => {
      const { act } = await load();
      await act(setExitCode)(...given);
    });
}
