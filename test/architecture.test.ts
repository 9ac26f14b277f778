import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  addonLoaders,
  fileUsers,
  forbiddenImports,
  forbiddenInStudy,
  importCycles,
  impurities,
  terminalUses,
} from './architecture/rules.js';
import { parseSource, readSources } from './architecture/sources.js';

const ROOT = join(import.meta.dirname, '..');
const LONGEST_FILE = 400;

describe('the source keeps its own rules', () => {
  const sources = readSources(join(ROOT, 'src'));

  it.each([
    ['imports go down only', forbiddenImports],
    ['study has an order within', forbiddenInStudy],
    ['settings, core, theory, statistics and experiments are pure', impurities],
    ['app knows no terminal', terminalUses],
    ['one file loads the addon', addonLoaders],
    ['no import cycles', importCycles],
    ['one file reads and writes', fileUsers],
  ])('%s', (_, complaints) => {
    expect(sources.length).toBeGreaterThan(50);
    expect(complaints(sources)).toEqual([]);
  });

  it(`no file is longer than ${LONGEST_FILE} lines`, () => {
    const tracked = execFileSync(
      'git',
      ['ls-files', '--cached', '--others', '--exclude-standard', 'src', 'native', 'test', 'bench', 'scripts', 'bin'],
      { cwd: ROOT, encoding: 'utf8' },
    );
    const code = tracked.split('\n').filter((path) => /\.(ts|mjs|js|cc|h)$/.test(path));
    const lengths = code.map((path) => ({
      path,
      lines: readFileSync(join(ROOT, path), 'utf8').split('\n').length - 1,
    }));
    expect(lengths.filter(({ lines }) => lines > LONGEST_FILE)).toEqual([]);
  });
});

