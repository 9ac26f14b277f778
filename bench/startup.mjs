/**
 * `node bench/startup.mjs [--rounds 20]` (after the program is built): start-up. CPU time of `basin --version` and of
 * usage errors over that of `node -e 0`, each a process; in each round all take their turn.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { inRounds, whenAlone } from './alone.mjs';
import { shown, spread } from './statistics.mjs';

export const DEFAULTS = { rounds: 20 };

const PROGRAM = join(import.meta.dirname, '..', 'bin', 'basin.js');
const VERSION = ['--version'];
const USAGE_ERRORS = [
  ['frobnicate'],
  ['reproduce', '--frobnicate'],
  ['list', 'too', 'much'],
  ['run'],
  ['reproduce', 'fu2018-fig'],
  ['reproduce', 'fu2018-fig3', '--scale', 'huge'],
  ['reproduce', 'fu2018-fig3', '--workers', 'many'],
  ['describe', 'fu2018-fig'],
  ['report', 'absent'],
  ['quantities', '--activation', 'sigmod', '--sigma', '1'],
  ['run', 'absent.yaml'],
];
/** Which settings an experiment has stands in the experiment. */
const SETTING_ERRORS = [
  ['reproduce', 'fu2018-fig3', '--set', 'iteratons=3'],
  ['reproduce', 'fu2018-fig3', '--set', 'n=-5'],
];
const [DONE, USAGE] = [0, 2];

/** CPU seconds of a process by the shell's own clock, which knows the children's time to the millisecond. */
function seconds(args, expected) {
  const { status, stderr } = spawnSync(
    'bash',
    ['-c', 'TIMEFORMAT="%3U %3S"; time "$@" >/dev/null 2>&1', 'bash', process.execPath, ...args],
    { encoding: 'utf8' },
  );
  if (status !== expected) throw new Error(`'basin ${args.slice(1).join(' ')}' ended with ${status}, not ${expected}`);
  const [user, system] = stderr.trim().split(/\s+/).map(Number);
  return user + system;
}

const named = (args) => args.join(' ');

export function measure({ rounds: count }) {
  const lines = [VERSION, ...USAGE_ERRORS, ...SETTING_ERRORS];
  const { rounds, over } = inRounds(count, () => {
    const idle = seconds(['-e', '0'], DONE);
    return {
      idle,
      ratios: Object.fromEntries(
        lines.map((args) => [named(args), seconds([PROGRAM, ...args], args === VERSION ? DONE : USAGE) / idle]),
      ),
    };
  });
  const ratio = (args) => spread(rounds.map(({ ratios }) => ratios[named(args)]));
  const dearest = (errors) => errors.map(ratio).sort((a, b) => b.median - a.median)[0];
  return {
    results: {
      'start-up, `--version`: of `node -e 0`': ratio(VERSION),
      'start-up, the dearest usage error: of `node -e 0`': dearest(USAGE_ERRORS),
      'start-up, a mistake in `--set`: of `node -e 0`': dearest(SETTING_ERRORS),
    },
    details: [
      `node -e 0: ${shown(
        over(({ idle }) => 1e3 * idle),
        0,
      )} ms`,
      ...lines.map((args) => `basin ${named(args)}: ${shown(ratio(args), 2)}`),
    ],
  };
}

await whenAlone(import.meta, { DEFAULTS, measure });
