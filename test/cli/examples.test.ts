import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder } from './basin.js';
import { here, hereJson } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples');
const files = readdirSync(EXAMPLES).filter((name) => name.endsWith('.yaml'));

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
});
