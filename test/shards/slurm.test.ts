import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { Slurm, SlurmUnavailable } from '../../src/shards/slurm.js';

const configured = (text: string): Slurm => new Slurm(() => Promise.resolve(text));

describe('the largest index of an array', () => {
  it.each([
    ['MaxArraySize            = 1001', 1000],
    ['MaxArraySize = 1', 0],
    ['MaxArraySize=4000001', 4_000_000],
    ['nothing of it', 1000],
  ])('of %j is %i', async (text, index) => {
    expect(await configured(`ClusterName = x\n${text}\nMaxJobCount = 10\n`).largestIndex()).toBe(index);
  });

  it.each([
    ['0', /must take job arrays, got MaxArraySize 0/],
    ['-5', /must be an integer from 1 to 4000001, got '-5'/],
    ['-1', /got '-1'/],
    ['4000002', /got '4000002'/],
    ['1.5', /got '1.5'/],
    ['many', /got 'many'/],
    ['9e99', /got '9e99'/],
  ])('cannot follow from %s', async (size, message) => {
    await expect(configured(`MaxArraySize = ${size}\n`).largestIndex()).rejects.toThrow(InputError);
    await expect(configured(`MaxArraySize = ${size}\n`).largestIndex()).rejects.toThrow(message);
  });
});

describe('what Slurm is asked', () => {
  const asked: [name: string, ...args: string[]][] = [];
  const answering = (text: string): Slurm => {
    asked.length = 0;
    return new Slurm((name, args) => {
      asked.push([name, ...args]);
      return Promise.resolve(text);
    });
  };

  it('submits an array whose tasks come back, under its name', async () => {
    const slurm = answering(' 17\n');
    expect(
      await slurm.submit({
        name: 'basin-1',
        array: '0-3,7',
        log: 'log-%a',
        script: 'run it',
        extra: ['--partition=p'],
      }),
    ).toBe('17');
    expect(asked).toEqual([
      [
        'sbatch',
        '--parsable',
        '--requeue',
        '--open-mode=append',
        '--job-name=basin-1',
        '--array=0-3,7',
        '--output=log-%a',
        '--partition=p',
        '--wrap=run it',
      ],
    ]);
  });

  it.each([
    ['', { running: 0, pending: 0, reason: '' }],
    ['R|None\nPD|Resources\nPD|Priority\n\nCG|None\n', { running: 2, pending: 2, reason: 'Resources' }],
  ])('counts the tasks of a name in %j', async (text, tasks) => {
    expect(await answering(text).queued('basin-1')).toEqual(tasks);
    expect(asked).toEqual([['squeue', '-h', '-r', '--name=basin-1', '-o', '%t|%r']]);
  });

  it('cancels by name', async () => {
    await answering('').cancel('basin-1');
    expect(asked).toEqual([['scancel', '--name=basin-1']]);
  });

  const failing = (error: object): Slurm =>
    new Slurm(() => Promise.reject(Object.assign(new Error('it failed'), error)));

  it('hears of a job that is gone that there is none', async () => {
    expect(await failing({ stderr: 'slurm_load_jobs error: Invalid job id specified' }).queued('x')).toEqual({
      running: 0,
      pending: 0,
      reason: '',
    });
  });

  it.each([
    [
      { stderr: 'first\nUnable to contact slurm controller\n' },
      SlurmUnavailable,
      'scancel: Unable to contact slurm controller',
    ],
    [
      { stderr: 'Socket timed out on send/recv operation' },
      SlurmUnavailable,
      'scancel: Socket timed out on send/recv operation',
    ],
    [{ stderr: 'Access denied\n' }, InputError, "Slurm must take the job, got 'scancel: Access denied'"],
    [{}, InputError, "Slurm must take the job, got 'scancel: '"],
    [{ code: 'ENOENT' }, InputError, "needs Slurm's commands, got no 'scancel'"],
  ])('says what failed: %j', async (error, kind, message) => {
    await expect(failing(error).cancel('x')).rejects.toThrow(kind);
    await expect(failing(error).cancel('x')).rejects.toThrow(message);
  });
});
