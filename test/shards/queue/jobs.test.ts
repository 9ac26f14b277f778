import { describe, expect, it } from 'vitest';
import { Directory, queueName } from '../../../src/shards/queue/directory.js';
import { UnitQueue } from '../../../src/shards/queue/jobs.js';
import { toyPlan } from '../toyPlan.js';
import { MemoryServer } from './memoryBroker.js';

const plan = toyPlan(['toy-mixed']);
const other = toyPlan(['toy-other'], { build: 'another' });

describe('the units of a plan in its queue', () => {
  function filled(count: number) {
    const server = new MemoryServer();
    const queue = new UnitQueue(server.broker, plan);
    const add = (): Promise<void> => queue.add(Array.from({ length: count }, (_, index) => ({ index })));
    return { server, queue, add, jobs: () => server.jobs(queueName(plan)) };
  }

  it('are jobs that are tried five times and stay until they are taken', async () => {
    const { add, jobs } = filled(1);
    await add();
    const opts = {
      jobId: 'unit-0',
      attempts: 5,
      backoff: { type: 'exponential', delay: 1000 },
      removeOnComplete: false,
      removeOnFail: false,
    };
    expect(jobs()).toEqual([{ id: 'unit-0', name: 'unit', data: { unit: 0 }, opts, state: 'waiting' }]);
  });

  it('are counted by what becomes of them, and not added twice', async () => {
    const { queue, add, jobs } = filled(15);
    await add();
    const states = [
      'active',
      'waiting',
      'waiting',
      'delayed',
      'delayed',
      'delayed',
      'delayed',
      'prioritized',
      'failed',
      'failed',
      'failed',
      'completed',
      'completed',
      'completed',
      'completed',
    ] as const;
    jobs().forEach((job, at) => {
      job.state = states[at];
    });
    await add();
    expect(await queue.counts()).toEqual({ running: 1, waiting: 7, failed: 3, completed: 4 });
  });

  it('that are given up say why', async () => {
    const { queue, add, jobs } = filled(3);
    await add();
    Object.assign(jobs()[2], { state: 'failed', failedReason: 'it broke' });
    expect(await queue.failed()).toEqual([{ unit: 2, error: 'it broke' }]);
  });

  it('come out a hundred at a time, the oldest first, and go one by one', async () => {
    const { server, queue, add, jobs } = filled(103);
    await add();
    jobs().forEach((job) => {
      job.state = 'completed';
    });
    const first = await queue.finished();
    expect(first.map(({ data }) => data.unit)).toEqual(Array.from({ length: 100 }, (_, unit) => unit));
    for (const { data } of first) await queue.remove(data.unit);
    expect((await queue.finished()).map(({ data }) => data.unit)).toEqual([100, 101, 102]);
    await queue.obliterate();
    expect(server.queues.size).toBe(0);
    await queue.close();
    expect(server.open).toBe(0);
  });
});

describe('the directory of a server', () => {
  const accept = (): void => undefined;

  it('has a queue for each plan', () => {
    expect(queueName(plan)).toBe(`basin-${plan.hash.slice(0, 24)}`);
    expect(queueName(plan)).not.toBe(queueName(other));
  });

  it('gives the plans of a build, and counts those of others', async () => {
    const server = new MemoryServer();
    const directory = new Directory(server.broker);
    for (const each of [plan, other, plan]) await directory.add(each);
    expect(await directory.plansOf('this', accept)).toEqual({ plans: [plan], others: 1, damaged: [] });
    expect(await directory.plansOf('another', accept)).toEqual({ plans: [other], others: 1, damaged: [] });
    for (const job of server.jobs('basin-studies')) job.state = job.id === queueName(plan) ? 'delayed' : 'prioritized';
    expect(await directory.plansOf('this', accept)).toMatchObject({ plans: [plan], others: 1 });
    await directory.remove(plan);
    expect(await directory.plansOf('this', accept)).toEqual({ plans: [], others: 1, damaged: [] });
    await directory.close();
    expect(server.open).toBe(0);
  });

  it('says why a plan is none, and gives the others', async () => {
    const server = new MemoryServer();
    const directory = new Directory(server.broker);
    await directory.add(toyPlan(['toy-other']));
    const [{ data }] = server.jobs('basin-studies');
    Object.assign(data as object, { plan: Buffer.from('no plan').toString('base64') });
    await directory.add(plan);
    const { plans, damaged } = await directory.plansOf('this', accept);
    expect([plans, damaged.length]).toEqual([[plan], 1]);
    const refused = await directory.plansOf('this', () => {
      throw new Error('not mine');
    });
    expect(refused.plans).toEqual([]);
    expect(refused.damaged).toContain('not mine');
  });
});
