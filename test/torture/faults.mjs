// Faults: each kind counts the calls that it could make fail, and makes the one numbered `at` fail. One is armed at a
// time.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { replaceDisk } from './program.mjs';

/** What a failing call of the file system reports. */
const CODES = {
  open: 'EMFILE',
  write: 'ENOSPC',
  sync: 'EIO',
  close: 'EIO',
  rename: 'EACCES',
  remove: 'EBUSY',
  removeTree: 'EBUSY',
  makeFolder: 'ENOSPC',
  removeFolder: 'EBUSY',
  read: 'EIO',
  readFile: 'EIO',
  list: 'EACCES',
  copy: 'ENOSPC',
};

class Counter {
  calls = 0;
  /** the call that failed */
  fired;

  constructor(at) {
    this.at = at;
  }

  /** True for the call that is to fail. */
  hits(name) {
    const hit = this.calls === this.at;
    this.calls += 1;
    if (hit) this.fired = name;
    return hit;
  }
}

function failWith(code) {
  throw Object.assign(new Error(`${code}: a fault of the torture`), { code, errno: -1, syscall: 'any' });
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const isOwnCode = (path) =>
  ['dist/', 'build/', 'node_modules/'].some((folder) => String(path).startsWith(ROOT + folder));

/**
 * True for reads of the program's own files after the first: there are a thousand, in one loop, and one stands for all.
 */
function ownCodeAgain() {
  let seen = false;
  return (name, path) => {
    const [again, own] = [seen, name === 'readFile' && isOwnCode(path)];
    seen ||= own;
    return own && again;
  };
}

/** Every call of the disk. What is closed is closed: a descriptor that stays open would be the torture's own. */
function disk(at) {
  const counter = new Counter(at);
  const isSkipped = ownCodeAgain();
  const release = replaceDisk((system) =>
    Object.fromEntries(
      Object.entries(CODES).map(([name, code]) => [
        name,
        (...values) => {
          if (isSkipped(name, values[0]) || !counter.hits(name)) return system[name](...values);
          if (name === 'close') system.close(...values);
          return failWith(code);
        },
      ]),
    ),
  );
  return { counter, release };
}

/** Reads and writes that do a part of what was asked: no failure. */
function short(at) {
  const counter = new Counter(at);
  const half = (name, length) => (counter.hits(name) && length > 1 ? Math.ceil(length / 2) : length);
  const release = replaceDisk((system) => ({
    write: (descriptor, bytes, from, length) => system.write(descriptor, bytes, from, half('write', length)),
    read: (descriptor, target, from, length, position) =>
      system.read(descriptor, target, from, half('read', length), position),
  }));
  return { counter, release };
}

/** Writes that do a part of what was asked, after which nothing fits. */
function torn(at) {
  const counter = new Counter(at);
  const release = replaceDisk((system) => ({
    write: (descriptor, bytes, from, length) => {
      if (counter.fired !== undefined) failWith('ENOSPC');
      return system.write(descriptor, bytes, from, counter.hits('write') ? Math.ceil(length / 2) : length);
    },
  }));
  return { counter, release };
}

const DATABASE = Database.prototype;
const STATEMENT = statementPrototype();

function statementPrototype() {
  const database = new Database(':memory:');
  const prototype = Object.getPrototypeOf(database.prepare('SELECT 1'));
  database.close();
  return prototype;
}

/** What `new Database` of better-sqlite3 calls. */
const ADDON = createRequire(import.meta.url)('better-sqlite3/build/Release/better_sqlite3.node');

/** Every call of SQLite reports that the disk does not answer, every opening that it cannot be had. */
function sqlite(at) {
  const counter = new Counter(at);
  const patched = [
    [DATABASE, 'prepare'],
    [DATABASE, 'exec'],
    [DATABASE, 'pragma'],
    [STATEMENT, 'run'],
    [STATEMENT, 'get'],
    [STATEMENT, 'all'],
    [STATEMENT, 'iterate'],
  ];
  const originals = patched.map(([prototype, name]) => prototype[name]);
  patched.forEach(([prototype, name], index) => {
    prototype[name] = function (...values) {
      if (counter.hits(name)) throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_READ');
      return originals[index].apply(this, values);
    };
  });
  const closed = failingOpening(() => counter.hits('new Database'));
  return {
    counter,
    release: () => {
      closed();
      patched.forEach(([prototype, name], index) => {
        prototype[name] = originals[index];
      });
    },
  };
}

/** Databases for which `fails(path)` is true cannot be opened, until what is returned is called. */
export function failingOpening(fails) {
  const { Database: original } = ADDON;
  ADDON.Database = function (path, ...values) {
    if (fails(path)) throw new Database.SqliteError('unable to open database file', 'SQLITE_CANTOPEN');
    return new original(path, ...values);
  };
  return () => {
    ADDON.Database = original;
  };
}

/** A store that can grow by `at` pages, then it is full: SQLite's own failure, wherever it comes. */
function full(at) {
  const counter = { calls: at + 1, fired: undefined };
  const { pragma } = DATABASE;
  DATABASE.pragma = function (text, ...values) {
    const result = pragma.call(this, text, ...values);
    if (text.startsWith('journal_mode'))
      pragma.call(this, `max_page_count = ${Math.max(1, pragma.call(this, 'page_count', { simple: true }) + at)}`);
    return result;
  };
  const noticing = (original) =>
    function (...values) {
      try {
        return original.apply(this, values);
      } catch (error) {
        if (error.code === 'SQLITE_FULL') counter.fired = 'a page';
        throw error;
      }
    };
  const [run, exec] = [STATEMENT.run, DATABASE.exec];
  STATEMENT.run = noticing(run);
  DATABASE.exec = noticing(exec);
  return {
    counter,
    release: () => {
      Object.assign(DATABASE, { pragma, exec });
      STATEMENT.run = run;
    },
  };
}

/** Kinds by name: `arm(at)` gives the counter and what ends the fault. */
export const FAULTS = { disk, short, torn, sqlite, full };
