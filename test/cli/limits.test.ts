/** `--trial-time` and `--trial-memory`, with the program's own experiments and kernels. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReproduceDocument } from '../../src/app/results.js';
import { basin, isRefusal, scratchFolder, type Run, flags } from './basin.js';
import { here, inTurn } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const folder = scratchFolder();
/** Two trials of hours; their descents poll. */
const LONG = [
  'reproduce',
  'fu2018-fig4',
  ...flags({ scale: 'smoke', set: ['n=6000', 'd=60', 'trials=2', 'iterations=10000000', 'tolerance=0'] }),
  '--json',
];
const SHORT = ['reproduce', 'fu2018-fig4', ...flags({ scale: 'smoke', set: ['n=500', 'd=20', 'trials=3'] }), '--json'];

function documentOf({ stdout }: Run): ReproduceDocument {
  return JSON.parse(stdout) as ReproduceDocument;
}

async function statuses(study: string): Promise<[string, string | null][]> {
  const file = join(folder, 'table.json');
  expect((await here('export', study, '--format', 'json', '--out', file)).code).toBe(0);
  return (JSON.parse(readFileSync(file, 'utf8')) as { status: string; error: string | null }[]).map(
    ({ status, error }) => [status, error],
  );
}

describe('--trial-time', () => {
  it('cuts a descent in the middle, and ends the study with what it could do', async () => {
    const study = join(folder, 'time');
    const run = basin(...LONG, '--out', study, '--trial-time', '0.3s');
    expect(run.code).toBe(0);
    expect(run.stderr).toContain(
      'basin: 2 trials over --trial-time or --trial-memory are censored and in no result; with higher limits or none they run again: basin reproduce fu2018-fig4',
    );
    expect(documentOf(run)).toMatchObject({ complete: false, experiments: [{ cells: [{ trials: 0 }] }] });
    for (const [status, error] of await statuses(study)) {
      expect(status).toBe('censored');
      expect(error).toMatch(/^cut after .* s: --trial-time allows 0.3 s$/);
    }
    expect(readFileSync(join(study, 'report.html'), 'utf8')).toContain(
      '2 of 2 trials still missing, 2 of them censored: over a limit of time or memory',
    );
    expect(isRefusal(await here('replay', study, 'fu2018-fig4/K=3,d=60,n=6000#0'))).toBe(true);
  });
});

describe('--trial-memory', () => {
  it('begins nothing that would hold more, and the same study without it is complete and as ever', async () => {
    const study = join(folder, 'memory');
    const limited = await here(...SHORT, '--out', study, '--trial-memory', '1MB');
    expect(limited.code).toBe(0);
    expect(documentOf(limited).complete).toBe(false);
    expect((await statuses(study))[0]?.[1]).toBe('not begun: it would hold about 33.7 MB, --trial-memory allows 1 MB');
    const [raised, free] = await inTurn([study, join(folder, 'free')], async (out) =>
      documentOf(await here(...SHORT, '--out', out)),
    );
    expect(raised?.complete).toBe(true);
    expect(raised?.experiments[0]?.cells).toEqual(free?.experiments[0]?.cells);
  });
});

describe('limits that cannot be', () => {
  it.each([
    ['reproduce', 'fu2018-fig4', '--trial-time', '10'],
    ['reproduce', 'fu2018-fig4', '--trial-time', '0s'],
    ['reproduce', 'fu2018-fig4', '--trial-memory', '4'],
    ['reproduce', 'fu2018-fig4', '--trial-memory', '4KB'],
    ['reproduce', 'fu2018-fig4', '--trial-memory', '0GB'],
    ['reproduce', 'fu2018-fig4', '--trial-memory', '2000TB'],
    ['run', '--plan', 'plan.json', '--shard', '0/1', '--out', 'units', '--trial-time', '1m'],
  ])('basin %s %s %s %s …', async (...args) => {
    expect(isRefusal(await here(...args))).toBe(true);
  });
});
