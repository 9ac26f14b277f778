import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder } from './basin.js';
import { here, hereJson } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples');
const files = [...readdirSync(EXAMPLES).filter((name) => name.endsWith('.yaml')), join('own', 'heavy-tails.yaml')];
/** Experiments of a user's own, and a small run of each. */
const MODULES = [
  ['batch-reuse.ts', 'd=4', 'samples=5', 'steps=5', 'trials=2'],
  ['wrong-activation.ts', 'n=20', 'K=2', 'steps=5', 'trials=2'],
] as const;

describe('the example studies', () => {
  const dir = scratchFolder();

  it('are at least five', () => {
    expect(files.length).toBeGreaterThanOrEqual(5);
  });

  it.each(files)('%s is right and runs at smoke scale', async (name) => {
    const file = join(EXAMPLES, name);
    expect((await here('check', file)).code).toBe(0);
    const {
      experiments: [{ cells, figures }],
      complete,
    } = (await hereJson('run', file, '--scale', 'smoke', '--out', join(dir, name))) as {
      complete: boolean;
      experiments: { cells: { trials: number }[]; figures: string[] }[];
    };
    expect(complete).toBe(true);
    expect(cells.every(({ trials }) => trials > 0)).toBe(true);
    expect(figures.length).toBeGreaterThan(0);
  });

  it.each(MODULES)('own/%s is right and runs', async (name, ...settings) => {
    const file = join(EXAMPLES, 'own', name);
    expect((await here('check', file)).code).toBe(0);
    const set = settings.flatMap((setting) => ['--set', setting]);
    const {
      experiments: [{ cells }],
      complete,
    } = (await hereJson('run', file, ...set, '--out', join(dir, name))) as {
      complete: boolean;
      experiments: { cells: { trials: number; measures: Record<string, { value: number }> }[] }[];
    };
    expect(complete).toBe(true);
    const values = cells.flatMap(({ measures }) => Object.values(measures).map(({ value }) => value));
    expect(values.length).toBeGreaterThan(0);
    expect(values.every((value) => Number.isFinite(value))).toBe(true);
  });
});
