import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleModule } from '../../src/definitions/bundle.js';
import { folderWith, moduleText } from './modules.js';

const HELPER = 'export const factor = 2;\n';
const OWN = `import { factor } from './lib/helper';\n${moduleText('    return { measures: { m: factor * settings.n } };')}`;

async function digestOf(files: Readonly<Record<string, string>>, entry = 'own.ts'): Promise<string> {
  return (await bundleModule(join(folderWith(files), entry))).digest;
}

describe('the digest of a module', () => {
  const files = { 'own.ts': OWN, 'lib/helper.ts': HELPER };

  it('does not change with comments, spaces, types, the folder and what lies above it', async () => {
    const digest = await digestOf(files);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    const commented = {
      'own.ts': `// a word\n/*! a licence */\n${OWN.replaceAll('  ', '\t')}`,
      'lib/helper.ts': 'export const factor: number =   2;',
    };
    expect(await digestOf(commented)).toBe(digest);
    const deep = {
      'a/b/own.ts': OWN,
      'a/b/lib/helper.ts': HELPER,
      'a/tsconfig.json': '{"compilerOptions":{"strict":true}}',
      'a/package.json': '{"type":"commonjs"}',
    };
    expect(await digestOf(deep, 'a/b/own.ts')).toBe(digest);
  });

  it('changes with a digit in an imported helper', async () => {
    expect(await digestOf({ ...files, 'lib/helper.ts': 'export const factor = 3;\n' })).not.toBe(await digestOf(files));
  });

  it('comes with the files that it was made of', async () => {
    const code = await bundleModule(join(folderWith(files), 'own.ts'));
    expect(code.name).toBe('own.ts');
    expect(code.files.map(({ path }) => path)).toEqual(['lib/helper.ts', 'own.ts']);
    expect(code.text).not.toContain('defineExperiment=');
  });
});

describe('a module is refused', () => {
  it.each([
    ['that does not compile', 'const a = ;\n', /own\.ts:1:11: Unexpected ";"$/],
    [
      'with an import that is not there',
      "import { x } from './absent';\nconsole.log(x);\n",
      /own\.ts:1:19: Could not resolve "\.\/absent"$/,
    ],
    [
      'with a package that is not there',
      "import x from 'no-such-package';\nconsole.log(x);\n",
      /own\.ts:1:15: Could not resolve "no-such-package"$/,
    ],
    [
      'that reads files',
      "import { readFileSync } from 'node:fs';\nreadFileSync('x');\n",
      /own\.ts:1:30: 'node:fs' cannot be bundled: a definition reads no file/,
    ],
    [
      'that reads a clock',
      "import { hrtime } from 'process';\nhrtime();\n",
      /own\.ts:1:24: 'process' cannot be bundled/,
    ],
    [
      'with native code',
      "import x from './x.node';\nconsole.log(x);\n",
      /own\.ts:1:15: No loader is configured for "\.node" files: x\.node$/,
    ],
    [
      'that waits',
      'export const x = await Promise.resolve(1);\n',
      /own\.ts:1:18: Top-level await is currently not supported/,
    ],
  ])('%s', async (_, text, message) => {
    const file = join(folderWith({ 'own.ts': text, 'x.node': '' }), 'own.ts');
    await expect(bundleModule(file)).rejects.toThrow(message);
    await expect(bundleModule(file)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.not.stringContaining('\n') as unknown,
    });
  });

  it('that is not there', async () => {
    await expect(bundleModule('/nowhere/own.ts')).rejects.toThrow(
      "a module must be a file that is there, got '/nowhere/own.ts'",
    );
  });
});

it('tables and matrices of numbers may be imported', async () => {
  const text = `import table from './t.csv';\n${moduleText('    return { measures: { m: table.length } };')}`;
  expect((await bundleModule(join(folderWith({ 'own.js': text, 't.csv': '1,2\n' }), 'own.js'))).text).toContain('1,2');
});
