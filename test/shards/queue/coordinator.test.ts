/** A coordinator whose server, workers and time are this test. */
import { onTestFinished, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import { Collector } from '../../../src/shards/collect.js';
import { unitsOf, type ShardPlan } from '../../../src/shards/plan.js';
import { planUnits } from '../../../src/shards/planUnits.js';
import { coordinate, type QueueStatus } from '../../../src/shards/queue/coordinator.js';
import { queueName } from '../../../src/shards/queue/directory.js';
import { encodeUnit } from '../../../src/shards/unitFile.js';
import { openStudy } from '../../../src/store/open.js';
import { findExperiment } from '../../pool/fixtures/laboratory.mjs';
import { IDENTITY, temporaryFolder } from '../../study/toy.js';
import { PLACE, toyPlan } from '../toyPlan.js';
import { MemoryServer, type MemoryJob } from './memoryBroker.js';

const planOf = (trials: number, unitTrials: number) =>
  toyPlan(['toy-mixed'], { set: { n: '10', trials: String(trials) }, unitTrials });
const plannedOf = (plan: ShardPlan) => planUnits(plan, ({ experiment }) => findExperiment(experiment.id));
const PLAN = planOf(3, 2);

/** What a worker hands back, as base64. */
function resultOf(plan: ShardPlan, index: number): string {
  const unit = unitsOf(plan)[index];
  const rows = Array.from({ length: unit.count }, (_, i) => ({
    trial: unit.first + i,
    status: 'ok' as const,
    seconds: 1,
    measures: { u: 0.5, hit: 1 },
    error: null,
  }));
  return encodeUnit(plan, unit, {
    unit: index,
    place: { ...PLACE, host: 'there', seconds: 1, workers: 1 },
    rows,
    curves: [],
  }).toString('base64');
}

const unitOf = ({ data }: MemoryJob): number => (data as { readonly unit: number }).unit;
const complete = (job: MemoryJob, plan = PLAN): void => {
  Object.assign(job, { state: 'completed', returnvalue: resultOf(plan, unitOf(job)) });
};

function coordinating(plan = PLAN) {
  const server = new MemoryServer();
  const store = openStudy(temporaryFolder(), IDENTITY);
  onTestFinished(() => {
    store.close();
  });
  const collector = new Collector(store, plannedOf(plan), () => undefined);
  const [said, progress, waits]: [string[], QueueStatus[], number[]] = [[], [], []];
  const world = {
    stopped: false,
    passes: (jobs: MemoryJob[]): void => {
      jobs.forEach((job) => {
        complete(job, plan);
      });
    },
  };
  const run = () =>
    coordinate({
      broker: server.broker,
      plan,
      collector,
      pollSeconds: 7,
      wait: (seconds) => {
        if (waits.push(seconds) > 10) throw new Error('it waits for ever');
        world.passes(server.jobs(queueName(plan)));
        return Promise.resolve();
      },
      stopped: () => world.stopped,
      say: (text) => void said.push(text),
      onProgress: ({ running, waiting }) => void progress.push({ running, waiting }),
    });
  return { server, collector, said, progress, waits, world, run };
}

describe('the coordinator of a queue', () => {
  it('puts in what is missing, takes out what is finished, and leaves nothing behind', async () => {
    const { server, collector, progress, waits, run } = coordinating();
    const units = collector.units.length;
    expect(units).toBeGreaterThan(1);
    expect(await run()).toEqual({ ending: 'complete', failed: [] });
    expect(collector.added).toBe(3);
    expect([progress, waits]).toEqual([
      [
        { running: 0, waiting: 0 },
        { running: 0, waiting: 0 },
      ],
      [7],
    ]);
    expect([server.queues.size, server.jobs('basin-studies'), server.open]).toEqual([1, [], 0]);
  });

  it('takes all that is finished before it waits again', async () => {
    const { collector, waits, run } = coordinating(planOf(101, 1));
    expect(await run()).toMatchObject({ ending: 'complete' });
    expect([collector.added, waits]).toEqual([101, [7]]);
  });

  it('adds nothing while all units are there, and brings back what the server has lost', async () => {
    const { server, world, run } = coordinating();
    const seen: number[][] = [];
    world.passes = (jobs) => {
      seen.push(jobs.map(unitOf));
      if (seen.length === 1) jobs[0].state = 'active';
      if (seen.length === 2) server.queues.clear();
      if (seen.length === 3)
        jobs.forEach((job) => {
          complete(job);
        });
    };
    expect(await run()).toMatchObject({ ending: 'complete' });
    expect(seen).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
  });

  it('goes on while the server does not answer', async () => {
    const { server, said, run } = coordinating();
    server.failures = [new Error('not now')];
    expect(await run()).toMatchObject({ ending: 'complete' });
    expect(said).toEqual(['basin: memory://here: not now; trying again']);
  });

  it('ends when only given-up units are missing, and says which', async () => {
    const { world, run } = coordinating();
    world.passes = (jobs) => {
      complete(jobs[0]);
      Object.assign(jobs[1], { state: 'failed', failedReason: 'it broke' });
    };
    expect(await run()).toEqual({ ending: 'failed', failed: [{ unit: 1, error: 'it broke' }] });
  });

  it('ends when what is missing cannot be merged', async () => {
    const { collector, run } = coordinating();
    collector.refused.add(0);
    collector.refused.add(1);
    expect(await run()).toEqual({ ending: 'failed', failed: [] });
  });

  it('ignores a result that is none, and has its unit performed again', async () => {
    const { said, world, run } = coordinating();
    let damaged = true;
    world.passes = (jobs) => {
      jobs.forEach((job) => {
        complete(job);
      });
      if (damaged) jobs[0].returnvalue = 'AAAA';
      damaged = false;
    };
    expect(await run()).toMatchObject({ ending: 'complete' });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('the result of unit 0 is ignored');
  });

  it('stops when it is told to, and leaves its jobs to whoever continues', async () => {
    const { server, world, run } = coordinating();
    world.passes = () => {
      world.stopped = true;
    };
    expect(await run()).toEqual({ ending: 'stopped', failed: [] });
    expect([server.jobs(queueName(PLAN)).length, server.jobs('basin-studies').length, server.open]).toEqual([2, 1, 0]);
  });

  it('ends with what the store refuses', async () => {
    const { server, run } = coordinating();
    server.failures = [new InputError('no')];
    await expect(run()).rejects.toThrow(InputError);
    expect(server.open).toBe(0);
  });
});
