/** The mutants of a known function: which there are, and that a weak test lets through what a strong one does not. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../study/toy.js';
import { randomOf } from '../torture/random.mjs';
import { testsFor, type Seen } from './choice.mjs';
import { partsOf } from './helpers.mjs';
import { marked } from './marks.mjs';
import { applied, mutantsOf } from './operators.mjs';
import { sampled } from './sample.mjs';
import { entered } from './undisturbed.mjs';

const PATH = 'src/toys/fee.ts';
const CODE = `export const LIMIT = 10;
/** Three for each, from ten on one less in all. */
export function fee(count: number): number {
  if (count < 0) throw new RangeError('not so few');
  return count >= LIMIT ? 3 * count - 1 : 3 * count;
}`;

type Fee = (count: number) => number;

/** The function of a text, as a program would load it. */
function load(code: string): Fee {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  });
  const exported: { fee?: Fee } = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  new Function('exports', outputText)(exported);
  if (exported.fee === undefined) throw new Error('no fee');
  return exported.fee;
}

function throws(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch {
    return true;
  }
}
const weak = (fee: Fee): boolean => fee(20) === 59 && fee(2) === 6;
const strong = (fee: Fee): boolean =>
  weak(fee) && fee(10) === 29 && fee(9) === 27 && fee(0) === 0 && throws(() => fee(-1));

const mutants = mutantsOf(PATH, CODE);
const passes = (test: (fee: Fee) => boolean, code: string): boolean =>
  !throws(() => {
    if (!test(load(code))) throw new Error('wrong');
  });
const survivors = (test: (fee: Fee) => boolean): string[] =>
  mutants
    .filter((mutant) => passes(test, applied(CODE, mutant)))
    .map(({ line, original, replacement }) => `${line}: ${original} → ${replacement}`);

describe('mutants of a known function', () => {
  it('are in functions only, and leave messages alone', () => {
    expect(mutants.length).toBeGreaterThan(15);
    expect(
      mutants.filter(({ line, original }) => line < 4 || (original.includes('few') && !original.startsWith('throw'))),
    ).toEqual([]);
    expect(new Set(mutants.map(({ kind }) => kind))).toEqual(
      new Set(['condition', 'number', 'operator', 'return', 'statement']),
    );
  });

  it('are killed by a test that looks at both sides of each boundary', () => {
    expect(passes(strong, CODE)).toBe(true);
    expect(survivors(strong)).toEqual([]);
  });

  it('survive a test that does not', () => {
    expect(survivors(weak)).toEqual([
      '4: < → <=',
      '4: 0 → (0 + 1)',
      '4: 0 → (0 - 1)',
      "4: throw new RangeError('not so few'); → ;",
      '5: >= → >',
    ]);
  });

  it.each([
    ['x => x && [1]', ['&& → ||', '1 → (1 + 1)', '1 → (1 - 1)', '[1] → []']],
    ["() => { f('a', true); }", ["f('a', true); → ;", "'a' → ''", 'true → false']],
    ['() => Math.min(a, -b)', ['min → max', '-b → b']],
    ['() => { i++; while (on) --i; }', ['i++; → ;', 'i++ → i--', 'on → !(on)', '--i; → ;', '--i → ++i']],
    ['(a: 1 | 2, b: "x") => a', []],
    ['() => `${a}b`', ["`${a}b` → ''"]],
  ])('of %s', (body, changes) => {
    expect(
      mutantsOf(PATH, `const f = ${body};`)
        .map(({ original, replacement }) => `${original} → ${replacement}`)
        .sort(),
    ).toEqual([...changes].sort());
  });
});

describe('a sample', () => {
  const other = mutantsOf('src/games/fee.ts', CODE);

  it('has of each room its share, of what compiles, and again the same with the same seed', () => {
    const draw = (seed: number) =>
      sampled([...mutants, ...other, ...other], 12, randomOf(seed), ({ kind }) => kind !== 'return');
    expect(
      draw(1)
        .map(({ path }) => path.split('/')[1])
        .sort(),
    ).toEqual([...Array<string>(8).fill('games'), ...Array<string>(4).fill('toys')]);
    expect(draw(1).filter(({ kind }) => kind === 'return')).toEqual([]);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});

describe('the tests for a mutant', () => {
  const NAME = `${PATH}#0`;
  const one = (id: string, seconds: number, ...functions: string[]) => ({ id, seconds, functions: new Set(functions) });
  const file = (seconds: number, ...functions: string[]) => ({
    seconds,
    functions: new Set(functions),
    tests: [one('a', 0.1, ...functions)],
  });
  const runs = (found: ReadonlyMap<string, Seen>, seconds: number) =>
    testsFor(mutants[0], found, seconds).map(({ test, ids }) => [test.slice(5, -8), ...(ids ?? [])].join(' '));

  it('are those that enter its function: its mirror, its room, the quickest', () => {
    const found = new Map([
      ['test/games/a.test.ts', file(1, NAME)],
      ['test/toys/slow.test.ts', file(2, NAME)],
      ['test/toys/quick.test.ts', file(1.5, NAME)],
      ['test/toys/fee.test.ts', file(2.5, NAME)],
      ['test/toys/blind.test.ts', file(1, `${PATH}#1`)],
    ]);
    expect(runs(found, 100)).toEqual(['toys/fee', 'toys/quick', 'toys/slow', 'games/a']);
    expect(runs(found, 5.5)).toEqual(['toys/fee', 'toys/quick', 'games/a']);
    expect(runs(found, 1)).toEqual(['toys/fee']);
  });

  it('are of a long file the quickest that enter it, all of them where the file itself does', () => {
    const tests = [one('slow', 20, NAME), one('blind', 1), one('quick', 2, NAME), one('middle', 5, NAME)];
    const long = (...functions: string[]) =>
      new Map([['test/toys/fee.test.ts', { seconds: 30, functions: new Set(functions), tests }]]);
    expect(runs(long(), 100)).toEqual(['toys/fee quick middle slow']);
    expect(runs(long(), 9)).toEqual(['toys/fee quick middle']);
    expect(runs(long(), 1)).toEqual(['toys/fee quick']);
    expect(runs(long(NAME), 11)).toEqual(['toys/fee blind quick middle']);
  });

  it('have entered what was said while they ran', () => {
    expect(entered('f\n@1\ng\nf\n@\nh\n@2\n@\n@1\nk\n')).toEqual(
      new Map([
        ['', new Set(['f', 'h'])],
        ['1', new Set(['g', 'f', 'k'])],
      ]),
    );
  });
});

it('a test is made of itself and of the helpers that it names, directly or not', () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'test/toys'), { recursive: true });
  const files = {
    'test/toys/fee.test.ts':
      "import { a } from './a.js'; import { fee } from '../../src/toys/fee.js'; import { it } from 'vitest'; const none = './none.js';",
    'test/toys/a.ts': "const worker = new URL('../worker.mjs', import.meta.url); const folder = '../toys';",
    'test/worker.mjs': "import './toys/a.js';",
    'test/other.ts': '',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  expect(partsOf(root, 'test/toys/fee.test.ts')).toEqual([
    'test/toys/a.ts',
    'test/toys/fee.test.ts',
    'test/worker.mjs',
  ]);
});

it('a function says that it is entered, and does what it did', () => {
  const seen: string[] = [];
  const code = marked('a.ts', 'exports.fee = (n) => [n].map((m) => m + 1)[0]; function never() { return 1; }');
  const running = globalThis as { basinSeen?: (name: string) => void };
  running.basinSeen = (name) => void seen.push(name);
  try {
    expect(load(code)(1)).toBe(2);
  } finally {
    delete running.basinSeen;
  }
  expect(seen).toEqual(['a.ts#0', 'a.ts#1']);
});
