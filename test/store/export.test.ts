import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../src/core/errors.js';
import { EXPORT_FORMATS, exportTrials, type ExportFormat } from '../../src/store/export.js';
import { encodeMeasures } from '../../src/store/measures.js';
import { openStudy, readStudy } from '../../src/store/open.js';
import { IDENTITY, temporaryFolder } from '../study/toy.js';

let dir = '';
let file = '';

beforeEach(() => {
  dir = temporaryFolder();
  file = join(temporaryFolder(), 'table');
  const store = openStudy(dir, IDENTITY);
  const [large, small] = store.addExperiment({ id: 'first', version: 1, values: {} }, [
    { text: 'K=3,n=20', settings: { n: 20, K: 3 } },
    { text: 'K=3,n=10', settings: { n: 10, K: 3 } },
  ]);
  const [word] = store.addExperiment({ id: 'second', version: 1, values: {} }, [{ text: 'law=gaussian', settings: { law: 'gaussian' } }]);
  if (large === undefined || small === undefined || word === undefined) throw new Error('no cells');
  const ok = (trial: number, measures: Record<string, number>) => ({ trial, status: 'ok' as const, seconds: 0.5, measures: encodeMeasures(measures), error: null });
  const failed = { trial: 1, status: 'failed' as const, seconds: 0.25, measures: '{}', error: 'a "quoted", long\nstory' };
  store.commit([
    { cell: word, rows: [ok(0, { other: -0 })], curves: [] },
    { cell: small, rows: [ok(0, { sdN: Infinity, rate: 1 })], curves: [] },
    { cell: large, rows: [failed, ok(0, { sdN: 1 / 3, rate: NaN })], curves: [] },
  ]);
  store.close();
});

function exported(format: ExportFormat): string {
  write(format, file);
  return readFileSync(file, 'utf8');
}

function write(format: ExportFormat, target: string): void {
  const store = readStudy(dir);
  try {
    exportTrials(store, format, target);
  } finally {
    store.close();
  }
}

describe('exportTrials', () => {
  it('writes JSON in the order of experiment, grid, trial', () => {
    expect(JSON.parse(exported('json'))).toEqual([
      { address: 'first/K=3,n=20#0', experiment: 'first', settings: { K: 3, n: 20 }, trial: 0, status: 'ok', seconds: 0.5, measures: { sdN: 1 / 3, rate: null }, error: null },
      { address: 'first/K=3,n=20#1', experiment: 'first', settings: { K: 3, n: 20 }, trial: 1, status: 'failed', seconds: 0.25, measures: {}, error: 'a "quoted", long\nstory' },
      { address: 'first/K=3,n=10#0', experiment: 'first', settings: { K: 3, n: 10 }, trial: 0, status: 'ok', seconds: 0.5, measures: { sdN: null, rate: 1 }, error: null },
      { address: 'second/law=gaussian#0', experiment: 'second', settings: { law: 'gaussian' }, trial: 0, status: 'ok', seconds: 0.5, measures: { other: 0 }, error: null },
    ]);
  });

  it('writes CSV with a column per setting and measure, quoted where needed', () => {
    expect(exported('csv')).toBe(
      [
        'address,experiment,settings.K,settings.n,settings.law,trial,status,seconds,measures.sdN,measures.rate,measures.other,error',
        '"first/K=3,n=20#0",first,3,20,,0,ok,0.5,0.3333333333333333,NaN,,',
        '"first/K=3,n=20#1",first,3,20,,1,failed,0.25,,,,"a ""quoted"", long\nstory"',
        '"first/K=3,n=10#0",first,3,10,,0,ok,0.5,Infinity,1,,',
        'second/law=gaussian#0,second,,,gaussian,0,ok,0.5,,,-0,',
        '',
      ].join('\n'),
    );
  });

  it('writes Parquet that others read, to the last bit', async () => {
    write('parquet', file);
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(file) });
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatchObject({ address: 'first/K=3,n=20#0', 'settings.n': 20, trial: 0, status: 'ok', 'measures.sdN': 1 / 3, 'measures.rate': NaN });
    expect(rows[1]).toMatchObject({ status: 'failed', error: 'a "quoted", long\nstory' });
    expect(rows[1]?.['measures.sdN'] ?? null).toBeNull();
    expect(rows[2]?.['measures.sdN']).toBe(Infinity);
    expect(rows[3]).toMatchObject({ 'settings.law': 'gaussian', 'measures.other': -0 });
  });

  it('replaces an older export', () => {
    exported('csv');
    expect(exported('json').startsWith('[\n{')).toBe(true);
  });

  it.each(EXPORT_FORMATS)('writes %s of a study without trials', async (format) => {
    dir = temporaryFolder();
    openStudy(dir, IDENTITY).close();
    const text = exported(format);
    if (format === 'json') expect(JSON.parse(text)).toEqual([]);
    if (format === 'csv') expect(text).toBe('address,experiment,trial,status,seconds,error\n');
    if (format === 'parquet') expect(await parquetReadObjects({ file: await asyncBufferFromFile(file) })).toEqual([]);
  });

  it.each(EXPORT_FORMATS)('refuses a place that cannot be written (%s)', (format) => {
    const free = dirname(file);
    const folder = join(free, 'folder');
    mkdirSync(folder);
    expect(() => { write(format, folder); }).toThrow(`${folder}: cannot be written: it is a folder`);
    const nowhere = join(free, 'nowhere', 'table');
    expect(() => { write(format, nowhere); }).toThrow(InputError);
    expect(() => { write(format, nowhere); }).toThrow(`${nowhere}: cannot be written: no such file or folder`);
    expect(readdirSync(free)).toEqual(['folder']);
  });
});

