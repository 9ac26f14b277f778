/** The recipes of CONTRIBUTING.md, done as they are written: a recipe that went out of date fails. */
import { existsSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { writeNpy } from '../src/io/npy.js';
import { Copy, misplaced, recipeOf, type Step, type Told } from './recipes/recipe.js';

/** Recipes that build the addon take a minute of CPU time or more. */
const isEvery = process.env['BASIN_EVERY_RECIPE'] !== undefined;

const made: Copy[] = [];
let copy: Copy;

afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

function fresh(...parts: readonly string[]): Copy {
  copy = new Copy(['bin', 'src', 'dist', 'fonts', 'package.json', 'tsconfig.json', 'vitest.config.ts', ...parts]);
  made.push(copy);
  return copy;
}

function succeeded({ code, said }: Told): void {
  expect(code, said).toBe(0);
}

interface StudyDocument {
  readonly complete: boolean;
  readonly experiments: readonly [
    { readonly cells: readonly { readonly measures: Readonly<Record<string, { readonly value: number }>> }[] },
  ];
}

/** A study of a few trials runs with a word of the vocabulary. */
function runsStudy(setting: string, more = ''): StudyDocument['experiments'][0] {
  writeFileSync(
    copy.path('study.yaml'),
    `title: a recipe\ngrid: {K: 2, d: 4, n: 50, labels: regression, teacherScale: 1, starts: 2, iterations: 30, ${setting}}\ntrials: 3\n${more}`,
  );
  const told = copy.basin('run', 'study.yaml', '--out', 'study', '--workers', '1', '--json');
  succeeded(told);
  // What stderr says stands behind the document.
  const document = told.said.slice(0, told.said.lastIndexOf('\n}') + 2);
  const { complete, experiments } = JSON.parse(document) as StudyDocument;
  expect(complete).toBe(true);
  return experiments[0];
}

function fits(activation: string, loss: string): void {
  writeFileSync(copy.path('X.csv'), '0.5,1\n-1,0.25\n2,-0.75\n');
  writeFileSync(copy.path('y.csv'), '0.5\n0.25\n-0.5\n');
  writeNpy(copy.path('start.npy'), Float64Array.of(0.1, 0.2, -0.3, 0.4), [2, 2]);
  const told = copy.basin(
    'fit',
    '--x',
    'X.csv',
    '--y',
    'y.csv',
    '--activation',
    activation,
    '--loss',
    loss,
    '--start',
    'start.npy',
    '--step-size',
    '0.1',
    '--iterations',
    '50',
    '--out',
    'fitted',
    '--json',
  );
  succeeded(told);
  expect(told.said).toContain('"status": "iterations"');
}

/** An entry of a table without one of its lines does not type check. */
function without(step: Step, line: RegExp): Step {
  const lines = step.lines.replace(line, '');
  expect(lines).not.toBe(step.lines);
  return { ...step, lines };
}

it.each([
  ['New activation', 3],
  ['New loss', 3],
  ['New input law', 1],
  ['New teacher', 1],
  ['New measure', 4],
  ['New figure', 4],
  ['New command', 5],
  ['New kernel', 9],
  ['New optimizer', 5],
])('%s has %i steps, each at its place', (title, steps) => {
  const recipe = recipeOf(title);
  expect(recipe).toHaveLength(steps);
  expect(recipe.map(misplaced).filter((problem) => problem !== undefined)).toEqual([]);
});

/** The steps of a recipe in a copy of what runs: what they touch is transpiled alone. */
function doneIn(title: string): void {
  fresh('build/Release/basin.node', 'docs');
  const steps = recipeOf(title);
  for (const step of steps) copy.do(step);
  for (const file of new Set(steps.map((step) => step.file))) if (file.startsWith('src/')) copy.transpile(file);
}

it('a new measure is in the tables of studies', () => {
  doneIn('New measure');
  const { cells } = runsStudy('inputs: gaussian', 'measures: [relativeNorm]\n');
  expect(cells[0].measures['relativeNorm'].value).toBeGreaterThan(0);
});

it('a new figure is an experiment like any other', () => {
  doneIn('New figure');
  const told = copy.basin('reproduce', 'fu2018-radius', '--scale', 'smoke', '--out', 'radius', '--workers', '1');
  succeeded(told);
  expect(existsSync(copy.path('radius/figures/fu2018-radius.svg'))).toBe(true);
});

it('a new command runs, and is in the help', () => {
  doneIn('New command');
  writeNpy(copy.path('W.npy'), Float64Array.of(3, 4, 5, 12), [2, 2]);
  expect(copy.basin('norms', 'W.npy', '--json')).toEqual({
    code: 0,
    said: '{\n  "norms": [\n    5,\n    13\n  ]\n}\n',
  });
  expect(copy.basin('--help').said).toContain('norms');
});

it.runIf(isEvery)('a new measure, figure and command compile, and pass the tests that sweep them', () => {
  fresh('build/Release/basin.node', 'docs', 'examples', 'test');
  for (const title of ['New measure', 'New figure', 'New command']) for (const step of recipeOf(title)) copy.do(step);
  succeeded(copy.compile());
  succeeded(
    copy.tests(
      'test/experiments/own/measures.test.ts',
      'test/experiments/stored.test.ts',
      'test/experiments/keeper.test.ts',
      'test/docs/coverage.test.ts',
      'test/cli/program.test.ts',
    ),
  );
});

describe('a new input law', () => {
  it('is a law of studies', () => {
    const [step] = recipeOf('New input law');
    fresh('build/Release/basin.node').do(step);
    copy.transpile(step.file);
    runsStudy('inputs: sech');
  });

  it.runIf(isEvery)('compiles, and is what its entry says', () => {
    fresh('build/Release/basin.node', 'test').do(recipeOf('New input law')[0]);
    succeeded(copy.compile());
    succeeded(copy.tests('test/core/networks/inputs.test.ts', 'test/core/score/densities.test.ts'));
  });

  it.runIf(isEvery)('without a part of its entry does not compile; with a wrong one its tests fail', () => {
    const [step] = recipeOf('New input law');
    fresh().do(without(step, /^ *moments: .*\n/m));
    expect(copy.compile()).toEqual({
      code: 2,
      said: expect.stringContaining("Property 'moments' is missing") as string,
    });
    fresh('build/Release/basin.node', 'test').do({ ...step, lines: step.lines.replace('fourth: 5', 'fourth: 6') });
    expect(copy.tests('test/core/networks/inputs.test.ts')).toEqual({
      code: 1,
      said: expect.stringContaining('fourth moment of coordinate 0') as string,
    });
  });
});

describe.runIf(isEvery)('a new teacher', () => {
  it('is a teacher of studies and is what its entry says', () => {
    fresh('build/Release/basin.node', 'test').do(recipeOf('New teacher')[0]);
    succeeded(copy.compile());
    runsStudy('teacher: gaussian-rows');
    succeeded(copy.tests('test/core/networks/teachers.test.ts'));
  });
});

describe.runIf(isEvery)('a new activation, loss, kernel and optimizer', () => {
  const native = ['native', 'binding.gyp', 'test', 'examples'];

  it('work everywhere, and are what their entries say', () => {
    fresh(...native);
    for (const title of ['New activation', 'New loss', 'New kernel', 'New optimizer'])
      for (const step of recipeOf(title)) copy.do(step);
    succeeded(copy.compile());
    succeeded(copy.buildAddon());
    succeeded(copy.basin('quantities', '--activation', 'swish:1.702', '--sigma', '1'));
    fits('swish', 'huber');
    runsStudy('activation: [swish, "swish:0.5"], loss: huber');
    succeeded(
      copy.tests(
        'test/core/networks/activations.test.ts',
        'test/core/networks/losses.test.ts',
        'test/core/kernels',
        'test/native/exports.test.ts',
        'test/experiments/digests.test.ts',
      ),
    );
  });

  it('without a step in C++ are refused by name', () => {
    const [, , entry] = recipeOf('New activation');
    fresh('build/Release/basin.node').do(entry);
    succeeded(copy.compile());
    writeFileSync(copy.path('study.yaml'), 'title: a recipe\ngrid: {K: 2, d: 4, n: 50}\ntrials: 1\n');
    const told = copy.basin('run', 'study.yaml', '--out', 'study', '--workers', '1');
    expect(told.code).toBe(2);
    expect(told.said).toMatch(
      /^basin: the native addon and src\/core know other words: activation 'swish' is missing in native\/kernels\/words\.h.*\n$/,
    );
  });
});
