import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { basin, basinJson, scratchFolder } from './basin.js';

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples');
const files = readdirSync(EXAMPLES).filter((name) => name.endsWith('.yaml'));

describe('the example studies', () => {
  const dir = scratchFolder();

  it('are at least five', () => {
    expect(files.length).toBeGreaterThanOrEqual(5);
  });

  it.each(files)('%s is right and runs at smoke scale', (name) => {
    const file = join(EXAMPLES, name);
    expect(basin('check', file).code).toBe(0);
    const { experiments: [{ cells, figures }], complete } = basinJson('run', file, '--scale', 'smoke', '--out', join(dir, name)) as { complete: boolean; experiments: { cells: { trials: number }[]; figures: string[] }[] };
    expect(complete).toBe(true);
    expect(cells.every(({ trials }) => trials > 0)).toBe(true);
    expect(figures.length).toBeGreaterThan(0);
  });
});
