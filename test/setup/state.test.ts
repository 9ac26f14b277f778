import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inStep } from '../../scripts/setup/lockfile.mjs';
import { fingerprint } from '../../scripts/setup/stamp.mjs';

describe('node_modules in step with the lock file', () => {
  const wanted = {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'x' },
    'node_modules/for-mac': { version: '1.0.0', integrity: 'y', optional: true },
  };
  const a = { version: '1.0.0', integrity: 'x' };

  it('without the optional packages of other platforms', () => {
    expect(inStep(wanted, { 'node_modules/a': a })).toBe(true);
  });

  it.each([
    ['nothing installed', undefined],
    ['a package missing', {}],
    ['another version', { 'node_modules/a': { ...a, version: '1.0.1' } }],
    ['another tarball', { 'node_modules/a': { ...a, integrity: 'z' } }],
    ['a package too many', { 'node_modules/a': a, 'node_modules/b': a }],
  ])('not with %s', (_, installed) => {
    expect(inStep(wanted, installed)).toBe(false);
  });
});

describe('the fingerprint of a build', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'basin-stamp-'));
    mkdirSync(join(root, 'src', 'core'), { recursive: true });
    writeFileSync(join(root, 'src', 'core', 'a.ts'), 'a');
    writeFileSync(join(root, 'tsconfig.json'), '{}');
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const take = (facts: readonly string[] = ['115']): string =>
    fingerprint(root, { folders: ['src'], files: ['tsconfig.json'], facts });

  it('stays while nothing changes', () => {
    expect(take()).toBe(take());
  });

  it.each<[string, () => void]>([
    [
      'an edit',
      () => {
        appendFileSync(join(root, 'src', 'core', 'a.ts'), ' ');
      },
    ],
    [
      'a new file',
      () => {
        writeFileSync(join(root, 'src', 'b.ts'), '');
      },
    ],
    [
      'a new name',
      () => {
        renameSync(join(root, 'src', 'core', 'a.ts'), join(root, 'src', 'core', 'b.ts'));
      },
    ],
    [
      'a removed file',
      () => {
        rmSync(join(root, 'src', 'core', 'a.ts'));
      },
    ],
    [
      'an edit of a single file',
      () => {
        writeFileSync(join(root, 'tsconfig.json'), '{ }');
      },
    ],
  ])('changes with %s', (_, change) => {
    const before = take();
    change();
    expect(take()).not.toBe(before);
  });

  it('changes with a fact', () => {
    expect(take(['127'])).not.toBe(take());
  });
});
