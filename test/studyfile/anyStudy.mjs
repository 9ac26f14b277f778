// Study files by chance, for the promise of `check`: valid ones with everything that a file may say, and one mistake in
// any place of such a file.
import fc from 'fast-check';
import { MEASURE_NAMES, CURVE_NAMES, STACK_NAMES } from '../../dist/experiments/own/measures.js';
import { STUDY_SETTING_TABLE } from '../../dist/experiments/own/settings.js';

const wordsOf = (name) => fc.constantFrom(...STUDY_SETTING_TABLE[name].words);
const listOf = (values) => fc.oneof(values, fc.uniqueArray(values, { minLength: 1, maxLength: 3 }));
const maybe = (value) => fc.option(value, { nil: undefined });

const GRID = fc.record({
  K: listOf(fc.integer({ min: 1, max: 2 })),
  d: listOf(fc.integer({ min: 2, max: 3 })),
  n: listOf(fc.oneof(fc.integer({ min: 1, max: 15 }), fc.constantFrom('4*d', '2*K*d'))),
  iterations: fc.integer({ min: 1, max: 8 }),
  activation: maybe(listOf(fc.constantFrom('sigmoid', 'tanh', 'relu', 'softplus', 'squared-relu', 'z/(1+abs(z))'))),
  loss: maybe(fc.constantFrom('squared', 'cross-entropy', 'landscape-L', 'landscape-G', 'where(f<y,(f-y)^2,f-y)')),
  ...Object.fromEntries(
    ['architecture', 'output', 'teacher', 'inputs', 'labels', 'trainOutput', 'start', 'outcomes'].map((name) => [
      name,
      maybe(wordsOf(name)),
    ]),
  ),
  noise: maybe(listOf(fc.constantFrom(0, 0.1, 10))),
  radius: maybe(listOf(fc.constantFrom(0, 0.1, 1, 3))),
  stepSize: maybe(fc.constantFrom('auto', 1e-12, 0.5, 1e6)),
  starts: maybe(fc.integer({ min: 1, max: 2 })),
  within: maybe(fc.constantFrom(0, 0.01, 1000)),
});

const AXIS = fc.constantFrom('n', 'd', 'K', 'n/(K*d)', 'noise', 'radius', 'activation', 'stepSize');
const common = {
  colour: maybe(fc.constantFrom('d', 'K', 'activation', 'inputs')),
  facet: maybe(fc.constantFrom('n', 'K')),
  title: maybe(fc.constantFrom('a title', '"quoted" <b>', '')),
};
const logs = { xLog: maybe(fc.boolean()), yLog: maybe(fc.boolean()) };
const FIGURE = fc.oneof(
  fc.record({ kind: fc.constant('line'), measure: fc.constantFrom(...MEASURE_NAMES), x: AXIS, ...common, ...logs }),
  fc.record({ kind: fc.constant('heat-map'), measure: fc.constantFrom(...MEASURE_NAMES), x: AXIS, y: AXIS, ...common }),
  fc.record({ kind: fc.constant('bands'), measure: fc.constantFrom(...CURVE_NAMES), ...common, ...logs }),
  fc.record({ kind: fc.constant('stacked'), measure: fc.constantFrom(...STACK_NAMES), x: AXIS, ...common }),
);

const SUMMARY = fc.record({
  of: fc.oneof(fc.constantFrom(...MEASURE_NAMES), fc.constantFrom('finalLoss/n', 'log(relativeError)', 'sdN-0.5')),
  statistic: fc.constantFrom('median', 'quantile(0.9)', 'share(<= 0.1)', 'share(> 1)'),
});

const STUDY = fc.record({
  title: fc.constantFrom('a study', 'ein Titel: größer', '#5'),
  grid: GRID,
  trials: fc.integer({ min: 1, max: 2 }),
  measures: fc.uniqueArray(fc.constantFrom(...MEASURE_NAMES), { minLength: 1, maxLength: 3 }),
  summaries: fc.dictionary(fc.constantFrom('one', 'other'), SUMMARY),
  figures: fc.array(FIGURE, { minLength: 1, maxLength: 2 }),
});

/** Lines of a block, each with what stands before its key. */
function block(entries, before, first = before) {
  return Object.entries(entries)
    .filter(([, value]) => value !== undefined)
    .map(([key, value], index) => ({
      before: index === 0 ? first : before,
      key,
      value: textOf(value),
      list: Array.isArray(value),
    }));
}

const textOf = (value) =>
  Array.isArray(value) ? `[${value.map((one) => JSON.stringify(one)).join(', ')}]` : JSON.stringify(value);

function linesOf({ grid, summaries, figures, ...top }) {
  return [
    ...block(top, ''),
    { before: '', key: 'grid', value: '' },
    ...block(grid, '  '),
    ...Object.entries(summaries).flatMap(([name, summary], index) => [
      ...(index === 0 ? [{ before: '', key: 'summaries', value: '' }] : []),
      { before: '  ', key: name, value: '', anyKey: true },
      ...block(summary, '    '),
    ]),
    { before: '', key: 'figures', value: '' },
    ...figures.flatMap((figure) => block(figure, '    ', '  - ')),
  ];
}

const written = (lines) =>
  lines.map(({ before, key, value }) => `${before}${key}:${value === '' ? '' : ` ${value}`}\n`).join('');

/** Texts of study files that are valid in shape and in range; what only `check` can see may be wrong. */
export const studyFiles = STUDY.map((study) => written(linesOf(study)));

const keyAt = ({ before }) => before.length + 1;
const valueAt = ({ before, key }) => before.length + key.length + 3;

/** Each makes other lines of a line, and says where the mistake is then: so many lines below, in which column. */
const MISTAKES = {
  'a misspelt key': (line) =>
    line.anyKey === true ? undefined : { lines: [{ ...line, key: `${line.key}q` }], column: keyAt(line) },
  'a key twice': (line) =>
    line.value === '' || line.before.endsWith('- ')
      ? undefined
      : { lines: [line, line], below: 1, column: keyAt(line) },
  'another type': (line) =>
    line.value === '' ? undefined : { lines: [{ ...line, value: '{a: 1}' }], column: valueAt(line) },
  'out of range': (line) =>
    /^-?\d/.test(line.value) ? { lines: [{ ...line, value: '-1000000000000' }], column: valueAt(line) } : undefined,
  'another type in a list': (line) =>
    line.list === true
      ? {
          lines: [{ ...line, value: line.value.replace(']', ', true]') }],
          column: valueAt(line) + line.value.length + 1,
        }
      : undefined,
  'a word that is none': (line) =>
    /^"/.test(line.value) && !['title', 'n'].includes(line.key)
      ? { lines: [{ ...line, value: '"no-such-word"' }], column: valueAt(line) }
      : undefined,
};

/** `{ text, kind, line, column }`: a file with one mistake, and where that is. */
export const filesWithMistake = fc
  .record({ study: STUDY, kind: fc.constantFrom(...Object.keys(MISTAKES)), at: fc.nat() })
  .map(({ study, kind, at }) => {
    const lines = linesOf(study);
    const possible = lines.flatMap((line, index) => (MISTAKES[kind](line) === undefined ? [] : [index]));
    const index = possible[at % possible.length];
    if (index === undefined) return undefined;
    const { lines: changed, below = 0, column } = MISTAKES[kind](lines[index]);
    return { text: written(lines.toSpliced(index, 1, ...changed)), kind, line: index + 1 + below, column };
  })
  .filter((file) => file !== undefined);
