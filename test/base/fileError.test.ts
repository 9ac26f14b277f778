import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fileError, systemProblem } from '../../src/base/fileError.js';

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};
const missing = thrownBy(() => statSync('/nowhere/at/all'));

describe('a failed operation of the system', () => {
  it('is named by who knows what it was for', () => {
    expect(fileError('x.csv', 'read', missing)).toMatchObject({
      name: 'InputError',
      message: 'x.csv: cannot be read: no such file or folder',
    });
  });

  it('is named by its path where nobody does, else by the call', () => {
    expect(systemProblem(missing)).toBe('/nowhere/at/all: no such file or folder');
    expect(systemProblem(Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'close' }))).toBe(
      'close: the device reports an error',
    );
  });

  it.each([
    [new Error('wrong')],
    [Object.assign(new TypeError('of a type'), { code: 'ERR_INVALID_ARG_TYPE' })],
    [Object.assign(new Error('no call'), { code: 'EIO' })],
    ['text'],
  ])('%s is none', (error) => {
    expect(systemProblem(error)).toBeUndefined();
  });
});
