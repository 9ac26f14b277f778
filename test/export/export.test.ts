import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { beforeEach, describe, expect, it } from 'vitest';
import { EXPORT_FORMATS, EXPORT_TABLES } from '../../src/export/formats.js';
import { openStudy } from '../../src/store/open.js';
import { IDENTITY, temporaryFolder } from '../study/toy.js';
import { exported, FIRST_VALUES, storeStudy, type Wanted } from './study.js';

let dir = '';
let file = '';

beforeEach(() => {
  dir = temporaryFolder();
  file = join(temporaryFolder(), 'table');
  storeStudy(dir);
});

function text(wanted: Omit<Wanted, 'file'>): string {
  exported(dir, { ...wanted, file });
  return readFileSync(file, 'utf8');
}

interface Row {
  readonly address: string;
  readonly settings: Record<string, unknown>;
  readonly [name: string]: unknown;
}

const rows = (wanted: Omit<Wanted, 'file' | 'format'> = {}): Row[] =>
  JSON.parse(text({ ...wanted, format: 'json' })) as Row[];
const EVEN = { law: 'even', n: 20, starts: 3, scale: 2, step: 'auto' };

describe.each(EXPORT_TABLES)('the table of %s', (what) => {
  it('has the chosen experiments alone', () => {
    const of = (experiment: string): Row[] => rows({ what }).filter((row) => row['experiment'] === experiment);
    const chosen = rows({ what, experiments: [{ id: 'first', version: 1, values: FIRST_VALUES }] });
    expect(chosen).toHaveLength(of('first').length);
    expect(chosen.every((row) => row['experiment'] === 'first')).toBe(true);
  });
});

describe('the trial table', () => {
  it('has every setting in force in JSON, by experiment, grid and trial', () => {
    const table = rows();
    expect(table.map(({ address }) => address)).toEqual([
      'first/law=even,n=20#0',
      'first/law=even,n=20#1',
      'first/law=even,n=10#0',
      'first/law=even,n=10#1',
      'first/law=skew,n=20#0',
      'second/n=10#0',
      'second/n=10#1',
      'second/n=10,start=random#0',
      'second/n=10,start=random#1',
    ]);
    expect(table[0]).toEqual({
      address: 'first/law=even,n=20#0',
      experiment: 'first',
      settings: EVEN,
      trial: 0,
      current: true,
      status: 'ok',
      seconds: 0.5,
      measures: { success: 1, error: 1 / 3 },
      error: null,
      build: '1.0+abc',
    });
    expect(Object.keys(table[0])).toEqual([
      'address',
      'experiment',
      'settings',
      'trial',
      'current',
      'status',
      'seconds',
      'measures',
      'error',
      'build',
    ]);
    expect(table[1]).toMatchObject({ status: 'failed', measures: {}, error: 'a "quoted", long\nstory' });
    expect(table[5].settings).toEqual({ start: 'sphere', scale: 1, n: 10, radius: 3 });
    expect(table[7].settings).toEqual({ start: 'random', scale: 1, n: 10 });
  });

  it('is the same in CSV: quoted where needed, floating-point numbers with a point, inf, and nothing for what is missing', () => {
    expect(text({ format: 'csv' })).toBe(
      [
        'address,experiment,settings.scale,settings.starts,settings.step,settings.law,settings.n,settings.start,settings.radius,' +
          'trial,current,status,seconds,measures.success,measures.error,measures.rare,error,build',
        '"first/law=even,n=20#0",first,2.0,3,auto,even,20,,,0,true,ok,0.5,1.0,0.3333333333333333,,,1.0+abc',
        '"first/law=even,n=20#1",first,2.0,3,auto,even,20,,,1,true,failed,0.25,,,,"a ""quoted"", long\nstory",1.0+abc',
        '"first/law=even,n=10#0",first,2.0,3,auto,even,10,,,0,true,ok,0.5,0.0,inf,,,1.0+abc',
        '"first/law=even,n=10#1",first,2.0,3,auto,even,10,,,1,true,ok,0.5,1.0,-0.0,,,1.0+abc',
        '"first/law=skew,n=20#0",first,2.0,3,auto,skew,20,,,0,true,ok,0.5,0.0,,1e+300,,1.0+abc',
        'second/n=10#0,second,1.0,,,,10,sphere,3.0,0,true,ok,0.5,,2.0,,,1.0+def',
        'second/n=10#1,second,1.0,,,,10,sphere,3.0,1,true,ok,0.5,,3.0,,,1.0+def',
        '"second/n=10,start=random#0",second,1.0,,,,10,random,,0,true,ok,0.5,,-inf,,,1.0+def',
        '"second/n=10,start=random#1",second,1.0,,,,10,random,,1,true,ok,0.5,,1e-7,,,1.0+def',
        '',
      ].join('\n'),
    );
  });

  it('is the same in Parquet, with types and to the last bit', async () => {
    exported(dir, { format: 'parquet', file });
    const source = await asyncBufferFromFile(file);
    const { schema } = await parquetMetadataAsync(source);
    expect(Object.fromEntries(schema.slice(1).map(({ name, type }) => [name, type]))).toMatchObject({
      'settings.n': 'INT32',
      'settings.starts': 'INT32',
      'settings.scale': 'DOUBLE',
      'settings.radius': 'DOUBLE',
      'settings.step': 'BYTE_ARRAY',
      trial: 'INT32',
      current: 'BOOLEAN',
      seconds: 'DOUBLE',
      'measures.success': 'DOUBLE',
      'measures.error': 'DOUBLE',
    });
    const table = await parquetReadObjects({ file: source });
    expect(table).toHaveLength(9);
    expect(table[0]).toMatchObject({
      address: 'first/law=even,n=20#0',
      'settings.n': 20,
      trial: 0,
      current: true,
      'measures.error': 1 / 3,
      build: '1.0+abc',
    });
    expect(table[1]).toMatchObject({ status: 'failed', error: 'a "quoted", long\nstory' });
    expect(table.map((row) => (row['measures.error'] ?? null) as number | null)).toEqual([
      1 / 3,
      null,
      Infinity,
      -0,
      null,
      2,
      3,
      -Infinity,
      1e-7,
    ]);
    expect(table[5]?.['settings.law'] ?? null).toBeNull();
  });

  it('leaves out what the grid no longer plans, and says how much', () => {
    expect(exported(dir, { format: 'csv', file }).leftOut).toBe(2);
    const all = rows({ all: true });
    expect(exported(dir, { format: 'csv', file, all: true }).leftOut).toBe(0);
    expect(all).toHaveLength(11);
    expect(all.filter(({ current }) => current === false).map(({ address }) => address)).toEqual([
      'first/law=even,n=20#2',
      'first/law=even,n=5#0',
    ]);
    expect(all.filter(({ current }) => current)).toEqual(rows());
  });

  it('says how many infinite numbers JSON has lost', () => {
    expect(exported(dir, { format: 'json', file }).infinite).toBe(2);
    expect(exported(dir, { format: 'csv', file }).infinite).toBe(0);
    expect(rows()[2]).toMatchObject({ measures: { success: 0, error: null } });
  });
});

