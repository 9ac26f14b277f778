import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { StudyControl } from '../../src/pool/control.js';
import { Collector } from '../../src/shards/collect.js';
import { studyDigest } from '../../src/shards/digest.js';
import { readUnit, unitFile, writeUnit } from '../../src/shards/folder.js';
import { missingUnits } from '../../src/shards/merge.js';
import { unitsOf, type ShardPlan } from '../../src/shards/plan.js';
import { planUnits, type PlanUnits } from '../../src/shards/planUnits.js';
import type { UnitResult } from '../../src/shards/unitFile.js';
import { openStudy, readStudy } from '../../src/store/open.js';
import { findExperiment } from '../pool/fixtures/laboratory.mjs';
import type { Origin } from '../../src/store/origin.js';
import { IDENTITY, runToy, temporaryFolder, trialTable, WORKER } from '../study/toy.js';
import { MACHINE, PLACE, runToyShard, toyPlan } from './toyPlan.js';

beforeAll(() => expect(existsSync(fileURLToPath(WORKER)), 'the program is built').toBe(true));

const IDS = ['toy-mixed', 'toy-other'];
const plan = toyPlan(IDS);

/** Who else than the plan's kind of machine had made trials. */
const foreign: Origin[] = [];

function collect(plan: ShardPlan, store: string, ...folders: string[]) {
  const writer = openStudy(store, IDENTITY);
  foreign.length = 0;
  try {
    const collector = new Collector(writer, planned(plan), (origin) => foreign.push(origin));
    const damaged = folders.flatMap((folder) => collector.collect(folder));
    return {
      added: collector.added,
      missing: [...collector.missing],
      kept: collector.kept,
      makers: writer.madeBy(),
      conflicts: [...collector.conflicts],
      damaged,
      digest: studyDigest(writer),
    };
  } finally {
    writer.close();
  }
}

const planned = (plan: ShardPlan): PlanUnits => planUnits(plan, ({ experiment }) => findExperiment(experiment.id));

describe('a study in shards', () => {
  it.each([1, 3, 8])('has the trials of the local study: %i shards', async (of) => {
    const [local, merged, units] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    await runToy(local, IDS);
    for (let shard = 0; shard < of; shard++) await runToyShard(plan, shard, of, units);
    expect(collect(plan, merged, units)).toMatchObject({ added: 3 * 40 + 12, missing: [], conflicts: [], damaged: [] });
    expect(trialTable(merged)).toEqual(trialTable(local));
    // Again, and over the local study: nothing is new.
    const store = readStudy(local);
    const digest = studyDigest(store);
    store.close();
    expect(collect(plan, merged, units)).toMatchObject({ added: 0, digest });
    expect(collect(plan, local, units)).toMatchObject({ added: 0, conflicts: [], digest });
  });

  it('performs what has no whole result only', async () => {
    const units = temporaryFolder();
    const first = await runToyShard(plan, 0, 1, units);
    expect(first).toEqual({ units: unitsOf(plan).length, done: unitsOf(plan).length, performed: first.units });
    truncateSync(unitFile(units, 2), 50);
    writeFileSync(unitFile(units, 4), 'no result');
    expect(await runToyShard(plan, 0, 1, units)).toMatchObject({ performed: 2 });
  });

  it('leaves no part of a unit when it is stopped', async () => {
    const [units, control] = [temporaryFolder(), new StudyControl()];
    const slow = toyPlan(['toy-mixed'], { set: { sleep: '20' }, unitTrials: 20 });
    const progress = await runToyShard(slow, 0, 1, units, {
      control,
      onProgress: ({ performed }) => {
        if (performed === 1) control.interrupt();
      },
    });
    expect(progress.performed).toBe(1);
    expect(readdirSync(units)).toHaveLength(1);
    expect(await runToyShard(slow, 0, 1, units)).toMatchObject({ done: 6, performed: 5 });
  });

  it('merges while shards run, and says what is missing', async () => {
    const [store, units] = [temporaryFolder(), temporaryFolder()];
    await runToyShard(plan, 1, 2, units);
    const even = unitsOf(plan)
      .map(({ index }) => index)
      .filter((index) => index % 2 === 0);
    expect(collect(plan, store, units).missing).toEqual(even);
    const reader = readStudy(store);
    expect(missingUnits(reader, plan).map(({ index }) => index)).toEqual(even);
    reader.close();
  });

  it('names a damaged file, and counts its unit as missing', async () => {
    const [store, units] = [temporaryFolder(), temporaryFolder()];
    await runToyShard(plan, 0, 1, units);
    truncateSync(unitFile(units, 3), 60);
    const { damaged, missing } = collect(plan, store, units);
    expect(damaged.map(({ file }) => file)).toEqual([unitFile(units, 3)]);
    expect(missing).toEqual([3]);
  });
});

