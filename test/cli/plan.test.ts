import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStudy } from '../../src/store/open.js';
import { isRefusal, scratchFolder } from './basin.js';
import { here, hereJson } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

interface Forecast {
  readonly id?: string;
  readonly cells: number;
  readonly trials: number;
  readonly done: number;
  readonly left: number;
  readonly coreSeconds: { readonly value: number; readonly low: number; readonly high: number };
  readonly seconds: Forecast['coreSeconds'];
  readonly storeBytes: number | null;
  readonly trialBytes: number | null;
}

interface Document {
  readonly workers: number;
  readonly experiments: readonly Forecast[];
  readonly total: Forecast;
  readonly pilot: { readonly trials: number; readonly seconds: number; readonly share: number };
}

const dir = scratchFolder();
const at = (name: string): string => join(dir, name);

function emptyStoreBytes(): number {
  openStudy(at('empty'), { seed: 1, scale: 'smoke', overrides: {} }).close();
  return statSync(at('empty/basin.sqlite')).size;
}

describe('a forecast and the run that follows', () => {
  const STUDY = ['zhong2017-fig1b', 'gao2018-fig1', '--scale', 'smoke', '--set', 'trialsS2=4000'];

  it('agree in cells, trials and bytes; the forecast writes nothing', async () => {
    const study = at('study');
    const { experiments, total, pilot } = (await hereJson(
      'plan',
      ...STUDY,
      '--out',
      study,
      '--pilot',
      '10m',
    )) as Document;
    expect(readdirSync(dir)).toEqual([]);
    expect(pilot.trials).toBeGreaterThan(0);
    const ran = (await hereJson('reproduce', ...STUDY, '--out', study)) as {
      experiments: { id: string; cells: { trials: number }[] }[];
    };
    const counts = ran.experiments.map(({ id, cells }) => ({
      id,
      cells: cells.length,
      trials: cells.reduce((sum, { trials }) => sum + trials, 0),
    }));
    expect(experiments.map(({ id, cells, trials }) => ({ id, cells, trials }))).toEqual(counts);
    expect(total).toMatchObject({ done: 0, left: counts.reduce((sum, { trials }) => sum + trials, 0) });
    const stored = statSync(join(study, 'basin.sqlite')).size - emptyStoreBytes();
    expect((total.storeBytes ?? NaN) / stored).toBeGreaterThan(0.5);
    expect((total.storeBytes ?? NaN) / stored).toBeLessThan(2);
  });

  it('of what is done already is nothing, and leaves the folder as it was', async () => {
    const study = at('study');
    const before = readFileSync(join(study, 'basin.sqlite'));
    const { total, pilot } = (await hereJson('reproduce', ...STUDY, '--out', study, '--dry-run')) as Document;
    expect(total).toMatchObject({ left: 0, storeBytes: 0, seconds: { value: 0 } });
    expect(total.done).toBe(total.trials);
    expect(pilot.trials).toBe(0);
    expect(readFileSync(join(study, 'basin.sqlite')).equals(before)).toBe(true);
    expect((await here('plan', ...STUDY, '--out', study, '--pilot', '0')).stdout).toContain('nothing is left to do');
  });

  it('speak of the same folder', async () => {
    expect(isRefusal(await here('reproduce', ...STUDY, '--seed', '2', '--out', at('study'), '--dry-run'))).toBe(true);
    expect(isRefusal(await here('plan', ...STUDY, '--out', process.cwd()))).toBe(true);
    expect(isRefusal(await here('plan', ...STUDY, '--out', join(at('study'), 'basin.sqlite')))).toBe(true);
  });
});

describe("a forecast of a study of one's own", () => {
  it('knows the memory of a trial, and makes no folder', async () => {
    const file = at('small.yaml');
    writeFileSync(
      file,
      'title: Small\ngrid:\n  d: [4, 6]\n  n: [40*d]\n  iterations: 200\ntrials: 6\nfigure: {measure: recoveryRate, x: d}\n',
    );
    const { total, experiments } = (await hereJson('run', file, '--out', at('own'), '--dry-run')) as Document;
    expect(experiments).toMatchObject([{ id: 'study', cells: 2, trials: 12, left: 12 }]);
    expect(total.trialBytes).toBeGreaterThan(8 * 6 * 240);
    expect(existsSync(at('own'))).toBe(false);
  });

  it('warns of hours', async () => {
    const file = at('huge.yaml');
    writeFileSync(
      file,
      'title: Huge\ngrid:\n  d: [1000]\n  n: [1000000]\n  iterations: 2000\ntrials: 20\nfigure: {measure: recoveryRate, x: d}\nscales:\n  quick:\n    grid: {d: [4], n: [160], iterations: 200}\n',
    );
    const { code, stdout, stderr } = await here('plan', file, '--pilot', '0');
    expect(code).toBe(0);
    expect(stdout).toMatch(/ 8(\.\d)? GB\n/);
    expect(stderr).toMatch(/about \d+ h \d\d min on \d+ workers?; with --budget .*--scale quick takes about/);
  });

  it('with mistakes names them', async () => {
    const file = at('bad.yaml');
    writeFileSync(file, 'title: Bad\ntrials: none\n');
    expect(await here('plan', file)).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('basin plan', () => {
  it('without ids is about every experiment, in words', async () => {
    const { code, stdout } = await here('plan', '--pilot', '0', '--out', at('all'));
    expect(code).toBe(0);
    for (const word of ['fu2018-fig3', 'zhong2017-thm35', 'total', 'on ', 'no pilot trials'])
      expect(stdout).toContain(word);
  });

  it('sizes units by a pilot where one is wanted', async () => {
    const [file, assumed] = [at('piloted.json'), at('assumed.json')];
    const study = ['fu2018-fig4', '--scale', 'smoke', '--unit', '1s'];
    const piloted = (await hereJson('plan', ...study, '-o', file, '--pilot', '1s')) as {
      output: string;
      units: number;
      trials: number;
    };
    expect(piloted.output).toBe(file);
    expect(await hereJson('plan', ...study, '-o', assumed)).toMatchObject({ trials: piloted.trials });
    // The same plan again is no other plan: the assumed rate does not change.
    expect((await here('plan', ...study, '-o', assumed)).code).toBe(0);
  });

  it('refuses what cannot be', async () => {
    const cases: [string[], RegExp][] = [
      [['--pilot', '10'], /--pilot must be a duration/],
      [['--unit', '5m'], /--unit must be given with -o/],
      [['-o', at('plan.json'), '--out', at('study')], /--out must not be given with -o/],
      [['fu2018-fig99'], /experiment must be one of/],
      [['--workers', '0'], /--workers must be/],
      [[at('small.yaml'), '--set', 'dd=2'], /--set key of a study must be one of .* \(did you mean 'd'\?\)/],
    ];
    for (const [args, message] of cases) {
      const refused = await here('plan', ...args);
      expect(isRefusal(refused), args.join(' ')).toBe(true);
      expect(refused.stderr).toMatch(message);
    }
    expect((await here('run', '--plan', at('assumed.json'), '--dry-run')).stderr).toMatch(
      /--dry-run must be given with a study file/,
    );
  });
});
