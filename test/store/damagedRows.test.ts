import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStudy, readStudy } from '../../src/store/open.js';
import { IDENTITY, temporaryFolder } from '../study/toy.js';
import { change, expectRefusal, open, readEverything, studyWithRun } from './studies.js';

describe('a store whose rows are damaged', () => {
  const cases: [sql: string, why: string][] = [
    ["UPDATE study SET scale = 'huge'", 'table study: scale:'],
    ["UPDATE study SET seed = 'x'", 'table study: seed:'],
    ['UPDATE study SET seed = -1', 'table study: seed:'],
    ["UPDATE study SET overrides = '{'", 'table study: overrides: not JSON'],
    ['UPDATE study SET overrides = \'{"a": 1}\'', 'table study: overrides.a:'],
    ["UPDATE study SET overrides = '[]'", 'table study: overrides:'],
    ["UPDATE study SET overrides = x'00'", 'table study: overrides:'],
    ["UPDATE experiments SET setting_values = 'null'", 'table experiments: setting_values:'],
    ['UPDATE experiments SET setting_values = \'{"n":\n\'', 'table experiments: setting_values: not JSON'],
    ['UPDATE experiments SET setting_values = \'{"n": [{}]}\'', 'table experiments: setting_values.n'],
    ["UPDATE experiments SET version = 'one'", 'table experiments: version:'],
    ["UPDATE cells SET settings = ''", 'table cells: settings: not JSON'],
    ['UPDATE cells SET settings = \'{"n": null}\'', 'table cells: settings.n:'],
    ["UPDATE trials SET measures = 'null' WHERE trial = 7", 'table trials: measures:'],
    ["UPDATE trials SET measures = x'' WHERE trial = 7", 'table trials: measures:'],
    ['UPDATE trials SET measures = zeroblob(16) WHERE trial = 7', 'table trials: measures:'],
    ["UPDATE trials SET measures = 'é234567' WHERE trial = 7", 'table trials: measures:'],
    ['UPDATE trials SET measures = zeroblob(16 * (trial % 2)) WHERE trial < 1024', 'table trials: measures:'],
    ['UPDATE trials SET names = 9 WHERE trial = 7', 'table trials: names:'],
    ["UPDATE trials SET names = 'u' WHERE trial = 7", 'table trials: names:'],
    ["UPDATE measure_names SET names = 'u'", 'table measure_names: names: not JSON'],
    ["UPDATE measure_names SET names = '[1]'", 'table measure_names: names'],
    ["UPDATE trials SET seconds = 'long' WHERE trial = 7", 'table trials: seconds:'],
    ["UPDATE trials SET error = x'00' WHERE trial = 7", 'table trials: error:'],
    ['UPDATE trials SET trial = -7 WHERE trial = 7', 'table trials: trial:'],
    ["PRAGMA ignore_check_constraints = 1; UPDATE trials SET status = 'odd' WHERE trial = 7", 'table trials: status:'],
    ["UPDATE runs SET provenance = '7'", 'table runs: provenance:'],
    ["UPDATE runs SET provenance = 'x'", 'table runs: provenance: not JSON'],
    ["INSERT INTO origins (origin) VALUES ('x')", 'table origins: origin: not JSON'],
  ];

  it.each(cases)('is refused and left alone: %s', (sql, why) => {
    const { dir, file } = studyWithRun();
    change(dir, sql);
    const before = readFileSync(file);
    const message = `study store '${file}' is damaged: ${why}`;
    expectRefusal(() => open(dir), message);
    expectRefusal(() => {
      readEverything(dir);
    }, message);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('says so where a curve is broken', () => {
    const { dir } = studyWithRun();
    change(dir, "INSERT INTO curves VALUES (1, 0, 'loss', '<f8', x'000102')");
    const store = readStudy(dir);
    const [cell] = store.cells('toy');
    if (cell === undefined) throw new Error('no cell');
    expectRefusal(() => store.curves(cell, 0), 'is damaged: table curves: data:');
    expectRefusal(() => [...store.curvesNamed(cell, 'loss')], 'is damaged: table curves: data:');
    store.close();
  });

  it('says so where one trial is read', () => {
    const { dir } = studyWithRun();
    change(dir, "UPDATE trials SET measures = x'00' WHERE trial = 7");
    const store = readStudy(dir);
    const [cell] = store.cells('toy');
    if (cell === undefined) throw new Error('no cell');
    expect(store.trial(cell, 6)).toBeDefined();
    expectRefusal(() => store.trial(cell, 7), 'is damaged: table trials: measures:');
    store.close();
  });

  it('says so when it breaks while it is open', () => {
    const { dir } = studyWithRun();
    const store = readStudy(dir);
    const [cell] = store.cells('toy');
    if (cell === undefined) throw new Error('no cell');
    change(
      dir,
      'ALTER TABLE trials RENAME COLUMN measures TO numbers; ALTER TABLE cells RENAME COLUMN experiment TO name',
    );
    expectRefusal(() => [...store.trials(cell)], /is damaged: no such column: measures/);
    expectRefusal(() => store.trial(cell, 0), /is damaged: no such column/);
    expectRefusal(() => store.seconds('toy'), /is damaged: no such column/);
    expectRefusal(() => store.firstError('toy'), /is damaged: no such column/);
    store.close();
  });

  it('keeps what a killed writer left beside it', () => {
    const { dir, file } = studyWithRun();
    const writer = openStudy(dir, IDENTITY);
    writer.beginRun({ cpu: 'y' });
    const crashed = temporaryFolder();
    for (const name of ['basin.sqlite', 'basin.sqlite-wal']) copyFileSync(join(dir, name), join(crashed, name));
    writer.close();
    const [store, wal] = ['basin.sqlite', 'basin.sqlite-wal'].map((name) => readFileSync(join(crashed, name)));
    expect(wal?.length).toBeGreaterThan(0);
    expectRefusal(() => open(crashed, { seed: 7 }), /--seed/);
    expect(readFileSync(join(crashed, 'basin.sqlite'))).toEqual(store);
    expect(readFileSync(join(crashed, 'basin.sqlite-wal'))).toEqual(wal);
    open(crashed);
    expect(readFileSync(join(crashed, 'basin.sqlite'))).toEqual(readFileSync(file));
  });
});