describe('units of another kind of machine', () => {
  const zen = { ...PLACE, blas: 'Zen' };
  const [expected, other] = [
    { build: 'this', ...MACHINE },
    { build: 'this', ...MACHINE, blas: 'Zen' },
  ];

  it('are taken, said once, and each trial keeps who made it', async () => {
    const [store, own, others] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    await runToyShard(plan, 0, 2, own);
    await runToyShard(plan, 1, 2, others, { place: zen });
    expect(collect(plan, store, own).makers).toMatchObject([{ origin: expected }]);
    expect(foreign).toEqual([]);
    const { makers } = collect(plan, store, others);
    expect(makers.map(({ origin }) => origin)).toEqual([expected, other]);
    expect(makers.reduce((sum, { trials }) => sum + trials, 0)).toBe(3 * 40 + 12);
    expect(foreign).toEqual([other]);
  });

  it('also where the others are in the store', async () => {
    const [store, own] = [temporaryFolder(), temporaryFolder()];
    await runToy(store, ['toy-other'], { origin: other });
    await runToyShard(plan, 0, 1, own);
    collect(plan, store, own);
    expect(foreign).toEqual([other]);
    // Nothing is added: nothing is said.
    collect(plan, store, own);
    expect(foreign).toEqual([]);
  });

  it('with other bits of a trial that is stored are no conflict: what is stored stays', async () => {
    const [store, units, again] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    await runToyShard(plan, 0, 1, units);
    const { digest } = collect(plan, store, units);
    const [unit, result] = [unitsOf(plan)[0], readUnit(units, planned(plan), 0) as UnitResult];
    const rows = result.rows.map((row) => ({ ...row, measures: { u: 0.5 } }));
    writeUnit(again, plan, unit, { ...result, rows, place: { ...result.place, blas: 'Zen' } });
    expect(collect(plan, store, again)).toMatchObject({ added: 0, kept: rows.length, conflicts: [], digest });
  });
});

describe('the same trial with another value', () => {
  it('is a conflict by address, and nothing of its unit is written', async () => {
    const [store, units] = [temporaryFolder(), temporaryFolder()];
    await runToyShard(plan, 0, 1, units);
    const before = collect(plan, store, units).digest;
    const [unit, result] = [unitsOf(plan)[0], readUnit(units, planned(plan), 0) as UnitResult];
    const at = result.rows.findIndex(({ status }) => status === 'ok');
    const rows = result.rows.map((row, index) =>
      index === at ? { ...row, measures: { ...row.measures, u: 0.99 } } : row,
    );
    expect(rows[at].measures).not.toEqual(result.rows[at].measures);
    const other = temporaryFolder();
    writeUnit(other, plan, unit, { ...result, rows });
    expect(collect(plan, store, other)).toMatchObject({
      added: 0,
      digest: before,
      conflicts: [`toy-mixed/${unit.text}#${unit.first + at}`],
    });
    // A curve counts as well.
    const [curve] = result.curves;
    writeUnit(other, plan, unit, {
      ...result,
      curves: [{ ...curve, values: curve.values.map((x) => x + 1) }, ...result.curves.slice(1)],
    });
    expect(collect(plan, store, other)).toMatchObject({
      added: 0,
      digest: before,
      conflicts: [expect.stringContaining(`#${curve.trial}`)],
    });
  });

  it('is none when only the times differ', async () => {
    const [store, units, other] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    await runToyShard(plan, 0, 1, units);
    const { digest } = collect(plan, store, units);
    await runToyShard(plan, 0, 1, other, { workers: 1 });
    expect(collect(plan, store, other)).toMatchObject({ added: 0, conflicts: [], digest });
  });
});
