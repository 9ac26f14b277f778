import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import { EXPERIMENTS } from '../../src/experiments/registry.js';
import { writeNpy } from '../../src/io/npy.js';
import { widthOf } from '../../src/report/table.js';
import { tamper } from '../study/toy.js';
import { scratchFolder, flags } from './basin.js';
import { here } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const COLUMNS = 80;
const STUDY = `title: Widths of the tables of a study with a long title, which goes on and on, and of its many measures
grid: {activation: [sigmoid, squared-relu], inputs: [gaussian, laplace], K: 2, d: 4, n: [24, 48], labels: regression, noise: 0.25, starts: 2, iterations: 5, sameMinimum: 0.02}
trials: 3
measures: [recoveryRate, recoveredShare, successRate, estimationError, relativeError, finalLoss, iterations, gradientNorm]
`;

/** Lines of a table or of prose: those that name a path or an address may be as long as it is. */
function tooLong(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => widthOf(line) > COLUMNS && !line.includes(scratch) && !line.includes('study/K='));
}

/** Lines that end inside the brackets of an interval. */
function broken(text: string): string[] {
  return text.split('\n').filter((line) => /\[[^\]]*$/.test(line));
}

/** What a command prints, in this process. */
async function printed(...args: string[]): Promise<string> {
  const parts: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((part) => parts.push(String(part)) > 0);
  try {
    await (await buildProgram(() => undefined)).parseAsync(args, { from: 'user' });
  } finally {
    write.mockRestore();
  }
  return parts.join('');
}

const scratch = scratchFolder();
const at = (name: string): string => join(scratch, name);
let results = '';

beforeAll(async () => {
  writeFileSync(at('study.yaml'), STUDY);
  writeFileSync(at('other.yaml'), STUDY.replace('trials', 'seed: 2\ntrials'));
  results = (await here('run', at('study.yaml'), '--out', at('study'), '--workers', '1')).stdout;
  await here('run', at('other.yaml'), '--out', at('other'), '--workers', '1');
  // One value that is not what the trial gave: for tables of differences.
  tamper(at('other'), "UPDATE trials SET measures = with_measure(names, measures, 'finalLoss', 123456.789012345678)");
  const [X, y, W0] = [
    Float64Array.from({ length: 80 }, (_, i) => Math.sin(i * i)),
    Float64Array.from({ length: 40 }, (_, i) => i % 2),
    Float64Array.from({ length: 4 }, (_, i) => i / 3),
  ];
  writeNpy(at('X.npy'), X, [40, 2]);
  writeNpy(at('y.npy'), y, [40]);
  writeNpy(at('W0.npy'), W0, [2, 2]);
  writeNpy(at('T.npy'), Float64Array.of(1, 0, 0, 0, 0, 0, 0, 2), [2, 2, 2]);
});

describe('tables in 80 columns', () => {
  it('of the results of a study', () => {
    expect(results).toContain('recoveryRate');
    expect(results).toContain('gradientNorm');
    expect(tooLong(results)).toEqual([]);
    expect(broken(results)).toEqual([]);
    // What never varies is told once, and what does comes first.
    expect(results.match(/noise/g)).toHaveLength(1);
    expect(results).toMatch(/^ *activation +inputs +n /m);
  });

  const data = (): string[] => ['--x', at('X.npy'), '--y', at('y.npy'), '--activation', 'sigmoid', '--loss', 'squared'];
  it.each<[string, () => string[]]>([
    ['list', () => ['list']],
    ...EXPERIMENTS.map(({ id }): [string, () => string[]] => [`list ${id}`, () => ['list', id]]),
    ['quantities', () => ['quantities', '--activation', 'sigmoid', '--sigma', '0.5,1,1.5,2,3,4,5']],
    ['doctor', () => ['doctor']],
    ['plan', () => ['plan', 'fu2018-fig3', 'zhong2017-fig1a', '--scale', 'smoke', '--pilot', '0']],
    ['tune --show', () => ['tune', '--show']],
    ['check', () => ['check', at('study.yaml')]],
    ['report', () => ['report', at('study')]],
    [
      'replay',
      () => [
        'replay',
        at('study'),
        'study/K=2,d=4,iterations=5,labels=regression,n=24,noise=0.25,sameMinimum=0.02,starts=2#0',
      ],
    ],
    ['compare', () => ['compare', at('study'), at('other')]],
    [
      'fit',
      () => ['fit', ...data(), '--start', at('W0.npy'), '--step-size', 'auto', '--iterations', '5', '--out', at('fit')],
    ],
    ['hessian', () => ['hessian', ...data(), '--weights', at('W0.npy'), '--out', at('hessian')]],
    [
      'score',
      () => [
        'score',
        '--samples',
        at('X.npy'),
        '--leave-one-out',
        ...flags({ bandwidth: '1', order: '1', out: at('scores.npy') }),
      ],
    ],
    ['factorize', () => ['factorize', '--tensor', at('T.npy'), '--rank', '2', '--seed', '1', '--out', at('factors')]],
  ])('%s', async (_, args) => {
    const text = await printed(...args());
    expect(text.split('\n').length).toBeGreaterThan(1);
    expect(tooLong(text)).toEqual([]);
    expect(broken(text)).toEqual([]);
  });

  it('verify, with values that differ', async () => {
    const { stdout } = await here('verify', at('other'), '--sample', '3', '--workers', '1');
    expect(stdout).toContain('123456.789012345');
    expect(tooLong(stdout)).toEqual([]);
  });
});
