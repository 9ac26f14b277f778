import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STUDY_SETTING_TABLE } from '../../src/experiments/own/settings.js';
import { decodeText } from '../../src/studyfile/document.js';
import { loadStudy } from '../../src/studyfile/load.js';
import { studyJsonSchema } from '../../src/studyfile/schema.js';

const GOOD = `title: A study
grid:
  d: [10, 20]
  n: [100*d, 200*d]
  activation: [sigmoid, "sigmoid:2"]
  radius: 0.2
trials: 7
figures:
  - {measure: recoveryRate, x: n/d, colour: activation}
`;

/** The same without n, for a boundary: eight lines. */
const BOUND = GOOD.replace(/ {2}n: .*\n/, '');

function problemsOf(text: string, scale?: 'smoke' | 'quick'): string[] {
  const loaded = loadStudy(text, scale);
  return 'problems' in loaded ? loaded.problems.map(({ line, column, message }) => `${line}:${column} ${message}`) : [];
}

/** A mistake put into GOOD: the text, where it stands, and what is said. */
interface Mistake {
  readonly from: string;
  readonly to: string;
  readonly at: string;
  readonly says: RegExp;
}

/** Each in a line of its own, so that any of them can stand together. */
const MISTAKES: readonly Mistake[] = [
  { from: 'title: A study', to: 'title: [1]', at: '1:8', says: /^title must be a text/ },
  { from: '  d: [10, 20]', to: '  d: [10, -2]', at: '3:11', says: /^d must be an integer/ },
  { from: '  n: [100*d, 200*d]', to: '  n: [100*dd, 200*d]', at: '4:7', says: /^n must be an expression/ },
  { from: '"sigmoid:2"', to: 'sigmoi', at: '5:25', says: /^activation must be/ },
  { from: '  radius: 0.2', to: '  radius: .inf', at: '6:11', says: /^radius must be .*got \.inf$/ },
  { from: 'trials: 7', to: 'trails: 7', at: '7:1', says: /^the key must be one of .*did you mean 'trials'/ },
  {
    from: 'colour: activation',
    to: 'color: activation',
    at: '9:37',
    says: /^the key must be one of .*did you mean 'colour'/,
  },
];

