/** Every claim judges a statement of its paper, every statement has claims or a reason, and the page says so. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PAGE, papersPage } from '../../scripts/papers/page.mjs';
import { readRuns } from '../../scripts/papers/runs.mjs';
import { isNamedIn, standsFor, type Judge, type Statement } from '../../src/experiments/papers/statement.js';
import { STATEMENTS } from '../../src/experiments/papers/statements.js';
import { EXPERIMENTS } from '../../src/experiments/registry.js';
import { claimsIn } from '../experiments/verdicts/worlds.js';

interface Sourced {
  readonly experiment: string;
  readonly id: string;
  readonly source: string;
}

const PAPERS = Object.entries(STATEMENTS);
const judgesOf = (statements: readonly Statement[]): Judge[] => statements.flatMap(({ judges = [] }) => judges);

/** The claims that an experiment states at paper scale. */
function claimsOf({ experiment, set = {} }: Pick<Judge, 'experiment' | 'set'>): Sourced[] {
  const overrides = Object.fromEntries(Object.entries(set).map(([key, value]) => [key, String(value)]));
  return claimsIn(experiment, {}, 'missing', overrides).map(({ id, source }) => ({ experiment, id, source }));
}

/** Claims that no statement lists which their source names. A claim of ours may stand at any statement. */
function homeless(claims: readonly Sourced[], statements: readonly Statement[]): Sourced[] {
  return claims.filter(
    ({ experiment, id, source }) =>
      !statements.some(
        ({ number, judges = [] }) =>
          (isNamedIn(source, number) || source.startsWith('ours ')) &&
          judges.some((judge) => judge.experiment === experiment && judge.claims.some((one) => standsFor(one, id))),
      ),
  );
}

/** Patterns for which there is no claim. */
function idle(judges: readonly Judge[]): { experiment: string; pattern: string }[] {
  return judges.flatMap((judge) => {
    const ids = claimsOf(judge).map(({ id }) => id);
    const patterns = judge.claims.filter((pattern) => !ids.some((id) => standsFor(pattern, id)));
    return patterns.map((pattern) => ({ experiment: judge.experiment, pattern }));
  });
}

it('every paper has statements', () => {
  expect(PAPERS.map(([paper]) => paper)).toEqual([...new Set(EXPERIMENTS.map(({ paper }) => paper))]);
});

describe.each(PAPERS)('the statements of %s', (paper, statements) => {
  const judges = judgesOf(statements);

  it('have every claim, at a statement that its source names', () => {
    const own = EXPERIMENTS.filter((experiment) => experiment.paper === paper).map(({ id }) => ({ experiment: id }));
    const others = judges.filter(({ set }) => set !== undefined);
    expect(homeless([...own, ...others].flatMap(claimsOf), statements)).toEqual([]);
  });

  it('name claims that exist', () => {
    expect(idle(judges)).toEqual([]);
  });

  it('have a number each, and whole sentences', () => {
    expect(new Set(statements.map(({ number }) => number)).size).toBe(statements.length);
    const sentences = statements.flatMap(({ says, open }) => [says, open ?? '.']);
    expect(sentences.filter((sentence) => !/^.*\.$/.test(sentence))).toEqual([]);
  });
});

it('docs/papers/README.md says what the recorded runs say: after a change, npm run papers', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(papersPage(readRuns()));
});

describe('these checks see what is wrong', () => {
  const lines: readonly Statement[] = [
    { number: 'Theorem 1', says: '.', judges: [{ experiment: 'fu2018-thm1', claims: ['lambda-*'] }] },
    { number: 'Theorem 2', says: '.', open: '.' },
  ];

  it.each([
    ['lambda-max', 'fu2018, Theorem 1', []],
    ['lambda-max', 'fu2018, Theorem 2', ['lambda-max']],
    ['lambda-max', 'fu2018, Theorem 12', ['lambda-max']],
    ['concentration', 'fu2018, Theorem 1', ['concentration']],
    ['lambda-max', 'ours (docs/papers/fu2018.md)', []],
    ['concentration', 'ours (docs/papers/fu2018.md)', ['concentration']],
  ])('%s of %s', (id, source, found) => {
    expect(homeless([{ experiment: 'fu2018-thm1', id, source }], lines).map((claim) => claim.id)).toEqual(found);
  });

  it('a pattern without claims', () => {
    expect(idle([{ experiment: 'fu2018-thm1', claims: ['lambda-*', 'absent-*'] }])).toEqual([
      { experiment: 'fu2018-thm1', pattern: 'absent-*' },
    ]);
  });

  it('a run of another version, and a claim that no run has', () => {
    const verdicts = (runs: readonly object[]): string =>
      papersPage(runs)
        .split('\n')
        .filter((line: string) => line.startsWith('| Figure 2 | The curve'))
        .join();
    const claims = [{ claim: 'rho-positive', verdict: 'holds', value: 1, low: 1, high: 1 }];
    const run = { experiment: 'fu2018-fig2', version: 1, scale: 'quick', seed: 1, set: {}, build: 'b', claims };
    expect(verdicts([run])).toContain('`fu2018-fig2` (quick): `rho-positive` holds, 1 |');
    expect(verdicts([{ ...run, version: 0 }])).toContain('`rho-positive` not run |');
    expect(verdicts([{ ...run, claims: [] }])).toContain('`rho-positive` not run |');
  });

  it.each([
    ['b-*', 'b-d=2', true],
    ['b-*', 'b-', false],
    ['a', 'ab', false],
    ['*-3.1', 'x-3.1', true],
    ['*-3.1', 'x-3a1', false],
  ])('%s stands for %s: %s', (pattern, id, expected) => {
    expect(standsFor(pattern, id)).toBe(expected);
  });

  it.each([
    ['Lemma 6', 'gao2018, Lemma 6', true],
    ['Lemma 6', 'gao2018, Lemma 6.1', false],
    ['Lemma 6', 'gao2018, Lemma 61', false],
    ['Theorem 2', 'gao2018, Theorem 2: both signs', true],
    ['Figure 1(a)', 'zhong2017, Section 7, Figure 1(a)', true],
  ])('%s in %s: %s', (number, source, expected) => {
    expect(isNamedIn(source, number)).toBe(expected);
  });
});
