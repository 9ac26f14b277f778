import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basin, basinAs, basinJson, isRefusal, scratchFolder, type Run } from './basin.js';
import { here, hereJson } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const cache = scratchFolder();
const file = join(cache, 'basin', 'tuning.json');
const before = process.env['XDG_CACHE_HOME'];
beforeAll(() => {
  process.env['XDG_CACHE_HOME'] = cache;
});
afterAll(() => {
  if (before === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = before;
});

interface Tuned {
  readonly file: string;
  readonly state: string;
  readonly profile?: { readonly blocking: { groupUnits: number; tileRows: number }; readonly workers: number };
  readonly kernels?: unknown[];
  readonly workers?: unknown[];
}

describe('basin tune', () => {
  let tuned: Tuned;
  it('measures, keeps a profile, shows it and forgets it', async () => {
    expect(await hereJson('tune', '--show', '--json')).toEqual({ file, state: 'none' });
    tuned = basinJson('tune', '--budget', '0.5s', '--json') as Tuned;
    expect(tuned).toMatchObject({ file, state: 'valid' });
    expect(tuned.kernels).toHaveLength(10);
    expect(tuned.profile?.workers).toBeGreaterThanOrEqual(1);
    expect(((await hereJson('tune', '--show', '--json')) as Tuned).profile).toEqual(tuned.profile);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(tuned.profile);
    expect(((await hereJson('doctor', '--json')) as { tuning: string }).tuning).toContain(`kept in ${file}`);
    expect(await hereJson('tune', '--reset', '--json')).toEqual({ file, state: 'none' });
    expect((await here('tune', '--show')).stdout).toBe('no profile: basin tune measures this machine\n');
  });

  it('keeps the bits of a study, whatever the profile', async () => {
    const measuresOf = async (name: string, run: (...args: string[]) => Run | Promise<Run>): Promise<unknown> => {
      const out = join(cache, name);
      expect(
        (await run('reproduce', 'fu2018-fig3', '--scale', 'smoke', '--set', 'd=4', '--set', 'trials=2', '--out', out))
          .code,
      ).toBe(0);
      await here('export', out, '--format', 'json', '--out', join(cache, `${name}.json`));
      return (JSON.parse(readFileSync(join(cache, `${name}.json`), 'utf8')) as { measures: unknown }[]).map(
        ({ measures }) => measures,
      );
    };
    const plain = await measuresOf('plain', here);
    writeFileSync(file, JSON.stringify({ ...tuned.profile, blocking: { groupUnits: 7, tileRows: 1 }, workers: 1 }));
    expect(((await hereJson('tune', '--show', '--json')) as Tuned).profile?.blocking).toEqual({
      groupUnits: 7,
      tileRows: 1,
    });
    // A process of its own: kernels take their profile once.
    expect(await measuresOf('tuned', basin)).toEqual(plain);
  });

  it('ignores a damaged profile and says so', async () => {
    mkdirSync(join(cache, 'basin'), { recursive: true });
    writeFileSync(file, '{"version": 1');
    expect((await here('tune', '--show')).stdout.replace(/\s+/g, ' ')).toBe(
      `${file} is not a profile and is ignored: basin tune writes a new one `,
    );
    expect((await here('doctor')).code).toBe(0);
  });

  it('refuses a cache folder that cannot be written, before it measures', () => {
    const blocked = join(cache, 'blocked');
    writeFileSync(blocked, '');
    const env = { ...process.env, XDG_CACHE_HOME: blocked };
    expect(isRefusal(basinAs({ env }, 'tune', '--budget', '1d'))).toBe(true);
    expect(isRefusal(basinAs({ env }, 'tune', '--reset'))).toBe(true);
  });

  it('computes without a profile where the user has no home', () => {
    const env = { PATH: process.env['PATH'], HOME: '' };
    expect(isRefusal(basinAs({ env }, 'tune', '--show'))).toBe(true);
    expect(basinAs({ env }, 'doctor').stdout).toContain('neither XDG_CACHE_HOME nor HOME names a folder');
    expect(existsSync('.cache')).toBe(false);
  });

  it('does not show and forget at once', async () => {
    expect(isRefusal(await here('tune', '--show', '--reset'))).toBe(true);
  });

  it('refuses a budget that is none', async () => {
    const { code, stderr } = await here('tune', '--budget', 'soon');
    expect(code).toBe(2);
    expect(stderr).toBe("basin: --budget must be a duration such as 90s, 30m or 2h (at most 365d), got 'soon'\n");
  });
});
