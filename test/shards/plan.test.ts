import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrayText } from '../../src/shards/arrayText.js';
import { requireBuild } from '../../src/shards/build.js';
import { planUnits, trialNames } from '../../src/shards/planUnits.js';
import { parsePlan, planText, readPlan, storedOf, unitsOf, writePlan } from '../../src/shards/plan.js';
import { findExperiment } from '../pool/fixtures/laboratory.mjs';
import { temporaryFolder } from '../study/toy.js';
import { toyPlan } from './toyPlan.js';

describe('a plan', () => {
  it('has every trial of every cell in one unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 50 }), (trials, unitTrials) => {
        const units = unitsOf(toyPlan(['toy-mixed', 'toy-other'], { set: { trials: String(trials) }, unitTrials }));
        expect(units.map(({ index }) => index)).toEqual(units.map((_, index) => index));
        const seen = units.flatMap(({ experiment, text, first, count }) =>
          Array.from({ length: count }, (_, i) => `${experiment.id}/${text}#${first + i}`),
        );
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen).toHaveLength(4 * trials);
        expect(Math.max(...units.map(({ count }) => count))).toBeLessThanOrEqual(unitTrials);
        expect(Math.min(...units.map(({ count }) => count))).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 30 },
    );
  });

  it('is read as it was written, and refused when it was changed', () => {
    const [plan, file] = [toyPlan(['toy-mixed']), join(temporaryFolder(), 'plan.json')];
    writePlan(plan, file);
    expect(readPlan(file)).toEqual(plan);
    writeFileSync(file, planText(plan).replace('"trials": 40', '"trials": 41'));
    expect(() => readPlan(file)).toThrow(/has been changed/);
    writeFileSync(file, planText(plan).replace('"schema": 4', '"schema": 1'));
    expect(() => readPlan(file)).toThrow(/plan of schema 4, got 1/);
    writeFileSync(file, planText(plan).slice(0, 100));
    expect(() => readPlan(file)).toThrow(/not a JSON object/);
    expect(() => readPlan(`${file}.none`)).toThrow(/no such file/);
  });

  it('of schema 2 has a study as a value, and is read with its hash', () => {
    const { content } = toyPlan(['toy-mixed']);
    const [{ version, cells }] = content.experiments;
    const files = ['{}'];
    const old = {
      ...content,
      schema: 2,
      experiments: [{ id: 'study', version, values: { files, study: ['{"a":1}'] }, cells }],
    };
    const hash = createHash('sha256').update(JSON.stringify(old)).digest('hex');
    const plan = parsePlan('it', planText({ hash, content: old }));
    expect(plan.hash).toBe(hash);
    expect(plan.content.experiments.map(storedOf)).toEqual([
      { id: 'study', version, values: { files }, study: '{"a":1}' },
    ]);
  });

  it('of schema 3 has no stages, and is read with its hash', () => {
    const { content } = toyPlan(['toy-mixed']);
    const old = { ...content, schema: 3 };
    const hash = createHash('sha256').update(JSON.stringify(old)).digest('hex');
    expect(parsePlan('it', planText({ hash, content: old }))).toEqual({ hash, content: old });
  });

  it('has another hash for other trials, another seed or another build', () => {
    const hashes = [
      toyPlan(['toy-mixed']),
      toyPlan(['toy-other']),
      toyPlan(['toy-mixed'], { set: { trials: '41' } }),
      toyPlan(['toy-mixed'], { build: 'other' }),
      toyPlan(['toy-mixed'], { unitTrials: 8 }),
    ].map(({ hash }) => hash);
    expect(new Set(hashes).size).toBe(5);
    expect(toyPlan(['toy-mixed']).hash).toBe(hashes[0]);
  });

  it('has at most a million units', () => {
    // In four cells.
    const withTrials = (trials: number) =>
      planText(toyPlan(['toy-mixed', 'toy-other'], { set: { trials: String(trials) }, unitTrials: 1 }));
    expect(() => parsePlan('it', withTrials(250_000))).not.toThrow();
    expect(() => parsePlan('it', withTrials(250_001))).toThrow(/at most 1000000 units, got 1000004/);
  });

  it('is for one build', () => {
    expect(() => {
      requireBuild(toyPlan(['toy-mixed'], { build: 'a' }), 'b');
    }).toThrow(/by the build that made it, a, this program is b/);
  });
});

describe('the units of a plan', () => {
  it('may store what their experiment declares, which is asked once', () => {
    const plan = toyPlan(['toy-mixed', 'toy-other']);
    const asked: string[] = [];
    const {
      units,
      plan: same,
      namesOf,
    } = planUnits(plan, ({ experiment: { id } }) => {
      asked.push(id);
      return {
        ...findExperiment(id),
        curves: [{ name: 'path', description: '', of: 'y', at: 'x' }],
        replicates: [{ name: 'r', of: 'again', replicates: (values: Float64Array) => values }],
      };
    });
    expect([units, same]).toEqual([unitsOf(plan), plan]);
    for (const unit of units) expect(namesOf(unit).measures.has('u')).toBe(true);
    expect(asked.toSorted()).toEqual(['toy-mixed', 'toy-other']);
    expect(namesOf(units[0])).toEqual({
      measures: new Set(['u', 'hit', 'again', 'odd', 'n', 'path']),
      curves: new Set(['y', 'x', 'odd', 'n', 'path']),
    });
    expect(trialNames({ ...findExperiment('toy-mixed'), alsoStored: [] })).toEqual({
      measures: new Set(['u', 'hit']),
      curves: new Set(),
    });
  });
});

describe('an array as schedulers take it', () => {
  it.each([
    [[], ''],
    [[3], '3'],
    [[0, 1, 2, 7], '0-2,7'],
    [[9, 1, 2, 1], '1-2,9'],
  ])('%j', (indices, text) => {
    expect(arrayText(indices)).toBe(text);
  });
});
