import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReproduceDocument } from '../../src/app/results.js';
import { signalWhenStored } from '../until.js';
import { basinJson, BIN, scratchFolder, startBasin, flags } from './basin.js';
import { here, hereJson } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const folder = scratchFolder();
const IDS = ['fu2018-fig2', 'fu2018-fig3', 'fu2018-fig4'];

interface ExportedTrial {
  readonly address: string;
  readonly experiment: string;
  readonly settings: Record<string, number>;
  readonly trial: number;
  readonly status: string;
  readonly seconds: number;
  readonly measures: Record<string, number>;
  readonly error: string | null;
}

/** The trial table without what a clock decides. */
async function trialTable(study: string): Promise<Omit<ExportedTrial, 'seconds'>[]> {
  const file = join(folder, 'table.json');
  expect((await here('export', study, '--format', 'json', '--out', file)).code).toBe(0);
  return (JSON.parse(readFileSync(file, 'utf8')) as ExportedTrial[]).map(({ seconds, ...row }) => {
    expect(seconds).toBeGreaterThanOrEqual(0);
    return row;
  });
}

describe('reproduce at smoke scale', () => {
  const study = join(folder, 'one');
  let document: ReproduceDocument;
  beforeAll(async () => {
    document = (await hereJson(
      'reproduce',
      ...IDS,
      ...flags({ scale: 'smoke', out: study, workers: '1' }),
    )) as ReproduceDocument;
  });

  it('prints the document of the contract', () => {
    expect(document).toMatchObject({ study, complete: true });
    expect(document.experiments.map(({ id }) => id)).toEqual(IDS);
    for (const experiment of document.experiments) {
      expect(Object.keys(experiment)).toEqual(['id', 'scale', 'cells', 'claims', 'figures', 'seconds']);
      expect(experiment.scale).toBe('smoke');
      for (const figure of experiment.figures) expect(existsSync(figure), figure).toBe(true);
      for (const { measures } of experiment.cells) {
        for (const { value, low, high } of Object.values(measures)) {
          // Unknown parts are null: the error of the successes where none succeeds, the interval of one value.
          if (value === null) continue;
          expect(low ?? -Infinity).toBeLessThanOrEqual(value);
          expect(high ?? Infinity).toBeGreaterThanOrEqual(value);
        }
      }
      // d = 4 and 8 are not the paper's: only what does not depend on sizes is judged, and nothing fails.
      const elsewhere = experiment.id !== 'fu2018-fig2';
      expect(
        experiment.claims.every(({ verdict }) => (elsewhere ? verdict === 'not-applicable' : verdict === 'holds')),
      ).toBe(true);
      if (elsewhere)
        for (const { reason } of experiment.claims)
          expect(reason).toMatch(/^the paper has d = 20, 40, 60.*; here d = (4|8|4, 8)/);
    }
  });

  it('draws a report with every figure as SVG, PNG, CSV and spec', () => {
    const html = readFileSync(join(study, 'report.html'), 'utf8');
    for (const id of IDS) {
      expect(html).toContain(id);
      for (const extension of ['svg', 'png', 'csv', 'vl.json'])
        expect(existsSync(join(study, 'figures', `${id}.${extension}`))).toBe(true);
    }
  });

  it('runs nothing again and gives the same document', async () => {
    expect(await hereJson('reproduce', ...IDS, '--scale', 'smoke', '--out', study)).toEqual(document);
  });

  it('draws the same bytes again from the store', async () => {
    const before = IDS.map((id) => readFileSync(join(study, 'figures', `${id}.svg`), 'utf8'));
    rmSync(join(study, 'figures'), { recursive: true });
    expect((await here('report', study)).code).toBe(0);
    expect(IDS.map((id) => readFileSync(join(study, 'figures', `${id}.svg`), 'utf8'))).toEqual(before);
  });

  it('gives the same bits on two workers', async () => {
    const other = join(folder, 'two');
    basinJson('reproduce', ...IDS, '--scale', 'smoke', '--out', other, '--workers', '2');
    expect(await trialTable(other)).toEqual(await trialTable(study));
  });

  it('gives other bits for another seed', async () => {
    const other = join(folder, 'seed');
    await hereJson('reproduce', 'fu2018-fig3', '--scale', 'smoke', '--out', other, '--seed', '2');
    const first = (await trialTable(study)).filter(({ experiment }) => experiment === 'fu2018-fig3');
    expect((await trialTable(other)).map(({ address }) => address)).toEqual(first.map(({ address }) => address));
    expect((await trialTable(other))[0].measures).not.toEqual(first[0].measures);
  });

  it('lists grids in rising order, whatever the order in which they were given', async () => {
    const ordered = (await hereJson(
      'reproduce',
      'fu2018-fig3',
      ...flags({ scale: 'smoke', out: join(folder, 'order'), set: ['perDimension=400,50', 'd=8,4', 'trials=2'] }),
    )) as ReproduceDocument;
    expect(ordered.experiments[0].cells.map(({ settings }) => [settings['d'], settings['n']])).toEqual([
      [4, 200],
      [4, 1600],
      [8, 400],
      [8, 3200],
    ]);
  });

  it('judges what was asked for, also in a folder that holds more', async () => {
    const again = (await hereJson('reproduce', 'fu2018-fig2', '--scale', 'smoke', '--out', study)) as ReproduceDocument;
    expect(again.experiments.map(({ id }) => id)).toEqual(['fu2018-fig2']);
    expect(again.complete).toBe(true);
  });

  it('survives a reader that has gone', async () => {
    const { status, stderr } = spawnSync(
      'sh',
      [
        '-c',
        `"${process.execPath}" "${BIN}" reproduce fu2018-fig2 --scale smoke --out "${join(folder, 'pipe')}" --json | true`,
      ],
      { encoding: 'utf8' },
    );
    expect(status).toBe(0);
    expect(stderr).not.toContain('    at ');
    expect(await trialTable(join(folder, 'pipe'))).toHaveLength(7);
  });

  it('replays any address identically', async () => {
    const addresses = (await trialTable(study)).map(({ address }) => address);
    for (const address of addresses.filter((_, i) => i % 17 === 0)) {
      expect(await hereJson('replay', study, address)).toMatchObject({ address, identical: true });
    }
  });

  it('keeps a trial’s bits when the grid grows and when other trials are added', async () => {
    const other = join(folder, 'grown');
    await hereJson('reproduce', 'fu2018-fig3', ...flags({ scale: 'smoke', out: other, set: ['d=5,8', 'trials=7'] }));
    const shared = new Map((await trialTable(other)).map((row) => [row.address, row.measures]));
    const common = (await trialTable(study)).filter(({ address }) => shared.has(address));
    expect(common.length).toBe(18);
    for (const { address, measures } of common) expect(shared.get(address)).toEqual(measures);
  });

  it('cuts training sets into partitions, which belong to the study', async () => {
    const args = ['reproduce', 'fu2018-fig4', '--scale', 'smoke', '--out', join(folder, 'cut')];
    await hereJson(...args, '--partitions', '3');
    expect((await trialTable(join(folder, 'cut'))).map(({ address }) => address)).toEqual(
      (await trialTable(study)).map(({ address }) => address).filter((address) => address.startsWith('fu2018-fig4')),
    );
    expect(await trialTable(join(folder, 'cut'))).not.toEqual(
      (await trialTable(study)).filter(({ experiment }) => experiment === 'fu2018-fig4'),
    );
    const { code, stderr } = await here(...args);
    expect([code, stderr]).toEqual([
      2,
      `basin: study folder '${join(folder, 'cut')}' must be continued with the same --partitions (3), got (not given); or choose another --out\n`,
    ]);
    expect(readFileSync(join(folder, 'cut', 'report.html'), 'utf8')).toContain('--partitions 3');
    expect(
      await hereJson('replay', join(folder, 'cut'), (await trialTable(join(folder, 'cut')))[0].address),
    ).toMatchObject({ identical: true });
  });

  it('exports CSV and Parquet too', async () => {
    for (const format of ['csv', 'parquet']) {
      const file = join(folder, `trials.${format}`);
      expect((await here('export', study, '--format', format, '--out', file)).code).toBe(0);
      expect(readFileSync(file).length).toBeGreaterThan(1000);
    }
  });
});

