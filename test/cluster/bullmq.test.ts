import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { planGrowing } from './growing.js';
import { expectVerified, planOwnCode } from './ownCode.js';
import { RedisServer, redisInstalled } from './redis.js';
import { ClusterStudy, type Running } from './study.js';
import { until } from '../until.js';

const POISONED = fileURLToPath(new URL('fixtures/poisoned.mjs', import.meta.url));

describe.skipIf(!redisInstalled())('a study on BullMQ', () => {
  const redis = new RedisServer();
  const study = new ClusterStudy();
  const started: Running[] = [];
  let digest = '';

  beforeAll(async () => {
    digest = study.reference();
    await redis.start();
  });

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
  const worker = (...more: string[]): Running =>
    start('worker', '--queue', redis.url, '--workers', '1', '--lock', '2s', '--poll', '1s', ...more);
  const coordinator = (name: string, ...more: string[]): Running => submitted(study, name, ...more);
  const submitted = (planned: ClusterStudy, name: string, ...more: string[]): Running =>
    start(
      'submit',
      '--engine',
      'bullmq',
      '--queue',
      redis.url,
      '--plan',
      planned.plan,
      '--store',
      planned.at(name),
      '--poll',
      '1s',
      '--json',
      ...more,
    );
  const queues = (): string[] =>
    redis
      .ask('KEYS', 'bull:basin-*:meta')
      .split('\n')
      .filter((key) => key !== '' && !key.includes('basin-studies'));
  const active = (): number =>
    queues().reduce((sum, key) => sum + Number(redis.ask('LLEN', key.replace(':meta', ':active'))), 0);

  it('has the digest of the local run though worker, coordinator and server are killed and the queue is emptied', async () => {
    const lone = worker();
    const first = coordinator('study');
    await until('its worker has a unit', () => active() === 1);
    lone.process.kill('SIGKILL');
    worker();
    worker();
    await until('a unit is stored', () => study.missing('study').length < study.unitCount);
    first.process.kill('SIGKILL');
    await first.ended;
    const second = coordinator('study');
    await redis.kill();
    await redis.start();
    await until('units are performed again', () => active() >= 1);
    redis.ask('FLUSHALL');
    worker();
    const { code, stdout } = await second.ended;
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, digest, conflicts: [] });
  });

  it('has it in all stages of a study that grows, though a worker and the coordinator are killed in the second', async () => {
    redis.ask('FLUSHALL');
    const growing = new ClusterStudy();
    const reference = planGrowing(growing);
    const lone = worker();
    const first = submitted(growing, 'study');
    const seen = new Set<string>();
    await until('the second stage is performed', () => {
      for (const name of queues()) seen.add(name);
      return seen.size === 2 && active() === 1;
    });
    lone.process.kill('SIGKILL');
    first.process.kill('SIGKILL');
    await first.ended;
    worker();
    const { code, stdout } = await submitted(growing, 'study').ended;
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, digest: reference, asksMore: false });
    growing.remove();
  });

  it('gives up a unit that kills every worker, names it, and has all others', async () => {
    const build = (JSON.parse(readFileSync(study.plan, 'utf8')) as { build: string }).build;
    let mourned = 0;
    let over = false;
    const keepWorking = (): void => {
      const child = spawn(process.execPath, [POISONED, redis.url, build], { stdio: 'ignore' });
      started.push({ process: child, ended: Promise.resolve({ code: null, stdout: '', stderr: '' }) });
      child.on('exit', () => {
        mourned += 1;
        if (!over) keepWorking();
      });
    };
    keepWorking();
    keepWorking();
    const { code, stdout, stderr } = await coordinator('poisoned').ended;
    over = true;
    expect(code).toBe(4);
    expect(stderr).toMatch(/unit 3 was given up: it was started 6 times and never ended/);
    expect(mourned).toBeGreaterThanOrEqual(6);
    const { units, complete } = JSON.parse(stdout) as { units: number; complete: number };
    expect(complete).toBe(units - 1);
    expect(study.missing('poisoned')).toEqual([3]);
  });

  it('has it with code of a user’s own, from workers that are told --allow-code', async () => {
    // A worker that has a study of an earlier test is not idle.
    redis.ask('FLUSHALL');
    const own = new ClusterStudy();
    const reference = planOwnCode(own);
    const idle = worker('--idle', '3s');
    const running = submitted(own, 'own-study');
    expect(await idle.ended).toMatchObject({ code: 0, stderr: expect.stringContaining('--allow-code') as unknown });
    expect(own.missing('own-study')).toHaveLength(own.unitCount);
    worker('--allow-code');
    const { code, stdout } = await running.ended;
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, digest: reference, conflicts: [] });
    expectVerified(own, 'own-study');
    own.remove();
  });

  it('refuses a server that would lose the queue, unless told otherwise, and one that does not answer', async () => {
    redis.ask('CONFIG', 'SET', 'appendonly', 'no');
    const refused = await coordinator('volatile').ended;
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/appendonly yes.*got appendonly no/);
    expect(refused.stderr).not.toContain('secret');
    redis.ask('CONFIG', 'SET', 'appendonly', 'yes');
    expect(study.run('worker', '--queue', 'http://somewhere')).toMatchObject({ code: 2 });
  });
});
