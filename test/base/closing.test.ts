import { describe, expect, it } from 'vitest';
import { closing } from '../../src/base/closing.js';
import { withDisk } from '../../src/base/disk.js';
import { InputError } from '../../src/base/errors.js';

const failing = (): never => {
  throw Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'close' });
};

/** Uses descriptor 7 of a disk that closes as told; what was closed, and what came of it. */
function using(
  close: (descriptor: number) => void,
  use: () => string,
): { readonly closed: number[]; readonly result: unknown } {
  const closed: number[] = [];
  return withDisk(
    {
      close: (descriptor) => {
        closed.push(descriptor);
        close(descriptor);
      },
    },
    () => {
      try {
        return { closed, result: closing('x.npy', 'read', 7, use) };
      } catch (error) {
        return { closed, result: error };
      }
    },
  );
}

describe('closing', () => {
  it('closes after the use, and hands on what comes of it', () => {
    expect(
      using(
        () => undefined,
        () => 'content',
      ),
    ).toEqual({ closed: [7], result: 'content' });
  });

  it('closes after a use that fails, and hands on that', () => {
    const wrong = new Error('wrong');
    expect(
      using(
        () => undefined,
        () => {
          throw wrong;
        },
      ),
    ).toEqual({ closed: [7], result: wrong });
  });

  it('has a failure to close told in one line with the name of the file', () => {
    expect(using(failing, () => 'content')).toEqual({
      closed: [7],
      result: new InputError('x.npy: cannot be read: the device reports an error'),
    });
  });

  it('has the first failure told where closing fails too, and closes once', () => {
    const wrong = new Error('wrong');
    expect(
      using(failing, () => {
        throw wrong;
      }),
    ).toEqual({ closed: [7], result: wrong });
  });
});
