import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signalWhenStored } from '../until.js';
import { basinJson, isRefusal, scratchFolder, startBasin } from './basin.js';
import { here, hereJson } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

interface Trial {
  readonly address: string;
  readonly status: string;
  readonly measures: Readonly<Record<string, number>>;
}

describe("a study of one's own", () => {
  const dir = scratchFolder();
  const at = (name: string): string => join(dir, name);
  const study = (name: string, text: string): string => {
    writeFileSync(at(name), text);
    return at(name);
  };
  const trialsOf = async (folder: string): Promise<Trial[]> => {
    expect((await here('export', at(folder), '--format', 'json', '--out', at(`${folder}.json`))).code).toBe(0);
    const rows = JSON.parse(readFileSync(at(`${folder}.json`), 'utf8')) as (Trial & { seconds: number })[];
    return rows.map(({ address, status, measures }) => ({ address, status, measures }));
  };
  const SMALL =
    'title: Small\ngrid:\n  d: [4, 6]\n  n: [40*d]\n  iterations: 200\ntrials: 6\nfigure: {measure: recoveryRate, x: d}\n';
  const GROWN =
    '# the same, and more\ntrials: 9\ngrid:\n  iterations: 200\n  loss: squared\n  n: [40*d, 80*d]\n  d: [4, 6, 8]\ntitle: Grown\n';

  it('its copy in the folder of a changed study continues it', async () => {
    const folder = at('copied');
    const changed = ['--set', 'iterations=100', '--trials', '2'];
    expect((await here('run', study('copied.yaml', SMALL), ...changed, '--out', folder)).code).toBe(0);
    const copy = join(folder, 'study.yaml');
    expect(await here('run', copy, '--out', folder)).toMatchObject({ code: 0 });
    expect((await trialsOf('copied')).length).toBe(4);
    // Elsewhere the copy is a study like any other, and the first file alone is another one.
    expect(await here('run', copy, '--out', at('elsewhere'))).toMatchObject({ code: 0 });
    expect(isRefusal(await here('run', at('copied.yaml'), '--out', folder))).toBe(true);
  });

  it('runs, is drawn again, exported and replayed', async () => {
    const file = study('small.yaml', SMALL);
    expect((await here('check', file)).stdout).toContain('2 cells, 12 trials');
    const document = (await hereJson('run', file, '--out', at('study'))) as {
      complete: boolean;
      experiments: { id: string; cells: unknown[]; figures: string[] }[];
    };
    expect(document).toMatchObject({ complete: true, experiments: [{ id: 'study' }] });
    expect(document.experiments[0].cells).toHaveLength(2);
    expect(document.experiments[0].figures).toHaveLength(1);
    const [{ address }] = await trialsOf('study');
    expect(address).toBe('study/K=3,d=4,iterations=200,n=160#0');
    expect(await hereJson('replay', at('study'), address)).toMatchObject({ identical: true });
    expect((await here('report', at('study'))).code).toBe(0);
  });

  it('that grows keeps what is there, and equals a fresh one bit for bit', async () => {
    const before = await trialsOf('study');
    const file = study('grown.yaml', GROWN);
    expect((await here('run', file, '--out', at('study'))).code).toBe(0);
    expect((await here('run', file, '--out', at('fresh'), '--workers', '1')).code).toBe(0);
    const grown = await trialsOf('study');
    expect(grown).toHaveLength(6 * 9);
    expect(grown).toEqual(await trialsOf('fresh'));
    expect(grown).toEqual(expect.arrayContaining(before));
  });

  it('that is killed and continued equals a fresh one bit for bit', async () => {
    const file = study('long.yaml', GROWN.replace('trials: 9', 'trials: 60').replaceAll('200\n', '2000\n'));
    const child = startBasin('run', file, '--out', at('killed'));
    await signalWhenStored(child, 'SIGKILL', at('killed'), 1);
    const first = await hereJson('run', file, '--out', at('killed'));
    expect(first).toMatchObject({ complete: true });
    await hereJson('run', file, '--out', at('unbroken'), '--workers', '1');
    expect(await trialsOf('killed')).toEqual(await trialsOf('unbroken'));
  });

  const PRECISE = 'title: Precise\ngrid: {d: [4, 6], n: 40*d, iterations: 50}\nprecision: {rate: 0.1}\n';
  const SEARCH =
    'title: Search\ngrid: {d: [4, 6], labels: regression, iterations: 300, radius: 0.5}\ntrials: 10\nboundary: {between: [d, 60*d], relative: 0.2, most: 300}\n';

  it.each([
    ['precision', PRECISE, /2 cells, 40 trials, and more until recoveryRate is known to ± 0.1,/],
    ['boundary', SEARCH, /2 cells, 20 trials, and more until the n at which recoveryRate is 0.5/],
  ])('with a %s ends the same for one worker and two, killed and drawn again', async (name, text, said) => {
    const file = study(`${name}.yaml`, text);
    expect((await here('check', file)).stdout).toMatch(said);
    const document = (await hereJson('run', file, '--out', at(name), '--workers', '1')) as { complete: boolean };
    expect(document.complete).toBe(true);
    const child = startBasin('run', file, '--out', at(`${name}-two`), '--workers', '2');
    await signalWhenStored(child, 'SIGKILL', at(`${name}-two`), 1);
    basinJson('run', file, '--out', at(`${name}-two`), '--workers', '2');
    expect(await trialsOf(`${name}-two`)).toEqual(await trialsOf(name));
    expect(((await hereJson('report', at(name))) as { experiments: unknown[] }).experiments).toEqual(
      ((await hereJson('run', file, '--out', at(name))) as { experiments: unknown[] }).experiments,
    );
  });

  it('with a boundary prints what it found', async () => {
    const { stdout } = await here('run', at('boundary.yaml'), '--out', at('boundary'));
    expect(stdout).toMatch(/^n at which recoveryRate is 0.5, d = 4: [\d.]+ \[[\d.]+, [\d.]+\]$/m);
    expect(stdout).toMatch(/^exponent a of n ∝ d\^a: /m);
    const {
      experiments: [{ findings }],
    } = (await hereJson('report', at('boundary'))) as {
      experiments: { findings: { statement: string; low: number }[] }[];
    };
    expect(findings.map(({ statement }) => statement)).toContain('exponent a of n ∝ d^a');
    expect(readFileSync(join(at('boundary'), 'report.html'), 'utf8')).toContain('>Findings</h');
  });

  it('has the seed of its folder', async () => {
    const file = study('seed.yaml', `${SMALL}seed: 2\n`);
    const refused = await here('run', file, '--out', at('study'));
    expect(isRefusal(refused)).toBe(true);
    expect(refused.stderr).toMatch(/--seed 1, got 2/);
  });

  it('is changed on the command line: seed, settings and trials belong to its folder', async () => {
    const file = study('changed.yaml', SMALL);
    const asked = ['run', file, '--out', at('changed'), '--seed', '5', '--set', 'd=4,', '8'];
    const ran = (await hereJson(...asked, '--trials', '2')) as { experiments: { cells: { trials: number }[] }[] };
    expect(ran.experiments[0].cells.map(({ trials }) => trials)).toEqual([2, 2]);
    expect((await trialsOf('changed'))[0].address).toBe('study/K=3,d=4,iterations=200,n=160#0');

    const written = study('written.yaml', SMALL.replace('[4, 6]', '[4, 8]').replace('trials: 6', 'seed: 5\ntrials: 2'));
    await hereJson('run', written, '--out', at('written'));
    expect(await trialsOf('changed')).toEqual(await trialsOf('written'));

    for (const [more, message] of [
      [['--set', 'd=4'], /--set values \(d=4,8\), got \(d=4\)/],
      [['--set', 'd=4,8', '--seed', '6'], /--seed 5, got 6/],
    ] as const) {
      const refused = await here('run', file, '--out', at('changed'), '--seed', '5', ...more);
      expect(isRefusal(refused)).toBe(true);
      expect(refused.stderr).toMatch(message);
    }
    const { stdout } = await here('report', at('changed'), '--json');
    expect(stdout).toContain('"complete": true');
    const copy = join(at('changed'), 'study.yaml');
    const again = (await hereJson('run', copy, '--set', 'd=4,8', '--out', at('changed'))) as typeof ran;
    expect(again).toMatchObject({ complete: true, experiments: [{ cells: [{ trials: 2 }, { trials: 2 }] }] });
    expect(readFileSync(join(at('changed'), 'report.html'), 'utf8')).toContain('--set d=4,8 --out');
  });

  it('with mistakes is refused with a line for each, before anything is written', async () => {
    const file = study('bad.yaml', SMALL.replace('[4, 6]', '[4, 0]').replace('trials: 6', 'trials: none'));
    const { code, stdout, stderr } = await here('run', file, '--out', at('never'));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringContaining(`basin: ${file}:3:10: d must be`),
      expect.stringContaining(`basin: ${file}:6:9: trials must be`),
    ]);
    expect((await here('check', file, '--json')).stdout).toContain('"line": 3');
    expect(isRefusal(await here('run'))).toBe(true);
    expect(isRefusal(await here('run', at('nothing.yaml')))).toBe(true);
    expect((await here('schema')).stdout).toContain('"recoveryRate"');
  });
});
