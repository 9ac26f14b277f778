/** `--on-done`: a shell command that runs when the work of a command has ended. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { ExitCodeValue } from './exit.js';
import { failureOf } from './failure.js';
import { warn } from './say.js';

/**
 * Performs the work in a folder and then runs the shell command, however the work ended. The exit code stays that of
 * the work.
 */
export async function withOnDone(
  command: string | undefined,
  folder: string,
  work: () => Promise<ExitCodeValue>,
): Promise<ExitCodeValue> {
  if (command === undefined) return await work();
  const begin = performance.now();
  const ended = (code: ExitCodeValue): void => {
    runCommand(command, {
      BASIN_EXIT: String(code),
      BASIN_OUT: resolve(folder),
      BASIN_SECONDS: String(Math.round((performance.now() - begin) / 1000)),
    });
  };
  try {
    const code = await work();
    ended(code);
    return code;
  } catch (error) {
    ended(failureOf(error).code);
    throw error;
  }
}

/** The command's output goes to stderr: stdout may hold one JSON document. */
function runCommand(command: string, result: Readonly<Record<string, string>>): void {
  const { status, signal, error } = spawnSync(command, {
    shell: true,
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
    env: { ...process.env, ...result },
  });
  if (status === 0) return;
  const ending = error?.message ?? signal ?? `exit code ${String(status)}`;
  warn(`--on-done must end with exit code 0, got ${ending} of '${command}'; the exit code of basin stays`);
}
