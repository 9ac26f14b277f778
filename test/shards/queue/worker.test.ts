/**
 * A worker whose server and time are this test; what its threads do, test/cluster and test/shards/shard.test.ts see.
 */
import { describe, expect, it } from 'vitest';
import { StudyControl } from '../../../src/pool/control.js';
import { Directory, queueName } from '../../../src/shards/queue/directory.js';
import { attend, type WorkerOptions } from '../../../src/shards/queue/worker.js';
import { findExperiment } from '../../pool/fixtures/laboratory.mjs';
import { PLACE, toyPlan } from '../toyPlan.js';
import { MemoryServer } from './memoryBroker.js';

const plan = toyPlan(['toy-mixed']);
const other = toyPlan(['toy-other']);

/** `looks`: what happens after each look; the control stops with the last one. */
async function attending(looks: readonly ((server: MemoryServer) => unknown)[], more: Partial<WorkerOptions> = {}) {
  const [server, control, said] = [new MemoryServer(), new StudyControl(), [] as string[]];
  const directory = new Directory(server.broker);
  let [now, look] = [0, 0];
  await directory.add(plan);
  const run = attend({
    broker: server.broker,
    build: 'this',
    workers: 1,
    control,
    place: PLACE,
    experimentOf: ({ experiment }) => findExperiment(experiment.id),
    now: () => now,
    requireBuild: () => undefined,
    takes: () => true,
    times: { lockMilliseconds: 1000, checkMilliseconds: 1000 },
    pollSeconds: 5,
    idleSeconds: Infinity,
    requirePlan: () => undefined,
    say: (text) => void said.push(text),
    wait: async (seconds) => {
      now += seconds;
      await looks[look](server);
      look += 1;
      if (look === looks.length) control.stop();
    },
    ...more,
  });
  return { server, control, said, directory, performed: await run, looks: () => look };
}

const nothing = (): void => undefined;

describe('a worker of queues', () => {
  it('works on each plan once, and ends what it began', async () => {
    const { server, said, performed } = await attending([nothing, nothing]);
    expect(server.workers.map(({ queue, open }) => [queue, open])).toEqual([[queueName(plan), false]]);
    expect([said, performed, server.open]).toEqual([[`basin: working on toy-mixed (${queueName(plan)})`], 0, 1]);
  });

  it('leaves what has gone, and joins what has come', async () => {
    const seen: boolean[][] = [];
    const note = ({ workers }: MemoryServer): void => void seen.push(workers.map(({ open }) => open));
    await attending([
      async (server) => {
        note(server);
        const directory = new Directory(server.broker);
        await directory.remove(plan);
        await directory.add(other);
      },
      note,
    ]);
    expect(seen).toEqual([[true], [false, true]]);
  });

  it('takes no plan that it may not take', async () => {
    expect((await attending([nothing], { takes: () => false })).server.workers).toEqual([]);
  });

  it('says once what it ignores, and how many studies are for others', async () => {
    const { server, said } = await attending([nothing, nothing], {
      requirePlan: () => {
        throw new Error('not planned here');
      },
    });
    expect([said, server.workers]).toEqual([['basin: a plan is ignored: not planned here'], []]);
    const foreign = await attending([nothing, nothing], { build: 'another' });
    expect(foreign.said).toEqual(['basin: 1 studies are for other builds; this one is another']);
  });

  it('ends by itself after so long without a study, and not before', async () => {
    const { looks } = await attending(Array<() => void>(9).fill(nothing), { build: 'another', idleSeconds: 15 });
    expect(looks()).toBe(3);
    expect((await attending(Array<() => void>(9).fill(nothing), { idleSeconds: 15 })).looks()).toBe(9);
  });

  it('goes on while the server does not answer', async () => {
    const { said } = await attending([(server) => server.failures.push(new Error('not now')), nothing, nothing], {
      idleSeconds: 6,
    });
    expect(said[1]).toBe('basin: memory://here: not now; trying again');
  });

  it.each([
    [
      'a unit that the plan has not',
      { data: { unit: 1000 }, attemptsStarted: 1 },
      'the plan has no unit {"unit":1000}',
    ],
    ['a unit that is no number', { data: { unit: '0' }, attemptsStarted: 1 }, 'the plan has no unit {"unit":"0"}'],
    ['a unit before the first', { data: { unit: -1 }, attemptsStarted: 1 }, 'the plan has no unit {"unit":-1}'],
    ['half a unit', { data: { unit: 0.5 }, attemptsStarted: 1 }, 'the plan has no unit {"unit":0.5}'],
    ['a unit that kills', { data: { unit: 0 }, attemptsStarted: 7 }, 'it was started 6 times and never ended'],
    ['a unit for another build', { data: { unit: 0 }, attemptsStarted: 6 }, 'another build'],
  ])('refuses %s', async (_, job, message) => {
    const requireBuild = (): void => {
      throw new Error('another build');
    };
    let refused: unknown;
    const run = attending(
      [
        async ({ workers: [worker] }) => {
          refused = await worker.perform(job).catch((error: unknown) => error);
        },
        nothing,
      ],
      { requireBuild },
    );
    await expect(run).rejects.toThrow('another build');
    expect(String(refused)).toContain(message);
  });
});
