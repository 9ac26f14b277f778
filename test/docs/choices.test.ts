/** The pages of docs/papers say what was chosen where a paper leaves something open, and name keys that exist. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EXPERIMENTS } from '../../src/experiments/registry.js';
import { settableKeys } from './choices.js';

const PAPERS = [...new Set(EXPERIMENTS.map(({ paper }) => paper))];
const page = (paper: string): string =>
  readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'papers', `${paper}.md`), 'utf8');

it.each(PAPERS)(
  'docs/papers/%s.md has a place for what basin does otherwise than printed, and keys that can be set',
  (paper) => {
    const own = EXPERIMENTS.filter((experiment) => experiment.paper === paper);
    expect(page(paper)).toMatch(/^## (Departures|Errata)|^\*\*Left open, and chosen/m);
    const keys = settableKeys(page(paper)).filter((key) => !own.some(({ settings }) => Object.hasOwn(settings, key)));
    expect(keys).toEqual([]);
    const fixed = own.some(({ openChoices }) => openChoices.some((choice) => choice.includes('cannot be set yet')));
    expect(page(paper).includes('cannot be set yet')).toBe(fixed);
  },
);

it('this sees the keys of a table', () => {
  expect(
    settableKeys(
      '| open | chosen | `--set` key |\n| --- | --- | --- |\n| a | `b` | `step`, `n=4` |\n| c | d | |\n\n| x | y | z |\n| e | f | `g` |\n',
    ),
  ).toEqual(['step', 'n']);
});
