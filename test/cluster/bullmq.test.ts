import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RedisServer, redisInstalled } from './redis.js';
import { ClusterStudy, type Running } from './study.js';
import { until } from './waiting.js';

describe.skipIf(!redisInstalled())('a study on BullMQ', () => {
  const redis = new RedisServer();
  const study = new ClusterStudy();
  const started: Running[] = [];
  let digest = '';

  beforeAll(async () => {
    digest = study.reference();
    await redis.start();
  }, 120_000);

  afterEach(async () => {
    for (const { process: child } of started) child.kill('SIGKILL');
    await Promise.all(started.splice(0).map(({ ended }) => ended));
  });

  afterAll(async () => {
    await redis.stop();
    study.remove();
  });

  const start = (...args: string[]): Running => {
    const running = study.start(...args);
    started.push(running);
    return running;
  };
  const worker = (): Running => start('worker', '--queue', redis.url, '--workers', '1', '--lock', '2s', '--poll', '1s');
  const coordinator = (name: string, ...more: string[]): Running => start('submit', '--engine', 'bullmq', '--queue', redis.url, '--plan', study.plan, '--store', study.at(name), '--poll', '1s', '--json', ...more);
  const queues = (): string[] => redis.ask('KEYS', 'bull:basin-*:meta').split('\n').filter((key) => key !== '' && !key.includes('basin-studies'));
  const active = (): number => queues().reduce((sum, key) => sum + Number(redis.ask('LLEN', key.replace(':meta', ':active'))), 0);

  it('has the digest of the local run though worker, coordinator and server are killed and the queue is emptied', async () => {
    const workers = [worker(), worker(), worker()];
    const first = coordinator('study');
    await until('units are performed', 60, () => active() === 3);
    workers[0].process.kill('SIGKILL');
    await until('a unit is stored', 60, () => study.run('missing', '--plan', study.plan, '--store', study.at('study'), '--json').stdout.includes('"missing"') && JSON.parse(study.run('missing', '--plan', study.plan, '--store', study.at('study'), '--json').stdout).missing.length < 20);
    first.process.kill('SIGKILL');
    await first.ended;
    const second = coordinator('study');
    await redis.kill();
    await redis.start();
    await until('units are performed again', 60, () => active() >= 1);
    redis.ask('FLUSHALL');
    worker();
    const { code, stdout } = await second.ended;
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, digest, conflicts: [] });
  }, 240_000);

  it('refuses a server that would lose the queue, unless told otherwise, and one that does not answer', async () => {
    redis.ask('CONFIG', 'SET', 'appendonly', 'no');
    const refused = await coordinator('volatile').ended;
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/appendonly yes.*got appendonly no/);
    expect(refused.stderr).not.toContain('secret');
    redis.ask('CONFIG', 'SET', 'appendonly', 'yes');
    expect(study.run('worker', '--queue', 'http://somewhere')).toMatchObject({ code: 2 });
  }, 60_000);
});
