/** The tables of docs/papers say what is run and judged: every name in them exists, and every claim is in one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../../src/experiments/registry.js';
import { claimsIn } from '../experiments/verdicts/worlds.js';
import { codeSpans, coverageRows, settableKeys } from './coverage.js';

const PAPERS = [...new Set(EXPERIMENTS.map(({ paper }) => paper))];
const page = (paper: string): string =>
  readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'papers', `${paper}.md`), 'utf8');

/** Ids of the claims at paper scale, with those that only regression labels have. */
function claimIds(experiment: string): string[] {
  const usual = claimsIn(experiment, {}, 'missing');
  const others = experiment === 'fu2018-thm2' ? claimsIn(experiment, {}, 'missing', { labels: 'regression' }) : [];
  return [...new Set([...usual, ...others].map(({ id }) => id))];
}

function matches(pattern: string, id: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+()[\]{}^$|\\?]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`).test(id);
}

describe.each(PAPERS)('docs/papers/%s.md', (paper) => {
  const rows = coverageRows(page(paper));
  const named = rows.flatMap(({ experiments, claims }) =>
    codeSpans(experiments).flatMap((experiment) => codeSpans(claims).map((pattern) => ({ experiment, pattern }))),
  );

  it('names experiments and claims that exist', () => {
    expect(rows.length).toBeGreaterThan(3);
    const ids = EXPERIMENTS.map(({ id }) => id);
    expect(named.filter(({ experiment }) => !ids.includes(experiment))).toEqual([]);
    expect(named.filter(({ experiment, pattern }) => !claimIds(experiment).some((id) => matches(pattern, id)))).toEqual(
      [],
    );
  });

  it('has every claim', () => {
    const all = EXPERIMENTS.filter((experiment) => experiment.paper === paper).flatMap(({ id: experiment }) =>
      claimIds(experiment).map((id) => ({ experiment, id })),
    );
    expect(
      all.filter(
        ({ experiment, id }) => !named.some((row) => row.experiment === experiment && matches(row.pattern, id)),
      ),
    ).toEqual([]);
  });

  it('says of every other statement that it is not covered yet', () => {
    const open = rows.filter(({ experiments }) => codeSpans(experiments).length === 0);
    expect(open.filter(({ experiments, claims }) => experiments !== 'not covered yet' || claims !== '–')).toEqual([]);
  });

  it('has a place for what basin does otherwise than printed, and names keys that can be set', () => {
    const own = EXPERIMENTS.filter((experiment) => experiment.paper === paper);
    expect(page(paper)).toMatch(/^## (Departures|Errata)|^\*\*Left open, and chosen/m);
    const keys = settableKeys(page(paper)).filter((key) => !own.some(({ settings }) => Object.hasOwn(settings, key)));
    expect(keys).toEqual([]);
    const fixed = own.some(({ openChoices }) => openChoices.some((choice) => choice.includes('cannot be set yet')));
    expect(page(paper).includes('cannot be set yet')).toBe(fixed);
  });
});

it('this sees what is wrong', () => {
  const [row] = coverageRows(
    '## Coverage\n\n| statement | experiment | judged claims |\n| --- | --- | --- |\n| Theorem 9 | `fu2018-thm9` | `a`, `b-*` |\n\n## Next\n| x | y | z |\n',
  );
  expect(row).toEqual({ statement: 'Theorem 9', experiments: '`fu2018-thm9`', claims: '`a`, `b-*`' });
  expect(codeSpans(row.claims)).toEqual(['a', 'b-*']);
  expect(
    settableKeys(
      '| open | chosen | `--set` key |\n| --- | --- | --- |\n| a | `b` | `step`, `n=4` |\n| c | d | |\n\n| x | y | z |\n| e | f | `g` |\n',
    ),
  ).toEqual(['step', 'n']);
  expect([
    matches('b-*', 'b-d=2'),
    matches('b-*', 'b-'),
    matches('a', 'ab'),
    matches('*-3.1', 'x-3.1'),
    matches('*-3.1', 'x-3a1'),
  ]).toEqual([true, false, false, true, false]);
});
