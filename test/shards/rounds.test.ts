/** Rounds of a Slurm that does what it is told, in no time. */
import { describe, expect, it } from 'vitest';
import { runRounds, type Rounds } from '../../src/shards/rounds.js';
import { Slurm, type Command } from '../../src/shards/slurm.js';

interface World {
  /** shards without a result */
  missing: number[];
  /** states of tasks in the queue */
  queue: string[];
  stopped: boolean;
}

/** `answer`: what a command does; `waited`: what passes with the time. */
function rounds(
  world: World,
  answer: Command,
  { most = 3, waited = () => undefined }: { most?: number; waited?: (seconds: number) => void } = {},
) {
  const said: string[] = [];
  const options: Rounds = {
    slurm: new Slurm(async (name, args) =>
      name === 'squeue' ? world.queue.map((state) => `${state}|why\n`).join('') : await answer(name, args),
    ),
    job: { name: 'basin-1', log: 'log', script: 'run', extra: [] },
    missingShards: () => world.missing,
    most,
    pollSeconds: 30,
    settleSeconds: 5,
    wait: (seconds) => {
      said.push(`wait ${seconds}`);
      waited(seconds);
      return Promise.resolve();
    },
    stopped: () => world.stopped,
    say: (text) => void said.push(text),
    onProgress: ({ running, pending }) => void said.push(`${running}+${pending}`),
  };
  return { said, run: () => runRounds(options) };
}

const unavailable = (): Promise<string> => Promise.reject(Object.assign(new Error(), { stderr: 'connection refused' }));

describe('rounds of job arrays', () => {
  it('submit what is missing, wait while tasks run, and settle before they look again', async () => {
    const world: World = { missing: [0, 1, 2], queue: [], stopped: false };
    const submitted: string[] = [];
    const submit: Command = (_, args) => {
      submitted.push(args.find((one) => one.startsWith('--array=')) ?? '');
      world.queue = ['R', 'PD'];
      return Promise.resolve(`${submitted.length}`);
    };
    const waited = (seconds: number): void => {
      if (seconds !== 30) return;
      world.queue = [];
      world.missing = submitted.length === 1 ? [2] : [];
    };
    const { said, run } = rounds(world, submit, { waited });
    expect(await run()).toBe('complete');
    expect(submitted).toEqual(['--array=0-2', '--array=2']);
    expect(said).toEqual([
      '0+0',
      'wait 5',
      'round 1 of at most 3: job 1 (basin-1), 3 shards',
      '1+1',
      'wait 30',
      '0+0',
      'wait 5',
      'round 2 of at most 3: job 2 (basin-1), 1 shards',
      '1+1',
      'wait 30',
      '0+0',
    ]);
  });

  it('are so many at most', async () => {
    const world: World = { missing: [4], queue: [], stopped: false };
    let count = 0;
    const { run } = rounds(world, () => Promise.resolve(String(++count)), { most: 2 });
    expect([await run(), count]).toEqual(['exhausted', 2]);
  });

  it.each([
    [['R'], 1],
    [['PD'], 1],
    [[], 0],
  ])('cancel second copies when nothing is missing: %j', async (queue, times) => {
    const cancelled: string[] = [];
    const { run } = rounds({ missing: [], queue, stopped: false }, (name) =>
      Promise.resolve(String(cancelled.push(name))),
    );
    expect([await run(), cancelled]).toEqual(['complete', Array<string>(times).fill('scancel')]);
  });

  it('ask ever more rarely while nobody answers, at least once a minute', async () => {
    const world: World = { missing: [1], queue: [], stopped: false };
    let left = 8;
    const { said, run } = rounds(world, () => (left-- > 0 ? unavailable() : Promise.resolve('9')), { most: 1 });
    expect(await run()).toBe('exhausted');
    expect(said.filter((text) => text.startsWith('wait')).slice(1, -1)).toEqual(
      [1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => `wait ${seconds}`),
    );
    expect(said).toContain('sbatch: connection refused; asking again in 1 s');
  });

  it.each<[string, World, (world: World) => Command]>([
    ['while tasks run', { missing: [1], queue: ['R'], stopped: false }, () => () => Promise.resolve('1')],
    ['before a round', { missing: [1], queue: [], stopped: false }, () => () => Promise.resolve('1')],
    ['while nobody answers', { missing: [1], queue: [], stopped: false }, () => unavailable],
  ])('stop when they are told to: %s', async (where, world, answer) => {
    const waited = (seconds: number): void => {
      world.stopped = where !== 'while nobody answers' || seconds === 1;
    };
    const { said, run } = rounds(world, answer(world), { waited });
    expect(await run()).toBe('stopped');
    expect(said.filter((text) => text.startsWith('round'))).toEqual([]);
  });

  it('do not hide a mistake', async () => {
    const { run } = rounds({ missing: [1], queue: [], stopped: false }, () => Promise.reject(new Error('a mistake')));
    await expect(run()).rejects.toThrow('Slurm must take the job');
  });
});