describe('an export never goes into a study', () => {
  const expectRefused = (target: string) => {
    const store = join(dir, 'basin.sqlite');
    const before = readFileSync(store);
    expect(() => { write('csv', target); }).toThrow(InputError);
    expect(() => { write('csv', target); }).toThrow(`the export must go to a file outside of study folders, got '${target}'`);
    expect(readFileSync(store).equals(before)).toBe(true);
  };

  it.each([
    'basin.sqlite', 'basin.sqlite-wal', 'basin.sqlite-shm', 'basin.sqlite-journal', 'basin.lock', 'report.html', 'figures/one.csv', 'trials.csv', 'figures/../basin.sqlite',
  ])('%s', (name) => {
    mkdirSync(join(dir, 'figures'));
    expectRefused(`${dir}/${name}`);
    expectRefused(`${relative('.', dir)}/${name}`);
    expect(readdirSync(join(dir, 'figures'))).toEqual([]);
  });

  it('through a link', () => {
    const link = join(dirname(file), 'link');
    symlinkSync(dir, link);
    expectRefused(join(link, 'basin.sqlite'));
  });

  it('whose store or figures lie elsewhere behind a link', () => {
    const elsewhere = temporaryFolder();
    renameSync(join(dir, 'basin.sqlite'), join(elsewhere, 'moved'));
    symlinkSync(join(elsewhere, 'moved'), join(dir, 'basin.sqlite'));
    mkdirSync(join(elsewhere, 'pictures'));
    symlinkSync(join(elsewhere, 'pictures'), join(dir, 'figures'));
    for (const name of ['moved', 'moved-wal', 'pictures/one.csv']) expectRefused(join(elsewhere, name));
    write('csv', join(elsewhere, 'table'));
  });

  it('of another experiment', () => {
    const other = temporaryFolder();
    openStudy(other, IDENTITY).close();
    const before = readFileSync(join(other, 'basin.sqlite'));
    expectRefused(join(other, 'basin.sqlite'));
    expect(readFileSync(join(other, 'basin.sqlite')).equals(before)).toBe(true);
  });

  it('but may lie beside it, under a name that starts alike', () => {
    write('csv', `${dir}.csv`);
    expect(readFileSync(`${dir}.csv`, 'utf8')).toMatch(/^address,/);
    rmSync(`${dir}.csv`);
  });
});
