/** A program whose addon is missing: what can run runs, the rest says what to do. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isRefusal, scratchFolder, type Run } from './basin.js';

const ROOT = join(import.meta.dirname, '..', '..');
const folder = scratchFolder();

function unbuilt(...args: string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'bin', 'basin.js'), ...args], {
    encoding: 'utf8',
    cwd: folder,
  });
  return { code: status, stdout, stderr };
}

beforeAll(() => {
  mkdirSync(join(folder, 'bin'));
  for (const part of ['bin/basin.js', 'package.json', 'dist'])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
});

describe('without the addon', () => {
  it('reproduce refuses in one line that says npm run setup, and writes nothing', () => {
    const run = unbuilt('reproduce', 'fu2018-fig2', '--scale', 'smoke', '--out', 'study');
    expect(isRefusal(run), run.stderr).toBe(true);
    expect(run.stderr).toContain('npm run setup');
    expect(spawnSync('ls', [folder], { encoding: 'utf8' }).stdout).not.toContain('study');
  });

  it('doctor explains, with exit code 2', () => {
    const { code, stdout } = unbuilt('doctor', '--json');
    expect(code).toBe(2);
    expect((JSON.parse(stdout) as { addon: null; problems: string[] }).problems[0]).toContain('npm run setup');
  });

  it('quantities and list need no addon', () => {
    expect(unbuilt('quantities', '--activation', 'sigmoid', '--sigma', '1').code).toBe(0);
    expect(unbuilt('list').code).toBe(0);
  });
});
