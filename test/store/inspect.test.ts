import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { damageError, namingDamage } from '../../src/store/inspect.js';

const sqlite = (code: string) => new Database.SqliteError('the words', code);

describe('a failed reading', () => {
  it.each(['SQLITE_CORRUPT', 'SQLITE_CORRUPT_INDEX', 'SQLITE_NOTADB', 'SQLITE_ERROR'])('with %s is damage', (code) => {
    expect(damageError('/s', sqlite(code))).toMatchObject({
      name: InputError.name,
      message: expect.stringMatching(/^study store '\/s' .*the words/) as string,
    });
  });

  it.each(['SQLITE_CANTOPEN', 'SQLITE_READONLY_DIRECTORY', 'SQLITE_PERM', 'SQLITE_IOERR_READ'])(
    'with %s is a matter of rights',
    (code) => {
      expect(damageError('/s', sqlite(code))).toEqual(
        new InputError(
          `study store '/s' must be readable, with its side files -wal and -shm, got ${code}; copy the study to another folder`,
        ),
      );
    },
  );

  it('that says nothing of the file stays what it is', () => {
    for (const error of [new Error('else'), sqlite('SQLITE_BUSY'), 'a word'])
      expect(damageError('/s', error)).toBe(error);
    const error = new Error('else');
    expect(() =>
      namingDamage('/s', () => {
        throw error;
      }),
    ).toThrow(error);
    expect(namingDamage('/s', () => 7)).toBe(7);
  });
});
