/** An installation that is not whole, or was made for something else: one line, exit code 2, and what to do. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { moduleProblem } from '../../src/base/installation.js';
import { deathProblem, probe } from '../../src/app/machine/probing.js';
import { isRefusal, scratchFolder } from './basin.js';

const ROOT = join(import.meta.dirname, '..', '..');

describe('an error of loading', () => {
  it('names both versions of Node', () => {
    const message =
      'The module was compiled against a different Node.js version using\nNODE_MODULE_VERSION 115. This version of Node.js requires\nNODE_MODULE_VERSION 127. Please try re-compiling';
    expect(moduleProblem(message, 'ERR_DLOPEN_FAILED')).toMatch(
      /^basin was set up with another Node \(module version 115\) than this v\S+ \(127\): run npm run setup/,
    );
  });

  it('of a part that is missing or broken is one line', () => {
    expect(moduleProblem('x.node: invalid ELF header', 'ERR_DLOPEN_FAILED')).toBe(
      'a part of basin cannot be loaded: run npm run setup, or raise ulimit -n (x.node: invalid ELF header)',
    );
    expect(moduleProblem('Could not locate the bindings file. Tried:\n → a\n → b', undefined)).toMatch(
      /^a part .*run npm run setup, or raise ulimit -n \(Could not locate the bindings file\. Tried:\)$/,
    );
    expect(moduleProblem("Cannot find package 'vega'", 'ERR_MODULE_NOT_FOUND')).toContain('npm run setup');
  });

  it('of what only queues need says what to install', () => {
    expect(moduleProblem("Cannot find package 'bullmq' imported from x", 'ERR_MODULE_NOT_FOUND')).toBe(
      'queues need bullmq: npm install bullmq ioredis, and pg for PostgreSQL',
    );
  });

  it('that says nothing of the installation is left alone', () => {
    expect(moduleProblem('x must be finite', undefined)).toBeUndefined();
    expect(moduleProblem('no such file', 'ENOENT')).toBeUndefined();
  });
});

describe('the probe', () => {
  it('finds that all works here', () => {
    const results = probe();
    expect(results.map(({ step, problem }) => [step, problem])).toEqual([
      ['database', null],
      ['addon', null],
      ['product', null],
      ['worker', null],
    ]);
    expect(results[1].found).toMatchObject({ vectorTarget: expect.any(String) as string });
  });

  it('names the step that kills its process, and tries the others', () => {
    const killer = join(scratchFolder(), 'killer.cjs');
    writeFileSync(
      killer,
      `const write = process.stdout.write.bind(process.stdout);
      process.stdout.write = (text) => { if (text.includes('"product"')) process.kill(process.pid, 'SIGILL'); return write(text); };`,
    );
    const results = probe(['addon', 'product', 'database'], {
      ...process.env,
      NODE_OPTIONS: `--require ${killer}`,
      OPENBLAS_CORETYPE: undefined,
    });
    expect(results.map(({ step, problem }) => [step, problem === null])).toEqual([
      ['addon', true],
      ['product', false],
      ['database', true],
    ]);
    expect(results[1].problem).toMatch(
      /^multiplying two matrices ends the process \(SIGILL\): OpenBLAS has chosen kernels/,
    );
  });

  it('blames what the environment has chosen', () => {
    expect(deathProblem('product', 'SIGILL', 'SkylakeX')).toBe(
      'multiplying two matrices ends the process (SIGILL): OPENBLAS_CORETYPE=SkylakeX chooses kernels that this processor cannot run; unset it, or choose others',
    );
    expect(deathProblem('worker', 'exit code 7: ', undefined)).toContain('npm run setup');
  });
});

describe('a program without its packages', () => {
  const folder = scratchFolder();

  it('says so in one line', () => {
    mkdirSync(join(folder, 'bin'));
    for (const part of ['bin/basin.js', 'package.json']) cpSync(join(ROOT, part), join(folder, part));
    const run = (): ReturnType<typeof spawnSync> =>
      spawnSync(process.execPath, [join(folder, 'bin', 'basin.js'), 'list'], { encoding: 'utf8' });
    const asRun = ({ status, stdout, stderr }: ReturnType<typeof run>) => ({
      code: status,
      stdout: String(stdout),
      stderr: String(stderr),
    });
    expect(asRun(run())).toMatchObject({ code: 2, stderr: 'basin: not built: run npm run setup\n' });
    cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
    const without = asRun(run());
    expect(isRefusal(without), without.stderr).toBe(true);
    expect(without.stderr).toContain('run npm run setup');
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    expect(asRun(run()).code).toBe(0);
  });
});