describe('the table of cells', () => {
  it('has the estimates of every cell of the grid', () => {
    const cells = rows({ what: 'cells' });
    expect(cells).toHaveLength(6);
    expect(cells[0]).toMatchObject({
      experiment: 'first',
      settings: EVEN,
      trials: 2,
      planned: 2,
      measures: { error: { value: 1 / 3 } },
    });
    expect(Object.keys(cells[0])).toEqual(['experiment', 'settings', 'trials', 'planned', 'measures']);
    expect(cells[0]['measures']).toMatchObject({ successRate: { value: 0.5 } });
    expect(cells[3]).toMatchObject({ settings: { law: 'skew', n: 10 }, trials: 0, planned: 2 });
    const unknown = { value: null, low: null, high: null, mcse: null, sd: null };
    expect(cells[3]['measures']).toEqual({ successRate: unknown, error: unknown });
    expect(cells[5]).toMatchObject({
      experiment: 'second',
      settings: { start: 'random' },
      measures: { error: { value: null } },
    });
    expect(Object.keys(cells[5]['measures'] as object)).toEqual(['error']);
  });

  it('has a column for each part of an estimate', () => {
    const [header, first] = text({ what: 'cells', format: 'csv' }).split('\n');
    const parts = (name: string): string =>
      ['value', 'low', 'high', 'mcse', 'sd'].map((part) => `measures.${name}.${part}`).join(',');
    expect(header).toBe(
      `experiment,settings.scale,settings.starts,settings.step,settings.law,settings.n,settings.start,settings.radius,trials,planned,${parts('successRate')},${parts('error')}`,
    );
    expect(first).toMatch(/^first,2\.0,3,auto,even,20,,,2,2,0\.5,/);
  });
});

describe('the table of curves', () => {
  it('has a row for each point, with where it is', () => {
    const points = rows({ what: 'curves' });
    const loss = { experiment: 'first', settings: EVEN, trial: 0, current: true, curve: 'loss' };
    expect(points).toEqual([
      { address: 'first/law=even,n=20#0', ...loss, index: 0, at: 0, value: 1 },
      { address: 'first/law=even,n=20#0', ...loss, index: 1, at: 1, value: 0.5 },
      { address: 'first/law=even,n=20#0', ...loss, index: 2, at: 4, value: null },
      { address: 'first/law=even,n=20#0', ...loss, curve: 'spectrum', index: 0, at: null, value: 0 },
      { address: 'first/law=even,n=20#0', ...loss, curve: 'spectrum', index: 1, at: null, value: null },
    ]);
    expect(rows({ what: 'curves', all: true })).toHaveLength(15);
    expect(
      text({ what: 'curves', format: 'csv' })
        .split('\n')
        .slice(3, 6)
        .map((line) => line.split(',').slice(-4).join()),
    ).toEqual(['loss,2,4,inf', 'spectrum,0,,0.0', 'spectrum,1,,']);
  });
});

describe.each(EXPORT_TABLES)('%s', (what) => {
  it.each(EXPORT_FORMATS)('of a study without trials, as %s', async (format) => {
    dir = temporaryFolder();
    openStudy(dir, IDENTITY).close();
    const content = text({ what, format });
    if (format === 'json') expect(JSON.parse(content)).toEqual([]);
    if (format === 'csv') expect(content.split('\n')).toHaveLength(2);
    if (format === 'parquet') expect(await parquetReadObjects({ file: await asyncBufferFromFile(file) })).toEqual([]);
  });
});
