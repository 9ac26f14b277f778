import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildOf, codeOfProgram, ENTRIES } from '../../../src/study/provenance/build.js';
import { packageClosure } from '../../../src/study/provenance/packages.js';
import { temporaryFolder } from '../toy.js';

const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));

const FILES: Readonly<Record<string, string>> = {
  'dist/pool/worker.js': "import { a } from '../core/a.js';\nexport { b, c, } from\n  '../core/b.js';",
  'dist/pool/laboratory.js': "const late = await import('../core/late.js'); import '../core/bare.js';",
  'dist/study/grid/cells.js': '',
  'dist/study/leases/work.js': "import 'piscina';\nimport x from '@scope/name/part';\nimport 'node:fs';",
  'dist/study/leases/rows.js': 'const text = \'taken from "./nowhere.js"\';',
  'dist/core/a.js': "export * from './deep.js';",
  'dist/core/deep.js': "import { a } from './a.js';",
  'dist/core/b.js': '',
  'dist/core/late.js': '',
  'dist/core/bare.js': '',
  'dist/core/unused.js': '',
  addon: 'bytes',
  'node_modules/piscina/package.json': '{"version":"1.0.0","dependencies":{"leaf":"*"}}',
  'node_modules/leaf/package.json': '{"version":"1.0.0"}',
  'node_modules/@scope/name/package.json': '{"version":"1.0.0","dependencies":{"leaf":"*"}}',
  'node_modules/@scope/name/node_modules/leaf/package.json': '{"version":"2.0.0"}',
};

function program(changes: Readonly<Record<string, string>> = {}): string {
  const root = temporaryFolder();
  for (const [name, text] of Object.entries({ ...FILES, ...changes })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const build = (changes?: Readonly<Record<string, string>>): string => {
  const root = program(changes);
  return buildOf('0.1.0', join(root, 'addon'), join(root, 'dist'));
};

describe('the code of a program', () => {
  it('is what its entries import, in every way of writing it', () => {
    const root = program();
    const { files, packages } = codeOfProgram(join(root, 'dist'));
    const names = ['core/a.js', 'core/b.js', 'core/bare.js', 'core/deep.js', 'core/late.js', ...ENTRIES.toSorted()];
    expect(files).toEqual(names.map((name) => join(root, 'dist', name)));
    expect(packages).toEqual(['@scope/name/part', 'piscina']);
  });

  it('of basin has all that a trial passes through, and nothing of reports and commands', () => {
    const { files } = codeOfProgram(DIST);
    const names = files.map((file) => file.slice(DIST.length));
    expect(names).toEqual(
      expect.arrayContaining([
        'core/descent/descent.js',
        'core/kernels/native.js',
        'experiments/own/trial.js',
        'experiments/papers/fu2018/fig3.js',
        'theory/quantities.js',
        'statistics/rates.js',
        'study/grid/streams.js',
        'settings/trialSettings.js',
        'settings/cellText.js',
        'store/measures.js',
        'pool/team.js',
        'study/leases/rows.js',
      ]),
    );
    expect(names.filter((name) => /^(cli|nightly|shards|tuning|studyfile)\/|^report\/report/.test(name))).toEqual([]);
    for (const file of files) expect(readFileSync(file, 'utf8')).not.toBe('');
  });
});

describe('a build', () => {
  it('is the same wherever the program lies', () => {
    expect(build()).toBe(build());
    expect(build()).toMatch(/^0\.1\.0\+[0-9a-f]{16}$/);
  });

  it.each([
    ['dist/core/deep.js', "import { a } from './a.js'; // changed"],
    ['dist/core/late.js', '1'],
    ['dist/pool/worker.js', ''],
    ['addon', 'bytez'],
    ['node_modules/piscina/package.json', '{"version":"1.0.1"}'],
    ['node_modules/@scope/name/node_modules/leaf/package.json', '{"version":"2.0.1"}'],
  ])('is another when %s is', (name, text) => {
    expect(build({ [name]: text })).not.toBe(build());
  });

  it('is the same when what trials do not use has changed', () => {
    expect(
      build({
        'dist/core/unused.js': 'changed',
        'dist/cli/main.js': 'new',
        'node_modules/vega/package.json': '{"version":"9.0.0"}',
      }),
    ).toBe(build());
  });

  it('is another when text moves from one file to the next', () => {
    expect(build({ 'dist/core/b.js': 'x', 'dist/core/bare.js': '' })).not.toBe(
      build({ 'dist/core/b.js': '', 'dist/core/bare.js': 'x' }),
    );
  });
});

describe('packages', () => {
  it('are found as Node finds them, the nearest first, and named when they are missing', () => {
    const root = program();
    expect(packageClosure(['@scope/name/part', 'piscina', 'gone'], join(root, 'dist'))).toEqual([
      '@scope/name@1.0.0',
      'gone@none',
      'leaf@1.0.0',
      'leaf@2.0.0',
      'piscina@1.0.0',
    ]);
  });
});
