/** The programs that run before anything is built: bin/basin.js and the counts that close CI. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'basin-start-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function node(...parameters: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, parameters, { cwd: folder, encoding: 'utf8' });
}

describe('bin/basin.js', () => {
  const program = join(folder, 'bin', 'basin.js');
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  copyFileSync(join(ROOT, 'bin', 'basin.js'), program);

  it('says what to do when nothing is built', () => {
    expect(node(program, 'list')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'basin: not built: run npm run setup\n',
    });
  });

  it('runs the program beside it with one BLAS thread, and takes over its exit code', () => {
    mkdirSync(join(folder, 'dist', 'cli'), { recursive: true });
    mkdirSync(join(folder, 'build', 'Release'), { recursive: true });
    writeFileSync(join(folder, 'build', 'Release', 'basin.node'), '');
    const main =
      'export const main = async (words) => { console.log(words.join(), process.env.OPENBLAS_NUM_THREADS); return 3; };';
    writeFileSync(join(folder, 'dist', 'cli', 'main.js'), main);
    expect(node(program, 'a', 'b')).toMatchObject({ status: 3, stdout: 'a,b 1\n', stderr: '' });
  });
});

describe('.ci/counts.mjs', () => {
  const counts = (report: string): { status: number | null; stdout: string } => {
    writeFileSync(join(folder, 'report.json'), report);
    return node(join(ROOT, '.ci', 'counts.mjs'), join(folder, 'report.json'));
  };
  const report = (passed: number, failed: number, skipped = 0, success = failed === 0): string =>
    JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, success });

  it('names the tests that failed, and the files that could not be loaded', () => {
    const testResults = [
      {
        name: join(folder, 'test', 'a.test.ts'),
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'good', failureMessages: [] },
          { status: 'failed', fullName: 'a sum', failureMessages: ['AssertionError: expected 1\n  at a'] },
        ],
      },
      { name: join(folder, 'test', 'b.test.ts'), status: 'failed', message: 'no such module\n', assertionResults: [] },
    ];
    const text = JSON.stringify({ ...JSON.parse(report(1, 1)), testResults });
    expect(counts(text).stdout).toBe(
      'failed: test/a.test.ts: a sum: AssertionError: expected 1\nfailed: test/b.test.ts: no such module\n1 passed, 1 failed\n',
    );
  });

  it.each([
    ['all passed', report(3, 0), 0, '3 passed, 0 failed\n'],
    ['some skipped', report(3, 0, 2), 0, '3 passed, 0 failed, 2 skipped\n'],
    ['a test failed', report(2, 1), 1, '2 passed, 1 failed\n'],
    ['a file could not be loaded', report(2, 0, 0, false), 1, '2 passed, 0 failed\n'],
    ['no test ran', report(0, 0), 1, '0 passed, 0 failed\n'],
    ['no report', '', 1, '0 passed, 0 failed\n'],
  ])('%s', (_, text, status, stdout) => {
    expect(counts(text)).toMatchObject({ status, stdout });
  });
});
