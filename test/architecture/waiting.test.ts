import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forbiddenWaits, idlePermissions, readTests } from './waiting.js';

const files = readTests(join(import.meta.dirname, '..'));

describe('tests wait for what they need to see, never for a time', () => {
  it('no sleep, no clock, no limit', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(forbiddenWaits(files)).toEqual([]);
  });

  it('every permission is used', () => {
    expect(idlePermissions(files)).toEqual([]);
    expect(idlePermissions([])).toContain('until.ts does not use setTimeout');
  });
});

describe('the rule sees', () => {
  it.each([
    ["import { setTimeout as rest } from 'node:timers/promises';", 'setTimeout'],
    ['await new Promise((wake) => setTimeout(wake, 100));', 'setTimeout'],
    ['const end = Date.now() + 1000;', 'Date'],
    ['expect(performance.now() - begin).toBeLessThan(5);', 'performance'],
    ['const begin = process.hrtime.bigint();', 'hrtime'],
    ['await vi.waitUntil(() => done);', 'waitUntil'],
    ['Atomics.wait(words, 0, 0, 1000);', 'Atomics.wait'],
    ["spawnSync('basin', [], { timeout: 1000 });", 'timeout'],
    ["it('is quick', { timeout: 1000 }, () => undefined);", 'timeout'],
    ["it('is quick', () => undefined, 60_000);", 'a limit of its own'],
    ["it.each([1])('is quick', () => undefined, 60_000);", 'a limit of its own'],
    ['beforeAll(() => undefined, 1000);', 'a limit of its own'],
    ["execFileSync('sh', ['-c', 'sleep 1; kill 1']);", 'sleep'],
  ])('%s', (text, name) => {
    expect(forbiddenWaits([{ path: 'some.test.ts', text }])).toEqual([`some.test.ts waits by ${name}`]);
  });

  it('scripts, too', () => {
    expect(forbiddenWaits([{ path: 'a.sh', text: 'sleep 2\n' }])).toEqual(['a.sh waits by sleep']);
  });

  it('nothing in words about it', () => {
    expect(
      forbiddenWaits([
        { path: 'a.ts', text: "// Date.now\nf('setTimeout'); Atomics.wait(words, 0, 0); it('a', g); h(1, 2);" },
      ]),
    ).toEqual([]);
  });
});