describe('the rules see what breaks them', () => {
  const of = (path: string, text: string) => [parseSource(path, text)];

  it.each([
    [
      'core/matching/measures.ts',
      "import { f } from '../../theory/rates.js';",
      'core/matching/measures.ts imports theory/rates.ts',
    ],
    [
      'core/kernels/native.ts',
      "export type { E } from '../../experiments/spec.js';",
      'core/kernels/native.ts imports experiments/spec.ts',
    ],
    [
      'theory/rates.ts',
      "import { descent } from '../core/descent/descent.js';",
      'theory/rates.ts imports core/descent/descent.ts',
    ],
    ['statistics/rates.ts', "import { x } from '../core/streams.js';", 'statistics/rates.ts imports core/streams.ts'],
    [
      'experiments/papers/fu2018/fig3.ts',
      "const m = await import('../../../store/open.js');",
      'experiments/papers/fu2018/fig3.ts imports store/open.ts',
    ],
    [
      'study/leases/queue.ts',
      "import { all } from '../../experiments/registry.js';",
      'study/leases/queue.ts imports experiments/registry.ts',
    ],
    ['pool/worker.ts', "import '../cli/main.js';", 'pool/worker.ts imports cli/main.ts'],
    ['io/npy.ts', "let a: import('../store/schema.js').Row;", 'io/npy.ts imports store/schema.ts'],
    [
      'settings/parse.ts',
      "import type { E } from '../experiments/spec.js';",
      'settings/parse.ts imports experiments/spec.ts',
    ],
    ['store/reader.ts', "import { decode } from '../pool/trial.js';", 'store/reader.ts imports pool/trial.ts'],
    ['pool/limits.ts', "import { f } from '../report/format.js';", 'pool/limits.ts imports report/format.ts'],
    ['study/grid/values.ts', "import '../../report/table.js';", 'study/grid/values.ts imports report/table.ts'],
    ['base/whole.ts', "import { openStudy } from '../store/open.js';", 'base/whole.ts imports store/open.ts'],
    ['app/conduct.ts', "import { warn } from '../cli/say.js';", 'app/conduct.ts imports cli/say.ts'],
    ['app/conduct.ts', "import { Study } from '../library/study.js';", 'app/conduct.ts imports library/study.ts'],
    ['library/study.ts', "import { warn } from '../cli/say.js';", 'library/study.ts imports cli/say.ts'],
    [
      'shards/rounds.ts',
      "import { thisBuild } from '../app/provenance.js';",
      'shards/rounds.ts imports app/provenance.ts',
    ],
    ['extras/x.ts', '', 'extras/x.ts is in a room that the rules do not know'],
  ])('%s: %s', (path, text, complaint) => {
    expect(forbiddenImports(of(path, text))).toEqual([complaint]);
  });

  it.each([
    ['study/grid/values.ts', "import '../leases/work.js';", ['study/grid/values.ts imports study/leases/work.ts']],
    [
      'study/run/track.ts',
      "import type { R } from '../replay/replay.js';",
      ['study/run/track.ts imports study/replay/replay.ts'],
    ],
    ['study/run/track.ts', "import '../leases/queue.js'; import './watch.js'; import '../../store/reader.js';", []],
    ['study/values.ts', '', ['study/values.ts is in no room of study that the rules know']],
    ['shards/shard.ts', "import '../study/run/runner.js';", []],
  ])('within study, %s: %s', (path, text, complaints) => {
    expect(forbiddenInStudy(of(path, text))).toEqual(complaints);
  });

  it('permits what the table permits', () => {
    expect(
      forbiddenImports(
        of('pool/laboratory.ts', "import { all } from '../experiments/registry.js'; import x from 'piscina';"),
      ),
    ).toEqual([]);
    expect(
      forbiddenImports(of('theory/rates.ts', "import type { A } from '../core/networks/activations.js';")),
    ).toEqual([]);
  });

  it.each([
    ["import { readFileSync } from 'node:fs';", 'node:fs'],
    ["import { createRequire } from 'node:module';", 'node:module'],
    ["import { env } from 'node:process';", 'node:process'],
    ['const t = Date.now();', 'Date'],
    ['const t = performance.now();', 'performance'],
    ['const x = Math.random();', 'Math.random'],
    ['const draw = Math.random;', 'Math.random'],
    ["if (process.env['FAST']) go();", 'process'],
  ])('impure: %s', (text, name) => {
    expect(impurities(of('core/networks/teachers.ts', text))).toEqual([`core/networks/teachers.ts uses ${name}`]);
    expect(impurities(of('cli/progress.ts', text))).toEqual([]);
  });

  it.each([
    ["process.stderr.write('done');", 'process.stderr'],
    ['const words = process.argv.slice(2);', 'process.argv'],
    ["process.on('SIGINT', stop);", 'process.on'],
    ['process.exit(1);', 'process.exit'],
    ['console.log(1);', 'console'],
  ])('a terminal in app: %s', (text, name) => {
    expect(terminalUses(of('app/conduct.ts', text))).toEqual([`app/conduct.ts uses ${name}`]);
    expect(terminalUses(of('cli/say.ts', text))).toEqual([]);
    expect(terminalUses(of('app/conduct.ts', "const core = process.env['X'];"))).toEqual([]);
  });

  it('members of the same name are pure', () => {
    expect(
      impurities(of('core/a.ts', 'interface A { process: number } const b = { Date: 1 }; f(b.Date, x.performance);')),
    ).toEqual([]);
  });

  it('a second loader of the addon', () => {
    expect(addonLoaders(of('report/x.ts', "load('../../build/Release/basin.node');"))).toEqual([
      'report/x.ts loads the addon',
    ]);
    expect(addonLoaders(of('core/kernels/native.ts', "load('../../build/Release/basin.node');"))).toEqual([]);
  });

  it.each([
    ["import { writeFileSync } from 'node:fs';", 'writeFileSync'],
    ["import { renameSync as move } from 'fs';", 'renameSync'],
    ["import { existsSync, openSync } from 'node:fs';", 'openSync'],
    ["import { readFileSync } from 'node:fs';", 'readFileSync'],
    ["import { readdirSync, statSync } from 'node:fs';", 'readdirSync'],
    ["import { rmSync } from 'node:fs';", 'rmSync'],
    ["import * as fs from 'node:fs';", '*'],
    ["import fs from 'node:fs';", '*'],
    ["import { readFile } from 'node:fs/promises';", '*'],
    ["const fs = await import('node:fs');", '*'],
  ])('a file used elsewhere: %s', (text, name) => {
    expect(fileUsers(of('report/x.ts', text))).toEqual([`report/x.ts uses ${name} of node:fs`]);
    expect(fileUsers(of('base/disk.ts', text))).toEqual([]);
  });

  it('asking what a path is uses no file', () => {
    expect(fileUsers(of('io/files.ts', "import { existsSync, statSync, type Stats } from 'node:fs';"))).toEqual([]);
  });

  it('a cycle, of types too', () => {
    const sources = [
      parseSource('core/a.ts', "import { b } from './b.js';"),
      parseSource('core/b.ts', "import { c } from './c.js';"),
      parseSource('core/c.ts', "import type { A } from './a.js';"),
    ];
    expect(importCycles(sources)).toEqual(['core/a.ts → core/b.ts → core/c.ts → core/a.ts']);
    expect(importCycles(sources.slice(0, 2))).toEqual([]);
  });
});
