import { expect, it } from 'vitest';
import { loadStudy } from '../../src/studyfile/load.js';

/** A study whose line 6 is a figure. */
const withFigure = (figure: string): string =>
  `title: A study\ngrid:\n  d: [10, 20]\n  n: [100*d, 200*d]\nfigures:\n  - {${figure}}\n`;

function problemsOf(text: string): string[] {
  const loaded = loadStudy(text, 'paper');
  return 'problems' in loaded ? loaded.problems.map((problem) => JSON.stringify(problem)) : [];
}

it.each([
  [
    'a word of another kind of figure',
    withFigure('measure: sdN, x: n, against: sdN'),
    /a figure of kind line takes title, measure, x, y, colour, facet, xLog, yLog, got against/,
  ],
  ['a zip plot without the truth', withFigure('kind: zip, measure: sdN, error: sdN'), /zip must have truth/],
  [
    'a zip plot of what no trial has',
    withFigure('kind: zip, measure: sdM, error: sdN, truth: 0'),
    /measure must be made of measures and numeric settings, got 'sdM' \(did you mean 'sdN'\?\)/,
  ],
  ['a truth of no setting', withFigure('kind: zip, measure: sdN, error: sdN, truth: nois'), /truth: .*'nois'/],
  [
    'a difference that the file does not define',
    withFigure('kind: difference, measure: gap, x: n'),
    /difference must be one of the differences of the file, which has none, got 'gap'/,
  ],
  ['a second measure that is none', withFigure('kind: scatter, measure: sdN, against: sdM'), /got 'sdM' \(did/],
  ['a loop that is no setting', withFigure('kind: nested-loop, measure: sdN, loops: [dd]'), /a setting, got 'dd'/],
  ['a loop twice', withFigure('kind: nested-loop, measure: sdN, loops: [d, n], colour: d'), /got 'd' again/],
  ['a spec that draws nothing', withFigure('kind: vega-lite, spec: {}'), /spec must have one of mark.*got nothing/],
  [
    'a spec with an address',
    withFigure('kind: vega-lite, spec: {mark: point, layer: [{data: {url: "https://example.org/a.csv"}}]}'),
    /spec\.layer\[0\] must have no 'data': the data are the table of cells, got \{"url"/,
  ],
  ['a mark that is none', withFigure('kind: vega-lite, spec: {mark: {type: dot}}'), /spec\.mark must be .* got "dot"/],
  [
    'an address elsewhere in a spec',
    withFigure('kind: vega-lite, spec: {mark: point, encoding: {x: {url: "x.png"}}}'),
    /spec\.encoding\.x must have no 'url': a figure loads nothing, got "x\.png"/,
  ],
  [
    'a field that no cell has',
    withFigure('kind: vega-lite, spec: {mark: point, encoding: {x: {field: sdN_lo}}}'),
    /a field of spec must be a setting.*got 'sdN_lo' \(did you mean 'sdN_low'\?\)/,
  ],
])('a figure is refused for %s', (_, text, message) => {
  const problems = problemsOf(text);
  expect(problems).toHaveLength(1);
  expect(problems[0].replaceAll('\\"', '"')).toMatch(message);
});