describe('a study that is stopped', () => {
  const args = (out: string, trials = 8): string[] => [
    'reproduce',
    'fu2018-fig3',
    ...flags({
      scale: 'smoke',
      set: [`trials=${trials}`, 'perDimension=50,400', 'iterations=2000', 'tolerance=0'],
      out,
      workers: '2',
    }),
  ];
  const undisturbed = join(folder, 'undisturbed');
  let reference: Omit<ExportedTrial, 'seconds'>[];
  beforeAll(async () => {
    expect([0, 1]).toContain((await here(...args(undisturbed))).code);
    reference = await trialTable(undisturbed);
  });

  it('by kill -9, twice, ends with the same trial table when it runs again', async () => {
    const out = join(folder, 'killed');
    for (const trials of [1, 12]) await signalWhenStored(startBasin(...args(out)), 'SIGKILL', out, trials);
    expect([0, 1]).toContain((await here(...args(out))).code);
    expect(await trialTable(out)).toEqual(reference);
  });

  it('by Ctrl-C keeps what is done, says how to continue, and ends with exit code 3', async () => {
    const out = join(folder, 'interrupted');
    const child = startBasin(...args(out, 4000));
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const closed = once(child, 'close');
    await signalWhenStored(child, 'SIGINT', out, 1);
    expect(await closed).toEqual([3, null]);
    expect(stderr).toContain(`this continues: basin ${args(out, 4000).join(' ')}`);
    expect((await trialTable(out)).length).toBeGreaterThan(0);
  });

  it('by its budget ends with exit code 3 and an incomplete document', async () => {
    const { code, stdout } = await here(...args(join(folder, 'budget'), 100_000), '--budget', '1s', '--json');
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ complete: false });
  });
});