describe('a study file', () => {
  it('is a study', () => {
    expect(loadStudy(GOOD)).toEqual({
      seed: 1,
      spec: {
        title: 'A study',
        description: '',
        trials: 7,
        measures: [],
        grid: { d: [10, 20], n: ['100*d', '200*d'], activation: ['sigmoid', 'sigmoid:2'], radius: [0.2] },
        figures: [{ kind: 'line', measure: 'recoveryRate', x: 'n/d', colour: 'activation' }],
      },
    });
  });

  it('has smaller runs of its own', () => {
    const text = `${GOOD}scales:\n  smoke:\n    grid: {d: 5}\n    trials: 2\n`;
    expect(loadStudy(text, 'smoke')).toMatchObject({ spec: { trials: 2, grid: { d: [5], n: ['100*d', '200*d'] } } });
    expect(problemsOf(text, 'quick')).toEqual([
      '10:1 --scale quick needs a block of that name under scales in the file, got smoke',
    ]);
  });

  it('has a precision, in its smaller runs another', () => {
    const text = `${GOOD}precision: {rate: 0.02}\nscales:\n  smoke:\n    precision: {relative: 0.5, most: 50}\n`;
    expect(loadStudy(text)).toMatchObject({
      spec: { trials: 7, precision: { measure: 'recoveryRate', rate: 0.02, most: 100_000 } },
    });
    expect(loadStudy(text, 'smoke')).toMatchObject({
      spec: { precision: { measure: 'estimationError', relative: 0.5, most: 50 } },
    });
  });

  it('has a boundary in place of n', () => {
    expect(loadStudy(`${BOUND}boundary: {between: [d, 60*d]}\n`)).toMatchObject({
      spec: { boundary: { from: 'd', to: '60*d', measure: 'recoveryRate', level: 0.5, relative: 0.1, most: 10_000 } },
    });
  });

  it.each([
    ['nothing', '', /^1:1 /],
    ['no YAML', 'title: [a\ngrid: {', /^\d+:\d+ YAML: /],
    ['a key twice', `${GOOD}title: again\n`, /^10:1 YAML: .*unique/],
    ['two documents', `${GOOD}---\ntitle: b\n`, /one study, got a second document/],
    ['an unknown key', `${GOOD}sed: 3\n`, /^10:1 the key must be one of .* got 'sed' \(did you mean 'seed'\?\)/],
    [
      'a wrong type',
      GOOD.replace('trials: 7', 'trials: many'),
      /^7:9 trials must be an integer from 1 to 1000000, got 'many'/,
    ],
    ['no title', GOOD.replace('title: A study\n', ''), /^1:1 title must be given/],
    [
      'an unknown setting',
      GOOD.replace('radius', 'radios'),
      /^6:3 the setting must be one of .* got 'radios' \(did you mean 'radius'\?\)/,
    ],
    ['a value out of range', GOOD.replace('0.2', '-1'), /^6:11 radius must be a number from 0 to 100.* got -1/],
    ['a value that is no word', GOOD.replace('sigmoid', 'sigmoit'), /^5:16 .*sigmoit/],
    ['a value twice', GOOD.replace('[10, 20]', '[10, 10]'), /^3:11 d must have every value once, got 10 twice/],
    ['an empty list', GOOD.replace('[10, 20]', '[]'), /^3:6 d must have a value, got an empty list/],
    ['an expression that is none', GOOD.replace('100*d,', '"100*",'), /^4:7 .*100\*/],
    ['an expression in something else', GOOD.replace('100*d', '100*e'), /^4:7 n must be an expression in .* with 'e'/],
    [
      'an expression that leads back',
      GOOD.replace('[10, 20]', 'n/100').replace('[100*d, 200*d]', '100*d'),
      /must not lead back to itself/,
    ],
    ['a result out of range', GOOD.replace('100*d', 'd-30'), /^4:3 n must be an integer from 1 to 100000000, got -\d+/],
    [
      'an unknown measure',
      GOOD.replace('recoveryRate', 'recoveryrat'),
      /^9:15 the measure of a figure of kind line must be one of .* \(did you mean 'recoveryRate'\?\)/,
    ],
    ['a figure without its axis', GOOD.replace(', x: n/d', ''), /^9:5 a figure of kind line must have x/],
    [
      'an axis that is none',
      GOOD.replace('n/d', 'n/q'),
      /^9:32 x: must be a setting or an expression in numeric settings, got 'n\/q' with 'q'/,
    ],
    [
      'a combination that cannot be',
      GOOD.replace('radius: 0.2', 'architecture: cnn'),
      /K must be a divisor of d = 10 for a cnn/,
    ],
    ['no n', GOOD.replace(/ {2}n: .*\n/, ''), /^2:1 n must be given/],
    [
      'a key that figures have',
      `${GOOD}colour: n
`,
      /^10:1 the key must be one of/,
    ],
    [
      'a precision of neither kind',
      `${GOOD}precision: {most: 10}\n`,
      /^10:1 precision must have rate or relative, got neither/,
    ],
    [
      'a precision of both kinds',
      `${GOOD}precision: {rate: 0.1, relative: 0.1}\n`,
      /^10:1 precision must have rate or relative, got both/,
    ],
    [
      'a rate of what is none',
      `${GOOD}precision: {rate: 0.1, measure: sdN}\n`,
      /^10:33 the measure of rate must be one of recoveryRate, .* got 'sdN'/,
    ],
    [
      'a precision in a key that is none',
      `${GOOD}precision: {rat: 0.1}\n`,
      /^10:13 the key must be one of rate, relative, measure, most, got 'rat' \(did you mean 'rate'\?\)/,
    ],
    [
      'a precision out of range',
      `${GOOD}precision: {rate: 2}\n`,
      /^10:19 precision.rate must be a number from 0.001 to 0.5, got 2/,
    ],
    [
      'a precision of what one start does not have',
      `${GOOD}precision: {rate: 0.1, measure: successRate}\n`,
      /^10:33 the measure successRate needs starts of at least 2, got 1/,
    ],
    [
      'a precision of a scale that is wrong',
      `${GOOD}scales: {smoke: {precision: {most: 5}}}\n`,
      /^10:18 precision must have rate or relative/,
    ],
    [
      'a boundary beside an n',
      `${GOOD}boundary: {between: [10, 100]}\n`,
      /^4:3 n must not be in the grid of a boundary/,
    ],
    [
      'a boundary without ends',
      `${BOUND}boundary: {}\n`,
      /boundary.between must be given: the least and the largest n/,
    ],
    [
      'a boundary of one end',
      `${BOUND}boundary: {between: [10]}\n`,
      /^9:21 boundary.between must be the least and the largest n/,
    ],
    [
      'a boundary beside a precision',
      `${BOUND}boundary: {between: [10, 100]}\nprecision: {rate: 0.1}\n`,
      /^10:1 precision must not be given beside boundary/,
    ],
    [
      'a boundary that descends',
      `${BOUND}boundary: {between: [200*d, 1000]}\n`,
      /^9:21 between must ascend, got 2000 and 1000/,
    ],
    [
      'a boundary of what is no setting',
      `${BOUND}boundary: {between: [10, 100*e]}\n`,
      /^9:26 between: n must be an expression in .* with 'e'/,
    ],
    [
      'a boundary of training sets that take all workers',
      `${BOUND}boundary: {between: [10, 1e7]}\n`,
      /^9:21 between must end at n = 4999999 at most for d = 10, got 10000000/,
    ],
    [
      'a boundary of what is no rate',
      `${BOUND}boundary: {between: [10, 100], measure: sdN}\n`,
      /^9:41 boundary.measure must be one of recoveryRate, successRate, .*, got 'sdN'/,
    ],
    [
      'a boundary of what one start does not have',
      `${BOUND}boundary: {between: [10, 100], measure: successRate}\n`,
      /^9:41 the measure successRate needs starts of at least 2/,
    ],
    [
      'a boundary beyond what n may be',
      `${BOUND}boundary: {between: [d-10, 100]}\n`,
      /^9:12 n must be an integer from 1/,
    ],
    ['an expression of words', GOOD.replace('n/d', 'n/loss'), /with 'loss'/],
    ['brackets without end', GOOD.replace('100*d', `"${'('.repeat(5000)}"`), /at most 200 characters/],
    [
      'an alias of nothing',
      GOOD.replace('radius: 0.2', 'radius: *r'),
      /^6:11 the alias \*r must have an anchor &r before it/,
    ],
    [
      'a mapping that contains itself',
      'title: T\ngrid: &g\n  d: 5\n  n: *g\n',
      /^4:6 an alias must not lead back to itself, got \*g/,
    ],
    [
      'a list that contains itself',
      'title: T\ngrid: {d: 5, n: &n [50, *n]}\n',
      /^2:25 an alias must not lead back to itself/,
    ],
    ['a merge key', `${GOOD}scales:\n  quick:\n    grid:\n      <<: {n: 5}\n`, /^13:7 merge keys \(<<\) are not read/],
    ['YAML 1.1', `%YAML 1.1\n---\n${GOOD}`, /^1:1 the version of YAML must be 1.2, got 1.1$/],
    ['a tab, said once', 'title: T\ngrid:\n\td: 5\n\tn: 10\n', /^3:1 YAML: Tabs are not allowed as indentation$/],
    [
      'the key of all objects',
      'title: T\ngrid: {d: 5, n: 9, __proto__: {K: 99}}\n',
      /^2:20 a key must not be '__proto__'$/,
    ],
    ['a mapping as a key', `${GOOD}? {a: 1}\n: 2\n`, /^10:3 a key must be a text$/],
    [
      'an escape of a terminal',
      `title: "a\\e[31m"\n${GOOD.split('\n').slice(1).join('\n')}`,
      /^1:8 text must have no control characters, got U\+001B$/,
    ],
    [
      'a change of direction',
      `title: "a\\u202E"\n${GOOD.split('\n').slice(1).join('\n')}`,
      /^1:8 text must have no control characters, got U\+202E$/,
    ],
    [
      'half a surrogate pair',
      `title: "a\\uD800"\n${GOOD.split('\n').slice(1).join('\n')}`,
      /^1:8 text must have no control characters, got U\+D800$/,
    ],
    ['no number', GOOD.replace('radius: 0.2', 'radius: .nan'), /^6:11 radius must be .*, got \.nan$/],
    [
      'a misspelt key in a list',
      GOOD.replace('colour', 'color'),
      /^9:37 the key must be one of .* got 'color' \(did you mean 'colour'\?\)$/,
    ],
    [
      'a bomb of aliases',
      `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
      /YAML: .*alias/i,
    ],
  ])('with %s is refused where it stands', (_, text, message) => {
    const problems = problemsOf(text);
    expect(problems.join('\n')).toMatch(message);
  });

  it('has all its mistakes said in one go, in the order of the file', () => {
    const problems = problemsOf(
      GOOD.replace('0.2', '-1').replace('[10, 20]', '[0, 10]').replace('trials: 7', 'trials: 0'),
    );
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['3:7', '6:11', '7:9']);
  });

  it('has any of its mistakes found at its place, whatever others there are', () => {
    fc.assert(
      fc.property(fc.subarray([...MISTAKES], { minLength: 1 }), (mistakes) => {
        const text = mistakes.reduce((rest, { from, to }) => rest.replace(from, to), GOOD);
        const found = problemsOf(text).map((problem) => /^(\S+) (.*)$/.exec(problem)?.slice(1) ?? []);
        expect(found.map(([at]) => at)).toEqual(
          mistakes.map(({ at }) => at).toSorted((a, b) => parseInt(a) - parseInt(b)),
        );
        for (const { at, says } of mistakes) expect(found.find(([place]) => place === at)?.[1]).toMatch(says);
      }),
      { numRuns: 60 },
    );
  });

  it('says which settings stand outside of the grid, and finds the axis of a figure that has no measure', () => {
    const text = 'title: x\nloss: squared\ngrid: {d: 4, n: 9}\nmeasures: [recovery]\nfigure: {x: N, color: K}\n';
    const found = problemsOf(text);
    expect(found.map((problem) => problem.split(' ')[0])).toEqual(['2:1', '4:12', '5:1', '5:13', '5:16']);
    expect(found[0]).toMatch(/loss is a setting and belongs under grid$/);
    expect(found[1]).toMatch(/^4:12 an entry of measures must be one of/);
  });

  it('with a hundred thousand unknown keys is refused with the first of them', () => {
    const found = problemsOf(`${GOOD}${Array.from({ length: 100_000 }, (_, i) => `k${i}: 1`).join('\n')}\n`);
    expect(found).toHaveLength(51);
    expect(found[50]).toMatch(/^60:1 more mistakes than these 50/);
  });

  it('suggests the setting when a letter is missing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(STUDY_SETTING_TABLE).filter((name) => name.length > 4)),
        fc.nat(3),
        (name, at) => {
          const misspelt = name.slice(0, at) + name.slice(at + 1);
          fc.pre(!(misspelt in STUDY_SETTING_TABLE));
          expect(problemsOf(`title: a\ngrid: {d: 10, n: 100, ${misspelt}: 1}\n`).join('\n')).toContain(
            `did you mean '${name}'?`,
          );
        },
      ),
    );
  });

  it('means the same in any order, with defaults spelt out and with comments', () => {
    const other = loadStudy(
      '# why\ngrid:\n  n: [100*d, 200*d]\n  d: [10, 20]\n  K: 3\n  loss: squared\ntitle: Other\n',
    );
    if ('problems' in other) throw new Error('it is right');
    expect(other.spec.grid).toEqual({ n: ['100*d', '200*d'], d: [10, 20], K: [3], loss: ['squared'] });
  });
});

describe('the JSON Schema', () => {
  it('knows every key and setting', () => {
    const schema = studyJsonSchema() as {
      properties: Record<string, { properties?: Record<string, { description?: string }> }>;
      required: string[];
    };
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining(['title', 'grid', 'trials', 'precision', 'boundary', 'figures', 'scales']),
    );
    expect(Object.keys(schema.properties['grid'].properties ?? {})).toEqual(Object.keys(STUDY_SETTING_TABLE));
    expect(
      Object.values(schema.properties['grid'].properties ?? {}).every(({ description = '' }) => description.length > 5),
    ).toBe(true);
    expect(schema.required).toEqual(expect.arrayContaining(['title', 'grid']));
  });
});

describe('decodeText', () => {
  it('takes UTF-8, and says where a file is none', () => {
    expect(decodeText(Buffer.from('title: größe\n'))).toBe('title: größe\n');
    expect(decodeText(Buffer.from('title: ö\nx: gr\xf6\xdfe\n', 'latin1'))).toMatchObject({
      line: 1,
      column: 8,
      message: 'the file must be UTF-8, got the byte 0xF6',
    });
    expect(decodeText(Buffer.concat([Buffer.from('title: ö\n'), Buffer.from('x: \xdf', 'latin1')]))).toMatchObject({
      line: 2,
      column: 4,
    });
    expect(decodeText(Buffer.from('title: x', 'utf16le'))).toBe('t\0i\0t\0l\0e\0:\0 \0x\0');
  });
});

describe('streams', () => {
  const problemsWith = (streams: string): string[] => problemsOf(`${GOOD}streams: ${streams}\n`);

  it('are those of an experiment that a study file can describe', () => {
    expect(problemsWith('{of: fu2018-fig3, version: 1, cells: [n, K, d]}')).toEqual([]);
  });

  it.each([
    [
      '{of: fu2018-fig9, version: 1, cells: [K, d, n]}',
      "10:15 streams.of must be one of fu2018-fig3, fu2018-fig4, fu2019-loss, got 'fu2018-fig9' (did you mean 'fu2018-fig3'?)",
    ],
    ['{of: fu2018-fig3, version: 2, cells: [K, d, n]}', '10:37 streams.version must be 1 for fu2018-fig3, got 2'],
    [
      '{of: fu2018-fig3, version: 1, cells: [d, n]}',
      '10:47 streams.cells must be the settings of the cells of fu2018-fig3: [K, d, n], got [d, n]',
    ],
  ])('%s are refused: no experiment has them', (streams, problem) => {
    expect(problemsWith(streams)).toEqual([problem]);
  });
});
