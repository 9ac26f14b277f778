/** A full disk: one line that says what to do, and nothing that was stored is lost. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basinWithin, isRefusal, scratchFolder, flags } from './basin.js';
import { here } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const folder = scratchFolder();
const STUDY = [
  'reproduce',
  'fu2018-fig4',
  ...flags({ scale: 'smoke', set: ['n=500', 'd=20', 'trials=200', 'iterations=20'], workers: '1' }),
];

/** Every trial but for the time it took. */
async function tableOf(study: string): Promise<unknown[]> {
  const file = join(folder, 'table.json');
  expect((await here('export', study, '--format', 'json', '--out', file)).code).toBe(0);
  return (JSON.parse(readFileSync(file, 'utf8')) as object[]).map((row) => ({ ...row, seconds: 0 }));
}

let undisturbed: unknown[];
beforeAll(async () => {
  const study = join(folder, 'undisturbed');
  expect((await here(...STUDY, '--out', study)).code).toBe(0);
  undisturbed = await tableOf(study);
});

/** The trials that the message says are stored. */
function storedBy(stderr: string): number {
  return Number(/; (\d+) trials are stored\n$/.exec(stderr)?.[1]);
}

describe('a disk that takes no more', () => {
  it('before the store is made leaves a folder that a study can begin in', async () => {
    const study = join(folder, 'early');
    const run = basinWithin(60, ...STUDY, '--out', study);
    expect(isRefusal(run), run.stderr).toBe(true);
    expect(run.stderr).toMatch(
      /early\/basin\.sqlite' cannot be written: .*\(SQLITE_IOERR\w*\); check the disk and its quotas and run the same command again\n$/,
    );
    expect(readdirSync(study)).toEqual(['basin.lock']);
    expect((await here(...STUDY, '--out', study)).code).toBe(0);
  });

  it('in the middle of a study keeps every trial that was stored, and the same command continues', async () => {
    const study = join(folder, 'middle');
    const run = basinWithin(200, ...STUDY, '--out', study);
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toMatch(
      /basin: study store '.*middle\/basin\.sqlite' cannot be written: .*; check the disk and its quotas and run the same command again; \d+ trials are stored\n$/,
    );
    const kept = await tableOf(study);
    expect(kept).toHaveLength(storedBy(run.stderr));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(200);
    expect((await here(...STUDY, '--out', study)).code).toBe(0);
    expect(await tableOf(study)).toEqual(undisturbed);
  });

  it('while the report is drawn leaves the one that is there, and says how to draw it elsewhere', () => {
    const study = join(folder, 'undisturbed');
    const before = readFileSync(join(study, 'report.html'));
    const run = basinWithin(66, 'report', study);
    expect(isRefusal(run), run.stderr).toBe(true);
    expect(run.stderr).toContain(
      `cannot be written: the file would be larger than allowed; every trial is stored, and this draws them elsewhere: basin report ${study} --out DIR`,
    );
    expect(readFileSync(join(study, 'report.html')).equals(before)).toBe(true);
    expect(readdirSync(study).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('a file system of 200 kB', () => {
  const small = join(folder, 'small');
  mkdirSync(small);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', small]).status === 0;
  afterAll(() => {
    if (mounted) spawnSync('umount', [small]);
  });

  it.runIf(mounted)(
    'is full at some point: what was stored can be read there, and moved to where there is room',
    async () => {
      const study = join(small, 'study');
      const run = await here(...STUDY, '--out', study);
      expect([run.code, run.stdout]).toEqual([2, '']);
      expect(run.stderr).toMatch(
        /\(SQLITE_FULL\); free space and run the same command again; \d+ trials are stored\n$/,
      );
      expect(await tableOf(study)).toHaveLength(storedBy(run.stderr));
      const moved = join(folder, 'moved');
      spawnSync('cp', ['-r', study, moved]);
      expect((await here(...STUDY, '--out', moved)).code).toBe(0);
      expect(await tableOf(moved)).toEqual(undisturbed);
    },
  );
});
