/** `basin status` of a study's folder. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StudyStatus } from '../../src/app/status.js';
import { cellText } from '../../src/settings/cellText.js';
import { openStudy } from '../../src/store/open.js';
import { scratchFolder } from './basin.js';
import { here, hereJson } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const folder = scratchFolder();
const nights = join(folder, 'nights');
const study = join(nights, 'rounds', '0002');
const IDS = ['fu2018-fig3', 'fu2018-fig2'];

const statusOf = async (directory: string): Promise<StudyStatus> =>
  (await hereJson('status', directory)) as StudyStatus;

describe('basin status DIR', () => {
  beforeAll(async () => {
    mkdirSync(join(nights, 'rounds'), { recursive: true });
    await hereJson('reproduce', ...IDS, '--scale', 'smoke', '--out', study);
  });

  it('counts trials, claims and time of every experiment of a complete study', async () => {
    const { state, experiments, run, scale } = await statusOf(study);
    expect([state, scale, run?.ending]).toEqual(['complete', 'smoke', 'complete']);
    expect(experiments.map(({ id }) => id)).toEqual(IDS);
    for (const { planned, done, coreSeconds, secondsLeft, failures } of experiments) {
      expect([done, failures]).toEqual([planned, []]);
      expect(coreSeconds).toBeGreaterThan(0);
      expect(secondsLeft?.value).toBe(0);
    }
    expect(experiments[0].claims['not-applicable']).toBeGreaterThan(3);
  });

  it('finds the last round in a folder of nights', async () => {
    expect((await statusOf(nights)).study).toBe(study);
  });

  it('says what is left, what failed and how to continue, and writes nothing', async () => {
    const out = join(folder, 'half');
    await hereJson('reproduce', 'fu2018-fig3', '--scale', 'smoke', '--set', 'n=1000', '--out', out);
    const store = openStudy(out, { seed: 1, scale: 'smoke', overrides: { n: '1000' } });
    const [stored] = store.experiments();
    const values = { ...stored.values, n: [1000, 2000] };
    const before = store.cells(stored.id);
    const settings = { ...before[0].settings, n: 2000 };
    const cells = [...before, { text: cellText(settings), settings }];
    const fresh = store.addExperiment({ ...stored, values }, cells)[before.length];
    const row = { trial: 0, status: 'failed' as const, seconds: 1, measures: {}, error: 'no luck' };
    store.commit([{ cell: fresh, curves: [], rows: [row] }]);
    store.close();
    const { stdout, code } = await here('status', out);
    expect(code).toBe(0);
    expect(stdout).toContain('1 trial failed');
    expect(stdout).toContain(`1 × no luck (first fu2018-fig3/${cellText(settings)}#0)`);
    expect(stdout).toContain('to continue: basin reproduce fu2018-fig3 --scale smoke');
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  it.each([
    [[], 'basin status must be given a study folder, or --plan'],
    [[study, '--units', 'x'], '--units and --queue must be given with --plan'],
    [[folder], 'a study folder must hold basin.sqlite'],
  ])('status %j is refused', async (words, message) => {
    const { code, stderr } = await here('status', ...words);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
