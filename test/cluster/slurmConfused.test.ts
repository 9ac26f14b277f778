import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SlurmCluster, slurmInstalled } from './slurm.js';
import { ClusterStudy } from './study.js';
import { until } from '../until.js';

/** Minutes of waiting: with BASIN_EVERY_CLUSTER_TEST=1 only. */
describe.skipIf(!slurmInstalled() || process.env['BASIN_EVERY_CLUSTER_TEST'] === undefined)(
  'a study on a Slurm that is confused',
  () => {
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

    it('has the digest of the local run though a shard runs twice at the same time, since Slurm lost contact with a live node', async () => {
      cluster.killNode('n3');
      cluster.startNode('n3', false);
      await until(
        'the nodes are idle',
        () =>
          cluster
            .ask('sinfo', '-h', '-N', '-o', '%T')
            .split('\n')
            .filter((state) => state === 'idle').length === 3,
      );
      const running = study.submitToSlurm('twice');
      const onNode = (name: string): number[] =>
        study
          .tasks()
          .filter((pid) => readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`SLURMD_NODENAME=${name}\0`));
      await until('the node has a task', () => onNode('n3').length === 1);
      const [task] = onNode('n3');
      const number = /SLURM_ARRAY_TASK_ID=(?<number>\d+)/.exec(readFileSync(`/proc/${task}/environ`, 'utf8'))?.groups?.[
        'number'
      ];
      process.kill(task, 'SIGSTOP');
      cluster.killNode('n3');
      await until('a second copy runs', () =>
        study
          .tasks()
          .some(
            (pid) =>
              pid !== task && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`SLURM_ARRAY_TASK_ID=${number}\0`),
          ),
      );
      process.kill(task, 'SIGCONT');
      const { code, stdout } = await running.ended;
      expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, digest, conflicts: [] });
      await until('both copies end', () => study.tasks().length === 0);
      expect(study.merge('twice-study', 'twice-units')).toMatchObject({ digest, added: 0, conflicts: [] });
    });

    it('has it though the controller is killed right after the job was submitted', async () => {
      const running = study.submitToSlurm('lost');
      await until('the job is in the queue', () => cluster.ask('squeue', '-h') !== '');
      await cluster.loseController();
      const { code, stdout } = await running.ended;
      expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, digest, conflicts: [] });
    });
  },
);
