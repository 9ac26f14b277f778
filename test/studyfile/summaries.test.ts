import { expect, it } from 'vitest';
import { loadStudy } from '../../src/studyfile/load.js';

const GOOD = `title: t
grid:
  d: [10, 20]
  n: [100*d, 200*d]
  activation: [relu, tanh]
  labels: regression
  output: sum
figures:
  - {measure: recoveryRate, x: n/d}
`;
const STARTS = GOOD.replace('grid:', 'grid:\n  starts: [1, 2]');

function first(text: string): string | undefined {
  const loaded = loadStudy(text);
  const [problem] = 'problems' in loaded ? loaded.problems : [];
  return problem && `${problem.line}:${problem.column} ${problem.message}`;
}

it('summaries and differences that mean something pass', () => {
  const text = `${STARTS}summaries: {a: {of: sdN, statistic: rmse}}\ndifferences: {b: {of: sdN, between: {starts: [1, 2]}}}\n`;
  expect(loadStudy(text)).toMatchObject({
    spec: {
      summaries: { a: { of: 'sdN', statistic: 'rmse' } },
      differences: { b: { of: 'sdN', statistic: 'mean', between: { starts: [1, 2] } } },
    },
  });
});

it.each([
  ['a summary of nothing', `${GOOD}summaries: {a: {of: d, statistic: median}}\n`, /^10:21 of must have a measure/],
  [
    'an unknown statistic',
    `${GOOD}summaries: {a: {of: sdN, statistic: medain}}\n`,
    /^10:37 statistic must be one of .* \(did you mean 'median'\?\)/,
  ],
  [
    'a summary with a name of basin’s own',
    `${GOOD}summaries: {sdN: {of: sdN, statistic: mean}}\n`,
    /^10:13 the name of a summary must be free/,
  ],
  [
    'a difference between other training sets',
    `${GOOD}differences: {a: {of: sdN, between: {activation: [relu, tanh]}}}\n`,
    /^10:38 between must name settings of the method, .* got 'activation': cells that differ in it have other training/,
  ],
  [
    'a difference between values that are not in the grid',
    `${STARTS}differences: {a: {of: sdN, between: {starts: [1, 3]}}}\n`,
    /^11:50 starts must be one of its values in the grid, 1, 2, got 3/,
  ],
  [
    'a difference of a method to itself',
    `${STARTS}differences: {a: {of: sdN, between: {starts: [1, 1]}}}\n`,
    /^11:37 between must name two different methods/,
  ],
  [
    'a difference of what follows from the method',
    `${STARTS.replace('100*d', '100*starts')}differences: {a: {of: sdN, between: {starts: [1, 2]}}}\n`,
    /^11:37 between must leave the training sets as they are/,
  ],
  [
    'a difference with a statistic of positive numbers',
    `${STARTS}differences: {a: {of: sdN, statistic: rate, between: {starts: [1, 2]}}}\n`,
    /^11:39 statistic must be one that takes negative numbers/,
  ],
  [
    'a difference beside a boundary',
    `title: t\ngrid: {d: [10, 20], starts: [1, 2]}\nboundary: {between: [10, 100]}\ndifferences: {a: {of: sdN, between: {starts: [1, 2]}}}\n`,
    /^4:1 differences must not be given beside boundary/,
  ],
])('%s is found where it stands', (_, text, message) => {
  expect(first(text)).toMatch(message);
});
