import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { installed, nativePart, packageVersion, releasedCommit, setUpCommand } from '../../src/base/package.js';

describe('this installation', () => {
  it('is a checkout: its files lie below package.json, and it has no commit of a release', () => {
    expect(existsSync(installed('package.json'))).toBe(true);
    expect(existsSync(installed('src/base/package.ts'))).toBe(true);
    expect(packageVersion()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(releasedCommit()).toBeUndefined();
    expect(setUpCommand()).toBe('npm run setup');
  });

  it('has its own addon; a part that is nowhere is an error that names the platform and the command', () => {
    expect(nativePart('basin.node')).toBe(installed('build/Release/basin.node'));
    expect(() => nativePart('absent.node')).toThrow(InputError);
    expect(() => nativePart('absent.node')).toThrow(
      `absent.node is not built for ${process.platform}-${process.arch}: run \`npm run setup\``,
    );
  });
});
