/** A submission to a Slurm that performs a task as soon as it is submitted, in this process. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { performShard } from '../../../src/app/cluster/shardRun.js';
import { submitToSlurm, type SlurmRequest } from '../../../src/app/cluster/submitSlurm.js';
import { StudyControl } from '../../../src/pool/control.js';
import { Slurm, type Command } from '../../../src/shards/slurm.js';
import { here, hereJson } from '../../cli/here.js';
import { scratchFolder } from '../../cli/basin.js';
import { withoutThreads } from '../../cli/withoutThreads.js';

withoutThreads();

const dir = scratchFolder();
const at = (name: string): string => join(dir, name);
const study = at('study.yaml');
writeFileSync(
  study,
  `title: A rate that would have to be closer
grid: {d: 4, n: [20, 40], K: 2, labels: regression, start: sphere, radius: 0.5, iterations: 30}
trials: 10
measures: [recoveryRate]
precision: {measure: recoveryRate, rate: 0.2, most: 16}
`,
);

interface World {
  readonly control: StudyControl;
  /** the tasks of every submission, by plan */
  readonly submitted: { readonly plan: string; readonly tasks: readonly number[] }[];
  /** whether a task dies with its node before it has written anything */
  readonly dies: (submission: number, task: number) => boolean;
}

const numbersOf = (array: string): number[] =>
  array.split(',').flatMap((part) => {
    const [low, high = low] = part.split('-').map(Number);
    return Array.from({ length: high - low + 1 }, (_, i) => low + i);
  });

function slurmOf({ submitted, dies }: World): Slurm {
  const command: Command = async (name, args) => {
    if (name === 'scontrol') return 'MaxArraySize = 1001';
    if (name !== 'sbatch') return '';
    const value = (option: string): string =>
      args.find((one) => one.startsWith(`--${option}=`))?.slice(option.length + 3) ?? '';
    const [, plan = '', units = '', of = ''] =
      /'?--plan'? '?([^' ]+)'? '?--out'? '?([^' ]+)'? --shard "\$SLURM_ARRAY_TASK_ID\/(\d+)"/.exec(value('wrap')) ?? [];
    const tasks = numbersOf(value('array'));
    const number = submitted.push({ plan, tasks });
    for (const shard of tasks) {
      if (dies(number, shard)) continue;
      await performShard(
        { plan, shard, of: Number(of), workers: 1, directory: units, strict: true },
        { control: new StudyControl(), warn: () => undefined, onProgress: () => undefined },
      );
    }
    return String(number);
  };
  return new Slurm(command);
}

function submitting(world: World, name: string) {
  const said: string[] = [];
  const request: SlurmRequest = {
    plan: at('plan.json'),
    store: at(`${name}-study`),
    units: at(`${name}-units`),
    strict: true,
    shards: undefined,
    rounds: 3,
    pollSeconds: 0,
    settleSeconds: 0,
    extra: [],
  };
  const say = (text: string): void => void said.push(text);
  const run = submitToSlurm(
    request,
    { control: world.control, warn: say, say, onProgress: () => undefined, onMerging: () => undefined },
    slurmOf(world),
  );
  return { said, run };
}

describe('a study that grows, on Slurm', () => {
  it('goes through its stages though nodes die, and after a coordinator was killed', async () => {
    expect((await here('plan', study, '-o', at('plan.json'), '--unit', '1s')).code).toBe(0);
    const local = at('local');
    expect((await here('run', study, '--out', local)).code).toBe(0);
    const { digest } = (await hereJson('status', '--plan', at('plan.json'), '--store', local)) as { digest: string };

    // The first coordinator ends in the second stage, whose first task has died.
    const control = new StudyControl();
    const killed: World = {
      control,
      submitted: [],
      dies: (submission, task) => {
        if (submission === 2) control.stop();
        return submission === 2 && task === 0;
      },
    };
    const first = submitting(killed, 'slurm');
    expect(await first.run).toMatchObject({ ending: 'stopped' });
    expect(first.said).toContain('the results ask for more: stage 2, 2 units, 6 trials');
    expect(existsSync(join(at('slurm-study'), 'report.html'))).toBe(false);

    // The second one performs only what is missing, from the same plan of the stage.
    const second: World = { control: new StudyControl(), submitted: [], dies: () => false };
    const { merged, ending } = await submitting(second, 'slurm').run;
    expect({ ending, digest: merged.digest }).toEqual({ ending: 'complete', digest });
    expect(second.submitted[0]).toEqual({ plan: killed.submitted[1].plan, tasks: [0] });
    expect(readdirSync(at('slurm-units'))).toContain('stage-2-unit-1.jsonl.gz');
    expect(existsSync(join(at('slurm-study'), 'report.html'))).toBe(true);
    expect(await hereJson('status', '--plan', at('plan.json'), '--store', at('slurm-study'))).toMatchObject({
      stage: second.submitted.length + 1,
      digest,
    });
  });
});
