import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basin, basinAs, basinJson, isRefusal, scratchFolder } from './basin.js';

const cache = scratchFolder();
const file = join(cache, 'basin', 'tuning.json');
const before = process.env['XDG_CACHE_HOME'];
beforeAll(() => { process.env['XDG_CACHE_HOME'] = cache; });
afterAll(() => {
  if (before === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = before;
});

interface Tuned { readonly file: string; readonly state: string; readonly profile?: { readonly blocking: { groupUnits: number; tileRows: number }; readonly workers: number }; readonly kernels?: unknown[]; readonly workers?: unknown[] }

describe('basin tune', () => {
  it('measures, keeps a profile, shows it and forgets it', () => {
    expect(basinJson('tune', '--show', '--json')).toEqual({ file, state: 'none' });
    const tuned = basinJson('tune', '--budget', '2s', '--json') as Tuned;
    expect(tuned).toMatchObject({ file, state: 'valid' });
    expect(tuned.kernels).toHaveLength(10);
    expect(tuned.profile?.workers).toBeGreaterThanOrEqual(1);
    expect((basinJson('tune', '--show', '--json') as Tuned).profile).toEqual(tuned.profile);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(tuned.profile);
    expect((basinJson('doctor', '--json') as { tuning: string }).tuning).toContain(`kept in ${file}`);
    expect(basinJson('tune', '--reset', '--json')).toEqual({ file, state: 'none' });
    expect(basin('tune', '--show').stdout).toBe('no profile: basin tune measures this machine\n');
  });

  it('keeps the bits of a study, whatever the profile', () => {
    const measuresOf = (name: string): unknown => {
      const out = join(cache, name);
      basin('reproduce', 'fu2018-fig3', '--scale', 'smoke', '--set', 'd=4', '--set', 'trials=2', '--out', out);
      basin('export', out, '--format', 'json', '--out', join(cache, `${name}.json`));
      return (JSON.parse(readFileSync(join(cache, `${name}.json`), 'utf8')) as { measures: unknown }[]).map(({ measures }) => measures);
    };
    const plain = measuresOf('plain');
    const { profile } = basinJson('tune', '--budget', '1s', '--json') as Tuned;
    writeFileSync(file, JSON.stringify({ ...profile, blocking: { groupUnits: 7, tileRows: 1 }, workers: 1 }));
    expect((basinJson('tune', '--show', '--json') as Tuned).profile?.blocking).toEqual({ groupUnits: 7, tileRows: 1 });
    expect(measuresOf('tuned')).toEqual(plain);
  });

  it('ignores a damaged profile and says so', () => {
    mkdirSync(join(cache, 'basin'), { recursive: true });
    writeFileSync(file, '{"version": 1');
    expect(basin('tune', '--show').stdout.replace(/\s+/g, ' ')).toBe(`${file} is not a profile and is ignored: basin tune writes a new one `);
    expect(basin('doctor').code).toBe(0);
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

  it('does not show and forget at once', () => {
    expect(isRefusal(basin('tune', '--show', '--reset'))).toBe(true);
  });

  it('refuses a budget that is none', () => {
    const { code, stderr } = basin('tune', '--budget', 'soon');
    expect(code).toBe(2);
    expect(stderr).toBe("basin: --budget must be a duration such as 90s, 30m or 2h (at most 365d), got 'soon'\n");
  });
});
