// A study of toys, in each of the ways in which it can be made: what the faults walk through. Each starts from a folder
// of its own.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { clock, findExperiment } from '../pool/fixtures/laboratory.mjs';
import {
  unitFile,
  Collector,
  isDamaged,
  makePlan,
  openStudy,
  planUnits,
  readStudy,
  readUnit,
  resolveValues,
  runShard,
  runStudy,
  gridOf,
  studyDigest,
  StudyControl,
} from './program.mjs';
import { poolWith } from './workers.mjs';

const IDENTITY = { seed: 1, scale: 'smoke', overrides: {} };
const MACHINE = { blas: 'a kernel', openblas: '1.0', vector: 'a target', v8: '1.0', platform: 'a system' };
const CHOSEN = choose({ n: '20,10', trials: '2' });

function choose(set) {
  return ['toy-mixed', 'toy-other']
    .map(findExperiment)
    .map((experiment) => ({
      experiment,
      values: resolveValues(
        experiment,
        'smoke',
        new Map(Object.entries(set).filter(([key]) => key in experiment.settings)),
      ),
    }));
}

/** Stops after a few leases. */
const stoppingPool = poolWith((index, perform, { control }) => {
  if (index === 3) control.stop();
  return perform();
});

async function run(dir, { pool = poolWith() } = {}) {
  const store = openStudy(join(dir, 'study'), IDENTITY);
  try {
    const { ending } = await runStudy({
      store,
      experiments: CHOSEN.map((chosen) => gridOf(chosen, IDENTITY.seed)),
      workers: 2,
      control: new StudyControl(),
      clock,
      pool,
    });
    return ending === 'complete';
  } finally {
    store.close();
  }
}

export const PLAN = makePlan({
  identity: IDENTITY,
  chosen: CHOSEN,
  build: 'this',
  machine: MACHINE,
  unitSeconds: 2,
  secondsPerTrial: () => 1,
});
const experimentOf = ({ experiment }) => findExperiment(experiment.id);
export const PLANNED = planUnits(PLAN, experimentOf);

async function shard(dir, { pool = poolWith() } = {}) {
  const directory = join(dir, 'units');
  const { units, done } = await runShard({
    plan: PLAN,
    shard: 0,
    of: 1,
    directory,
    workers: 2,
    control: new StudyControl(),
    place: { cpu: 'a processor', build: 'this', ...MACHINE },
    experimentOf,
    now: () => 0,
    clock,
    pool,
  });
  return done === units;
}

async function merge(dir) {
  const store = openStudy(join(dir, 'study'), IDENTITY);
  try {
    const collector = new Collector(store, PLANNED, () => undefined);
    const damaged = store.atomically(() => collector.collect(join(dir, 'units')));
    return damaged.length === 0 && collector.missing.size === 0;
  } finally {
    store.close();
  }
}

function digestOfStudy(dir) {
  const store = readStudy(join(dir, 'study'));
  try {
    return studyDigest(store);
  } finally {
    store.close();
  }
}

function digestOfUnits(dir) {
  return JSON.stringify(
    PLANNED.units.map(({ index }) => {
      const found = readUnit(join(dir, 'units'), PLANNED, index);
      return found === undefined || isDamaged(found)
        ? found
        : [found.rows, found.curves.map(({ values, ...curve }) => ({ ...curve, values: [...values].map(String) }))];
    }),
  );
}

/** Files of units that are not whole. */
function damagedUnits(dir) {
  if (!existsSync(join(dir, 'units'))) return [];
  return PLANNED.units
    .map(({ index }) => readUnit(join(dir, 'units'), PLANNED, index))
    .filter((found) => found !== undefined && isDamaged(found))
    .map(({ file, reason }) => `${file}: ${reason}`);
}

const makeUnits = (dir) => {
  mkdirSync(join(dir, 'units'));
  return shard(dir);
};

/** `prepare` fills the folder, `act` is what faults disturb: true when all is done. */
export const SCENARIOS = {
  'a run': { prepare: () => undefined, act: run, digest: digestOfStudy, leases: true },
  'a continued run': {
    prepare: (dir) => run(dir, { pool: stoppingPool }),
    act: run,
    digest: digestOfStudy,
    leases: true,
  },
  'a shard': {
    prepare: (dir) => {
      mkdirSync(join(dir, 'units'));
    },
    act: shard,
    digest: digestOfUnits,
    damage: damagedUnits,
    leases: true,
  },
  'a continued shard': {
    prepare: async (dir) => {
      await makeUnits(dir);
      rmSync(unitFile(join(dir, 'units'), 1));
    },
    act: shard,
    digest: digestOfUnits,
    damage: damagedUnits,
    leases: true,
  },
  'a merge': { prepare: makeUnits, act: merge, digest: digestOfStudy },
};
