import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { Slurm } from '../../src/shards/slurm.js';

const configured = (text: string): Slurm => new Slurm(() => Promise.resolve(text));

describe('the largest index of an array', () => {
  it.each([['MaxArraySize            = 1001', 1000], ['MaxArraySize = 1', 0], ['MaxArraySize=4000001', 4_000_000], ['nothing of it', 1000]])('of %j is %i', async (text, index) => {
    expect(await configured(`ClusterName = x\n${text}\nMaxJobCount = 10\n`).largestIndex()).toBe(index);
  });

  it.each([['0', /must take job arrays, got MaxArraySize 0/], ['-5', /must be an integer from 1 to 4000001, got '-5'/], ['many', /got 'many'/], ['9e99', /got '9e99'/]])('cannot follow from %s', async (size, message) => {
    await expect(configured(`MaxArraySize = ${size}\n`).largestIndex()).rejects.toThrow(InputError);
    await expect(configured(`MaxArraySize = ${size}\n`).largestIndex()).rejects.toThrow(message);
  });
});
