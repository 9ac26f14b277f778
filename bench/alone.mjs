/**
 * What every row of the recorded run shares. A row is a module with `DEFAULTS`, the numbers that say how much is
 * measured, and `measure(options)`, whose results are spreads over the rounds by name, as `aims.mjs` lists them, and
 * whose `details` are further lines for the terminal. Its file is also a program with an option for each default.
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { shown, spread } from './statistics.mjs';

/** @typedef {{ results: Record<string, import('./statistics.mjs').Spread>, details: string[] }} Measured */

const ONCE = '--once';

/** CPU seconds of this process, all threads, that a call takes. */
export function cpuSeconds(call) {
  const before = process.cpuUsage();
  call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** What `once(job)` of a row's file returns when it runs in a process of its own. */
export function inOwnProcess({ filename }, job) {
  const text = execFileSync(process.execPath, [filename, ONCE, JSON.stringify(job)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(text);
}

/** @returns {{ over: (value: (round: object) => number) => import('./statistics.mjs').Spread, rounds: object[] }} */
export function inRounds(count, round) {
  const rounds = Array.from({ length: count }, round);
  return { rounds, over: (value) => spread(rounds.map(value)) };
}

function optionsOf(defaults) {
  const { values } = parseArgs({
    options: Object.fromEntries(
      Object.entries(defaults).map(([name, value]) => [name, { type: 'string', default: String(value) }]),
    ),
  });
  return Object.fromEntries(
    Object.entries(values).map(([name, text]) => [name, typeof defaults[name] === 'number' ? Number(text) : text]),
  );
}

/** Measures and prints when the row's file is the program; the other modules import it without any effect. */
export async function whenAlone({ filename }, { DEFAULTS, measure, once }) {
  if (process.argv[1] !== filename) return;
  if (process.argv[2] === ONCE) {
    console.log(JSON.stringify(await once(JSON.parse(process.argv[3]))));
    return;
  }
  const { results, details } = await measure(optionsOf(DEFAULTS));
  for (const line of details) console.log(line);
  for (const [name, values] of Object.entries(results)) console.log(`${name}: ${shown(values, 2)}`);
}
