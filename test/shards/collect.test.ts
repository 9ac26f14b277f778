/** Folders of unit results on their way into a store. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Collector } from '../../src/shards/collect.js';
import { unitFile, writeUnit } from '../../src/shards/folder.js';
import { planUnits } from '../../src/shards/planUnits.js';
import type { UnitResult } from '../../src/shards/unitFile.js';
import type { Origin } from '../../src/store/origin.js';
import { findExperiment } from '../pool/fixtures/laboratory.mjs';
import { temporaryFolder } from '../study/toy.js';
import { openToyStore } from '../study/toyStore.js';
import { PLACE, toyPlan } from './toyPlan.js';

const plan = toyPlan(['toy-other'], { unitTrials: 5 });
const planned = planUnits(plan, ({ experiment }) => findExperiment(experiment.id));

function resultOf(unit: number, u = 0.5, place: Partial<UnitResult['place']> = {}): UnitResult {
  const { first, count } = planned.units[unit];
  const rows = Array.from({ length: count }, (_, at) => ({
    trial: first + at,
    status: 'ok' as const,
    seconds: 1,
    measures: { u, hit: 1 },
    error: null,
  }));
  return { unit, place: { ...PLACE, host: 'here', seconds: 1, workers: 1, ...place }, rows, curves: [] };
}

function collecting() {
  const store = openToyStore();
  const directory = temporaryFolder();
  const told: Origin[] = [];
  const collector = (): Collector =>
    new Collector(store, planned, (origin) => {
      told.push(origin);
    });
  return {
    store,
    directory,
    told,
    collector,
    write: (result: UnitResult) => {
      writeUnit(directory, plan, planned.units[result.unit], result);
    },
  };
}

describe('a folder of results', () => {
  it('is merged once: units that have come count, the others are missing', () => {
    const { directory, collector, write } = collecting();
    const collected = collector();
    expect([...collected.missing]).toEqual([0, 1, 2]);
    write(resultOf(1));
    expect([collected.collect(directory), collected.added, [...collected.missing]]).toEqual([[], 5, [0, 2]]);
    write(resultOf(0));
    expect([collected.collect(directory), collected.added, [...collected.missing], collected.places.length]).toEqual([
      [],
      10,
      [2],
      2,
    ]);
    expect([...collector().missing]).toEqual([2]);
  });

  it('need not be there', () => {
    const { directory, collector } = collecting();
    expect(collector().collect(join(directory, 'not-yet'))).toEqual([]);
  });

  it('may hold files that are no results: they are named, and looked at again the next time', () => {
    const { directory, collector, write } = collecting();
    const collected = collector();
    writeFileSync(unitFile(directory, 2), 'not zipped');
    expect(collected.collect(directory).map(({ file }) => file)).toEqual([unitFile(directory, 2)]);
    expect(collected.missing.has(2)).toBe(true);
    write(resultOf(2));
    expect([collected.collect(directory), collected.missing.has(2)]).toEqual([[], false]);
  });

  it('is another folder with the same unit in it: that adds nothing', () => {
    const { directory, collector, write } = collecting();
    const collected = collector();
    write(resultOf(0));
    const other = join(directory, 'other');
    mkdirSync(other);
    copyFileSync(unitFile(directory, 0), unitFile(other, 0));
    collected.collect(directory);
    collected.collect(other);
    expect([collected.added, collected.places.length]).toEqual([5, 2]);
  });
});

describe('a result that differs from what is stored', () => {
  it('adds nothing: its unit is refused, with the addresses', () => {
    const { collector } = collecting();
    const collected = collector();
    collected.take(resultOf(0));
    collected.take(resultOf(0, 0.25));
    expect([...collected.refused]).toEqual([0]);
    expect([...collected.conflicts]).toEqual(
      Array.from({ length: 5 }, (_, trial) => `toy-other/${planned.units[0].text}#${trial}`),
    );
    expect([collected.added, collected.places.length]).toEqual([5, 1]);
  });
});

describe('results of another kind of machine', () => {
  it('are told once for each kind, and those of the plan’s never', () => {
    const { collector, told } = collecting();
    const collected = collector();
    collected.take(resultOf(0));
    expect(told).toEqual([]);
    collected.take(resultOf(1, 0.5, { blas: 'another kernel' }));
    collected.take(resultOf(2, 0.5, { blas: 'another kernel' }));
    expect(told.map(({ blas }) => blas)).toEqual(['another kernel']);
  });
});
