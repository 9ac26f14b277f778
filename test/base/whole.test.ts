/** Files are whole or absent: every call that can fail is made to fail. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { withDisk, type Disk } from '../../src/base/disk.js';
import { writeWhole, type Content } from '../../src/base/whole.js';
import { InputError } from '../../src/base/errors.js';
import { temporaryFolder } from '../study/toy.js';

let folder = '';
let file = '';
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'table');
});

const text = (): string => readFileSync(file, 'utf8');
const failing = (code: string) => (): never => {
  throw Object.assign(new Error(code), { code, syscall: 'any' });
};

describe('writeWhole', () => {
  it.each<[string, Content, string]>([
    ['text', 'größe\n', 'größe\n'],
    ['bytes', Buffer.from([98, 97]), 'ba'],
    ['nothing', '', ''],
    [
      'pieces of both kinds in their order',
      (sink) => {
        sink.write('a');
        sink.write(Buffer.from('b'));
        sink.write('c');
      },
      'abc',
    ],
    [
      'more text than is buffered',
      (sink) => {
        for (let i = 0; i < 3000; i++) sink.write('0123456789'.repeat(100));
      },
      '0123456789'.repeat(300_000),
    ],
  ])('writes %s, and replaces what is there', (_, content, expected) => {
    writeFileSync(file, 'earlier');
    writeWhole(file, content);
    expect(text() === expected).toBe(true);
    expect(readdirSync(folder)).toEqual(['table']);
  });

  it('counts every byte of writes that take a part', () => {
    const content = 'x'.repeat(1000);
    withDisk(
      ({ write }) => ({ write: (to, bytes, from, length) => write(to, bytes, from, Math.min(7, length)) }),
      () => {
        writeWhole(file, content);
      },
    );
    expect(text()).toBe(content);
  });

  it('waits where a write would block', () => {
    let attempts = 0;
    withDisk(
      ({ write }) => ({ write: (...args) => (++attempts < 4 ? failing('EAGAIN')() : write(...args)) }),
      () => {
        writeWhole(file, 'late');
      },
    );
    expect([text(), attempts]).toEqual(['late', 4]);
  });

  it.each<[string, (system: Disk) => Partial<Disk>, RegExp]>([
    ['open', () => ({ open: failing('EACCES') }), /permission denied$/],
    [
      'open, with all descriptors in use',
      () => ({ open: failing('EMFILE') }),
      /too many files are open: raise ulimit -n$/,
    ],
    ['write', () => ({ write: failing('ENOSPC') }), /no space left on the device$/],
    [
      'the second write',
      ({ write }) => ({ write: (to, bytes, from) => (from > 0 ? failing('EDQUOT')() : write(to, bytes, from, 2)) }),
      /the disk quota is used up$/,
    ],
    ['a write that takes nothing', () => ({ write: () => 0 }), /no space left on the device$/],
    ['fsync', () => ({ sync: failing('EIO') }), /the device reports an error$/],
    [
      'close',
      ({ close }) => ({
        close: (descriptor) => {
          close(descriptor);
          failing('ENOSPC')();
        },
      }),
      /no space left on the device$/,
    ],
    ['rename', () => ({ rename: failing('EPERM') }), /operation not permitted$/],
    [
      'write, and then close',
      ({ close }) => ({
        write: failing('EFBIG'),
        close: (descriptor) => {
          close(descriptor);
          failing('EIO')();
        },
      }),
      /the file would be larger than allowed$/,
    ],
  ])('leaves the earlier file where %s fails', (_, changes, message) => {
    writeFileSync(file, 'earlier');
    withDisk(changes, () => {
      expect(() => {
        writeWhole(file, 'new content');
      }).toThrow(InputError);
      expect(() => {
        writeWhole(file, 'new content');
      }).toThrow(message);
    });
    expect([text(), readdirSync(folder)]).toEqual(['earlier', ['table']]);
  });

  it('leaves no file where none was', () => {
    withDisk({ write: failing('ENOSPC') }, () => {
      expect(() => {
        writeWhole(file, 'x');
      }).toThrow(`${file}: cannot be written: no space left on the device`);
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('passes what the content throws, and leaves the earlier file', () => {
    writeFileSync(file, 'earlier');
    const error = Object.assign(new Error('of another file'), { code: 'ENOENT' });
    expect(() => {
      writeWhole(file, (sink) => {
        sink.write('half');
        throw error;
      });
    }).toThrow(error);
    expect([text(), readdirSync(folder)]).toEqual(['earlier', ['table']]);
  });

  it('syncs the file before the rename and the folder after it', () => {
    const calls: string[] = [];
    withDisk(
      ({ sync, rename }) => ({
        sync: (to) => {
          calls.push('sync');
          sync(to);
        },
        rename: (from, to) => {
          calls.push('rename');
          rename(from, to);
        },
      }),
      () => {
        writeWhole(file, 'x');
      },
    );
    expect(calls).toEqual(['sync', 'rename', 'sync']);
  });

  it('does without a sync of the folder only where the system has none', () => {
    const folderSync =
      (code: string) =>
      ({ sync }: Disk): Partial<Disk> => ({
        sync: (to) => {
          if (existsSync(file)) failing(code)();
          sync(to);
        },
      });
    withDisk(folderSync('EINVAL'), () => {
      writeWhole(file, 'x');
    });
    expect(text()).toBe('x');
    file = join(folder, 'second');
    withDisk(folderSync('EIO'), () => {
      expect(() => {
        writeWhole(file, 'x');
      }).toThrow(/the device reports an error$/);
    });
  });

  it('opens what it writes aside exclusively: a link in the way is not followed', () => {
    withDisk(
      ({ open }) => ({
        open: (path, flags, mode) => {
          if (flags === 'wx') symlinkSync(join(folder, 'victim'), path);
          return open(path, flags, mode);
        },
      }),
      () => {
        expect(() => {
          writeWhole(file, 'x');
        }).toThrow(/a file of that name is in the way$/);
      },
    );
    expect(existsSync(join(folder, 'victim'))).toBe(false);
  });

  it('is not more open to others than the file that was there', () => {
    writeFileSync(file, '');
    chmodSync(file, 0o600);
    writeWhole(file, 'secret');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('names the folder that is missing or in the way', () => {
    expect(() => {
      writeWhole(join(folder, 'absent', 'a'), 'x');
    }).toThrow(/absent\/a: cannot be written: no such file or folder$/);
    mkdirSync(file);
    expect(() => {
      writeWhole(file, 'x');
    }).toThrow(`${file}: cannot be written: it is a folder`);
  });
});
