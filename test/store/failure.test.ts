import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { namingFailure, writeError } from '../../src/store/failure.js';

const sqlite = (code: string) => new Database.SqliteError('no luck', code);

describe('a failed writing', () => {
  it.each([
    ['SQLITE_FULL', 'free space'],
    ['SQLITE_IOERR_WRITE', 'check the disk and its quotas'],
    ['SQLITE_CANTOPEN', 'make the folder and its files writable'],
    ['SQLITE_CORRUPT', 'restore a copy'],
  ])('%s says: %s', (code, advice) => {
    const error = writeError('s.sqlite', sqlite(code), 12);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toContain(
      `study store 's.sqlite' cannot be written: no luck (${code}); ${advice} and run the same command again; 12 trials are stored`,
    );
    expect(String(writeError('s.sqlite', sqlite(code)))).toMatch(/run the same command again$/);
  });

  it('is thrown as it is where the file is not the reason', () => {
    const [busy, other] = [sqlite('SQLITE_BUSY'), new Error('mine')];
    expect(writeError('s.sqlite', busy)).toBe(busy);
    expect(writeError('s.sqlite', other)).toBe(other);
    expect(() =>
      namingFailure('s.sqlite', () => {
        throw other;
      }),
    ).toThrow(other);
    expect(namingFailure('s.sqlite', () => 7)).toBe(7);
  });
});
