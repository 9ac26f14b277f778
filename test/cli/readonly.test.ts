/** Studies where nothing can be written: they can be read, exported, replayed, and drawn elsewhere. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { basinAs, isRefusal, scratchFolder, type Run, type RunOptions, flags } from './basin.js';
import { here } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const folder = scratchFolder();
const original = join(folder, 'original');
const STUDY = [
  'reproduce',
  'fu2018-fig4',
  ...flags({ scale: 'smoke', set: ['n=500', 'd=20', 'trials=3', 'iterations=20'] }),
];
const ADDRESS = 'fu2018-fig4/K=3,d=20,n=500#1';
/** Beside the study: for what is written, and for copies. */
const room = join(folder, 'room');

beforeAll(async () => {
  expect((await here(...STUDY, '--out', original)).code).toBe(0);
  chmodSync(folder, 0o755);
  mkdirSync(room);
  chmodSync(room, 0o777);
});

interface Way {
  readonly name: string;
  readonly works: boolean;
  /** Makes a folder read-only for whoever runs with `options`. */
  readonly lock: (study: string) => void;
  readonly options: RunOptions;
}

const isRoot = process.getuid?.() === 0;
const mounts: string[] = [];
afterAll(() => {
  for (const mount of mounts) spawnSync('umount', [mount]);
});

function mountReadOnly(study: string): boolean {
  const bound = spawnSync('mount', ['--bind', study, study]).status === 0;
  if (bound) mounts.push(study);
  return bound && spawnSync('mount', ['-o', 'remount,ro,bind', study]).status === 0;
}

const nobody: RunOptions = isRoot ? { uid: 65534, gid: 65534 } : {};
const WAYS: readonly Way[] = [
  {
    name: 'on a read-only file system',
    works: isRoot && mountReadOnly(mkdtempSync(join(folder, 'probe-'))),
    lock: mountReadOnly,
    options: {},
  },
  {
    name: 'in a folder of somebody else',
    works: basinAs(nobody, '--version').code === 0,
    options: nobody,
    lock: (study) => {
      chmodSync(study, 0o555);
    },
  },
];

describe.each(WAYS)('a study $name', ({ works, lock, options }) => {
  const runWith = (temporary: string, ...args: string[]): Run | Promise<Run> => {
    if (options.uid !== undefined) return basinAs({ ...options, env: { ...process.env, TMPDIR: temporary } }, ...args);
    vi.stubEnv('TMPDIR', temporary);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    return here(...args);
  };
  const run = (...args: string[]): Run | Promise<Run> => runWith(room, ...args);

  function locked(
    prepare: (study: string) => void = (study) => {
      cpSync(original, study, { recursive: true });
    },
  ): string {
    const study = join(mkdtempSync(join(folder, 'study-')), 'study');
    chmodSync(join(study, '..'), 0o755);
    mkdirSync(study);
    prepare(study);
    lock(study);
    return study;
  }

  it.runIf(works)('can be exported and replayed, and nothing stays behind', async () => {
    const study = locked();
    const file = join(room, 'trials.csv');
    rmSync(file, { force: true });
    expect(await run('export', study, '--format', 'csv', '--out', file)).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3 + 2);
    expect((await run('replay', study, ADDRESS)).stdout).toContain('identical');
    expect(readdirSync(room).filter((name) => /^\.?basin-/.test(name))).toEqual([]);
  });

  it.runIf(works)('is drawn elsewhere, and only there', async () => {
    const study = locked();
    const refused = await run('report', study);
    expect(isRefusal(refused), refused.stderr).toBe(true);
    expect(refused.stderr).toContain(`basin report ${study} --out DIR`);
    const out = join(mkdtempSync(join(room, 'out-')), 'report');
    chmodSync(join(out, '..'), 0o777);
    expect(await run('report', study, '--out', out)).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('fu2018-fig4');
    expect(existsSync(join(out, 'figures'))).toBe(true);
  });

  it.runIf(works)('shows what a killed writer has left beside it', async () => {
    const study = locked((place) => {
      const copy = mkdtempSync(join(folder, 'killed-'));
      cpSync(original, copy, { recursive: true });
      const database = new Database(join(copy, 'basin.sqlite'));
      database.exec('UPDATE trials SET seconds = 12345');
      for (const name of ['basin.sqlite', 'basin.sqlite-wal']) copyFileSync(join(copy, name), join(place, name));
      database.close();
    });
    const file = join(room, 'killed.csv');
    rmSync(file, { force: true });
    expect(await run('export', study, '--format', 'csv', '--out', file)).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(file, 'utf8').match(/,12345\.0,/g)).toHaveLength(3);
  });

  it.runIf(works)('is not continued', async () => {
    const study = locked();
    const refused = await run(...STUDY, '--out', study);
    expect(isRefusal(refused), refused.stderr).toBe(true);
    expect(refused.stderr).toContain(`${study}: cannot be used as an output folder`);
  });

  it.runIf(works)('needs room for a copy', async () => {
    const study = locked();
    const refused = await runWith(
      join(folder, 'absent'),
      'export',
      study,
      '--format',
      'csv',
      '--out',
      join(room, 'none.csv'),
    );
    expect(isRefusal(refused), refused.stderr).toBe(true);
    expect(refused.stderr).toContain(
      `study store '${join(study, 'basin.sqlite')}' must stand in a folder that can be written, or there must be room for a copy in '${join(folder, 'absent')}'`,
    );
  });
});

describe('basin report --out', () => {
  it('refuses the folder of another study', async () => {
    const other = join(folder, 'other');
    cpSync(original, other, { recursive: true });
    const refused = await here('report', original, '--out', other);
    expect(isRefusal(refused)).toBe(true);
    expect(refused.stderr).toContain(`--out must be a folder without a study, got '${other}'`);
  });

  it('names its own figures', async () => {
    const out = join(folder, 'drawn');
    const { stdout } = await here('report', original, '--out', out, '--json');
    const { experiments } = JSON.parse(stdout) as { experiments: { figures: string[] }[] };
    const figures = experiments.flatMap((experiment) => experiment.figures);
    expect(figures.length).toBeGreaterThan(0);
    for (const figure of figures) expect([figure.startsWith(out), existsSync(figure)]).toEqual([true, true]);
  });
});
