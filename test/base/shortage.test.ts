import { describe, expect, it } from 'vitest';
import { shortageOf } from '../../src/base/shortage.js';

const withCode = (message: string, code: string): Error => Object.assign(new Error(message), { code });

function failureOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

describe('shortageOf', () => {
  it.each<[string, unknown, string]>([
    ['memory for an array', failureOf(() => new Float64Array(2 ** 52)), 'not enough memory'],
    ['memory for a buffer', new RangeError('Array buffer allocation failed'), 'not enough memory'],
    ['memory of a thread', withCode('Worker terminated', 'ERR_WORKER_OUT_OF_MEMORY'), 'not enough memory'],
    [
      'descriptors',
      withCode('EMFILE: too many open files, open x', 'EMFILE'),
      'too many files are open: raise ulimit -n',
    ],
    [
      'descriptors for a library',
      withCode('x.node: cannot open shared object file: Too many open files', 'ERR_DLOPEN_FAILED'),
      'too many files are open: raise ulimit -n',
    ],
    [
      'threads',
      withCode('Worker initialization failure: EAGAIN', 'ERR_WORKER_INIT_FAILED'),
      'no more threads can be made: give fewer --workers, or raise ulimit -u',
    ],
    ['what caused another error', new Error('a worker broke', { cause: withCode('', 'ENOMEM') }), 'not enough memory'],
  ])('names %s', (_, error, what) => {
    expect(shortageOf(error)).toBe(what);
  });

  it('says nothing of other errors', () => {
    for (const error of [new RangeError('x must be positive'), withCode('no such file', 'ENOENT'), 'EMFILE', undefined])
      expect(shortageOf(error)).toBeUndefined();
  });
});
