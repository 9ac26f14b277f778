import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectVerified, planOwnCode } from './ownCode.js';
import { SlurmCluster, slurmInstalled } from './slurm.js';
import { ClusterStudy } from './study.js';
import { until } from '../until.js';

/** The unit of a task: there are as many shards as units. */
function unitOf(pid: number): string {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  return command[command.indexOf('--shard') + 1].split('/')[0];
}

describe.skipIf(!slurmInstalled())('a study on Slurm', () => {
  const cluster = new SlurmCluster();
  const study = new ClusterStudy(cluster.environment);
  let digest = '';

  beforeAll(async () => {
    digest = study.reference();
    await cluster.start(3);
  });

  afterAll(async () => {
    await cluster.stop();
    study.remove();
  });

  const unitCount = (name: string): number =>
    existsSync(study.at(name)) ? readdirSync(study.at(name)).filter((file) => file.startsWith('unit-')).length : 0;

  it('has the digest of the local run though a node is killed with its task', async () => {
    const running = study.submitToSlurm('killed');
    await until('a unit is done', () => unitCount('killed-units') >= 1);
    const victim = cluster.ask('squeue', '-h', '-t', 'R', '-o', '%N').split('\n')[0];
    expect(victim).toMatch(/^n\d$/);
    cluster.killNode(victim);
    await until('a task is put back in the queue', () => cluster.ask('scontrol', 'show', 'job').includes('Restarts=1'));
    const { code, stdout } = await running.ended;
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, digest, conflicts: [], damaged: [] });
    expect(study.merge('killed-study', 'killed-units')).toMatchObject({ digest, added: 0 });
    cluster.startNode(victim);
  });

  /** Kills a task before it has written its unit: it is stopped while that is looked up. */
  const killed = (): boolean =>
    study.tasks().some((pid) => {
      process.kill(pid, 'SIGSTOP');
      const isDone = existsSync(study.at(`crashed-units/unit-${unitOf(pid)}.jsonl.gz`));
      process.kill(pid, isDone ? 'SIGCONT' : 'SIGKILL');
      return !isDone;
    });

  it('has it though a task is killed, which Slurm does not repeat', async () => {
    const running = study.submitToSlurm('crashed');
    await until('a unit is done and a task runs, whose unit is not', () => unitCount('crashed-units') >= 1 && killed());
    const { code, stdout, stderr } = await running.ended;
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, digest, conflicts: [] });
    expect(stderr).toContain('round 2 of at most 5');
  });

  it('has it with code of a user’s own, whose file is gone', async () => {
    const own = new ClusterStudy(cluster.environment);
    const reference = planOwnCode(own);
    const { code, stdout } = await own.submitToSlurm('own').ended;
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, digest: reference, conflicts: [], damaged: [] });
    expectVerified(own, 'own-study');
    own.remove();
  });
});
