/**
 * A command is defined at once. The module that performs it is loaded only when the command is chosen and its command
 * line is valid.
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
