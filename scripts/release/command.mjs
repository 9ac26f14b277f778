/** Runs the programs of a release. */
import { execFileSync } from 'node:child_process';

/**
 * The output of a program. What it says on its way is shown when it fails.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options]
 */
export function run(command, parameters, { cwd, env = {} } = {}) {
  const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 2 ** 28, encoding: /** @type {const} */ ('utf8') };
  try {
    return execFileSync(command, parameters, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout = '', stderr = '', message } = /** @type {any} */ (error);
    throw new Error(
      `${stdout}${stderr}\n${command} ${parameters.slice(0, 3).join(' ')} … failed: ${message.split('\n')[0]}`,
      { cause: error },
    );
  }
}
