/**
 * Running the program in this process: what a user sees, without the start of a process. For what ends nothing but
 * itself.
 */
import { vi } from 'vitest';
import { main } from '../../src/cli/main.js';
import type { Run } from './basin.js';

/** `basin …args` to its end, with what it writes to stdout and stderr. One at a time. */
export async function here(...args: string[]): Promise<Run> {
  const [out, errors]: string[][] = [[], []];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((part) => out.push(String(part)) > 0),
    vi.spyOn(process.stderr, 'write').mockImplementation((part) => errors.push(String(part)) > 0),
  ];
  const before = [process.stdout.listeners('error'), process.stderr.listeners('error')];
  try {
    const code = await main(args);
    return { code, stdout: out.join(''), stderr: errors.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
    [process.stdout, process.stderr].forEach((stream, i) => {
      for (const listener of stream.listeners('error')) {
        if (!before[i].includes(listener)) stream.off('error', listener as (error: Error) => void);
      }
    });
  }
}

/** The JSON document of a `--json` run that must end with exit code 0 or 1. */
export async function hereJson(...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await here(...args, '--json');
  if (code !== 0 && code !== 1) throw new Error(`basin ${args.join(' ')} ended with ${String(code)}: ${stderr}`);
  return JSON.parse(stdout);
}

/** One after the other: what runs here cannot run beside itself. */
export async function inTurn<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await act(item));
  return results;
}
