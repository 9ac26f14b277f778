/** Studies whose trials follow from results, stage by stage. */
import { beforeEach, describe, expect, it } from 'vitest';
import { Collector } from '../../src/shards/collect.js';
import { studyDigest } from '../../src/shards/digest.js';
import { sealed, stageOf, unitsOf, type PlanContent, type ShardPlan } from '../../src/shards/plan.js';
import { planUnits } from '../../src/shards/planUnits.js';
import { requirePlanned } from '../../src/shards/planned.js';
import { requireStage, stagesFrom } from '../../src/shards/stages.js';
import { openStudy, readStudy } from '../../src/store/open.js';
import { poolOf } from '../pool/inProcess.js';
import * as laboratory from '../pool/fixtures/laboratory.mjs';
import { IDENTITY, runToy, temporaryFolder } from '../study/toy.js';
import { runToyShard, toyPlan } from './toyPlan.js';

const { findExperiment } = laboratory;
const experimentOf = ({ id }: { readonly id: string }) => findExperiment(id);
const SET = { n: '20,13', trials: '3' };
const IDS = ['toy-growing', 'toy-other'];
const pool = poolOf(laboratory);

function within<T>(folder: string, act: (store: ReturnType<typeof openStudy>) => T): T {
  const store = openStudy(folder, IDENTITY);
  try {
    return act(store);
  } finally {
    store.close();
  }
}

const stagesIn = (folder: string, plan: ShardPlan) => within(folder, (store) => stagesFrom(store, plan, experimentOf));

function merge(folder: string, plan: ShardPlan, units: string): string {
  return within(folder, (store) => {
    requireStage('the plan', store, plan, experimentOf);
    new Collector(
      store,
      planUnits(plan, ({ experiment: { id } }) => findExperiment(id)),
      () => undefined,
    ).collect(units);
    return studyDigest(store);
  });
}

describe('a study that grows from its results', () => {
  const first = toyPlan(IDS, { set: SET, unitTrials: 4 });
  let [store, units] = ['', ''];
  beforeEach(() => {
    [store, units] = [temporaryFolder(), temporaryFolder()];
  });

  it('has the trials of a run on one machine, though one shard of each stage is lost at first', async () => {
    const local = temporaryFolder();
    await runToy(local, IDS, { set: SET, pool });
    const stages: ShardPlan[] = [];
    let digest = '';
    for (let plan: ShardPlan | undefined = first; plan !== undefined; plan = stagesIn(store, first).open) {
      stages.push(plan);
      for (const shard of [0, 2]) await runToyShard(plan, shard, 3, units, { pool });
      merge(store, plan, units);
      // Results of a part of a stage change nothing.
      expect(stagesIn(store, first).open?.hash ?? plan.hash).toBe(plan.hash);
      await runToyShard(plan, 1, 3, units, { pool });
      digest = merge(store, plan, units);
    }
    expect(stages.length).toBeGreaterThan(3);
    expect(stages.map(stageOf)).toEqual(stages.map((_, index) => index + 1));
    const whole = readStudy(local);
    expect(digest).toBe(studyDigest(whole));
    whole.close();
    // A store that is further on tells of the same stages.
    const hashes = stages.map(({ hash }) => hash);
    expect(stagesIn(local, first).complete.map(({ hash }) => hash)).toEqual(hashes);
    expect(stagesIn(store, first)).toMatchObject({ open: undefined });
    for (const plan of stages) {
      expect(() => {
        requirePlanned('it', plan, experimentOf);
        within(local, (store) => {
          requireStage('it', store, plan, experimentOf);
        });
      }).not.toThrow();
    }
  });

  it('has no trial twice: a stage begins where the one before it ended', async () => {
    await runToy(store, IDS, { set: SET, pool });
    const names = stagesIn(store, first).complete.flatMap((plan) =>
      unitsOf(plan).flatMap(({ experiment, text, first, count }) =>
        Array.from({ length: count }, (_, i) => `${experiment.id}/${text}#${first + i}`),
      ),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('has units of new cells that cost as much as those before', async () => {
    await runToy(store, IDS, { set: SET, pool });
    const last = stagesIn(store, first).complete.at(-1)?.content.experiments[0].cells ?? [];
    expect(last.length).toBeGreaterThan(2);
    const isNew = ({ settings }: (typeof last)[number]): boolean => settings['n'] !== 20 && settings['n'] !== 13;
    // The cost is proportional to n. The first cell has units of 4 trials at n = 20.
    for (const { settings, unit } of last.filter(isNew)) {
      const cost = unit * Number(settings['n']);
      expect(cost).toBeLessThanOrEqual(4 * 20);
      expect(cost).toBeGreaterThan(4 * 20 - 3 * 10);
    }
  });

  it('is refused where the stages before are not', async () => {
    await runToy(store, IDS, { set: SET, pool });
    const [, second] = stagesIn(store, first).complete;
    expect(() => merge(temporaryFolder(), second, units)).toThrow(
      /the plan: must be the stage that the results in '.*' ask for, got stage 2 with .* merge the stages before it first/,
    );
  });

  const bent = (change: (content: PlanContent) => void): ShardPlan => {
    const content = structuredClone(first.content);
    change(Object.assign(content, { stage: 2 }));
    return sealed(content);
  };

  it.each<[string, (content: PlanContent) => void, RegExp]>([
    [
      'a setting that its cells do not have',
      ({ experiments: [one] }) => {
        one.cells[0].settings['m'] = 3;
      },
      /got .*m=3/,
    ],
    [
      'a text in place of a number',
      ({ experiments: [one] }) => {
        one.cells[0].settings['n'] = 'four';
      },
      /got .*n=four/,
    ],
    [
      'other trials of an experiment that does not grow',
      ({ experiments: [, one] }) => {
        one.cells[0].trials += 1;
      },
      /in place of/,
    ],
    [
      'trials of earlier stages in the first one',
      (content) => {
        delete content.stage;
        content.experiments[0].cells[0].first = 1;
      },
      /got trials of earlier stages/,
    ],
  ])('is refused with %s', (_, change, message) => {
    expect(() => {
      requirePlanned('it', bent(change), experimentOf);
    }).toThrow(message);
  });

  it('is refused when a cell begins beyond its end', () => {
    expect(() =>
      bent(({ experiments: [one] }) => {
        one.cells[0].first = one.cells[0].trials + 1;
      }),
    ).toThrow('first must be at most trials');
  });
});
