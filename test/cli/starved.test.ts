/**
 * A machine that does not give what the program needs to start: one line, and never the exit code of a claim that
 * fails.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BIN, isRefusal, type Run } from './basin.js';

/** `basin …args` within a limit of the shell. */
function within(limit: string, ...args: string[]): Run {
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', `ulimit ${limit}; exec "$@"`, 'sh', process.execPath, ...args],
    { encoding: 'utf8' },
  );
  return { code: status, stdout, stderr };
}

describe('few file descriptors', () => {
  // How many Node itself needs depends on its version: with too few it ends before basin begins.
  const ofNode = ({ stderr }: Run): boolean => stderr.startsWith('node:internal/');
  const limits = [20, 24, 28, 32, 40, 50, 60];

  it.each(['schema', 'report'])('for %s are one line that says which limit to raise', (command) => {
    const study = mkdtempSync(join(tmpdir(), 'basin-starved-'));
    writeFileSync(join(study, 'basin.sqlite'), '');
    const runs = limits.map((limit) => within(`-n ${limit}`, BIN, command, ...(command === 'report' ? [study] : [])));
    rmSync(study, { recursive: true });
    const starved = runs.filter((run) => run.stderr !== '' && !ofNode(run) && !run.stderr.includes('is damaged'));
    expect(starved.length + runs.filter(ofNode).length).toBeGreaterThan(0);
    for (const run of starved) {
      expect(isRefusal(run), run.stderr).toBe(true);
      expect(run.stderr).toContain('ulimit -n');
    }
  });
});

describe('an error that nobody catches', () => {
  /**
   * `basin schema` while something throws as soon as somebody listens; without a listener it must not go on for ever.
   */
  function whileThrowing(error: string): Run {
    const thrower = `let turns = 0; const at = setInterval(() => { if (++turns > 1000 || process.listenerCount("uncaughtException") > 0) { clearInterval(at); throw ${error}; } }, 1);`;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(thrower)}`, BIN, 'schema'],
      { encoding: 'utf8' },
    );
    return { code: status, stdout, stderr };
  }

  it('is one line, and not the exit code of a claim that fails', () => {
    const { code, stderr } = whileThrowing('new Error("odd\\nlines")');
    expect([2, 4]).toContain(code);
    expect(stderr).toMatch(/^basin: [^\n]*odd lines[^\n]*\n$/);
  });

  it('is a small stack where it says so', () => {
    const { code, stderr } = whileThrowing('new RangeError("Maximum call stack size exceeded")');
    expect([code, stderr]).toEqual([
      2,
      'basin: the stack is too small: give node a larger --stack-size, or none (Maximum call stack size exceeded)\n',
    ]);
  });
});

describe('an address space that is too small for a training set', () => {
  it('throws inside the trial, and the process goes on', () => {
    const kernels = new URL('../../dist/core/kernels/native.js', import.meta.url).href;
    const script = `import { loadNativeKernels } from '${kernels}';
      try { loadNativeKernels().allocateInputs(90000, 10000); } catch (error) { console.log(error instanceof RangeError, error.message); }`;
    expect(within('-v 5000000', '--input-type=module', '-e', script)).toEqual({
      code: 0,
      stdout: 'true Array buffer allocation failed\n',
      stderr: '',
    });
  });
});
