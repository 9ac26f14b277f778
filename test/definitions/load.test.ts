import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { purposeOf } from '../../src/definitions/streams.js';
import { experimentOf, moduleText, trialOf } from './modules.js';

const RETURN = '    return { measures: { m: 1 } };';

/** Of a definition that could be run, with one part replaced. */
const changed = (part: string, other: string): string => {
  const text = moduleText(RETURN);
  expect(text).toContain(part);
  return text.replace(part, other);
};

describe('a module is refused in one line', () => {
  it.each<[string, () => string, RegExp]>([
    [
      'that throws',
      () => "const list: number[] = [];\n\nif (list.length === 0) throw new Error('no data');\nexport default 1;\n",
      /^own\.ts:3: no data$/,
    ],
    [
      'that exports nothing',
      () => 'export {};\n',
      /^own\.ts: it must have a default export made by defineExperiment\(\)/,
    ],
    [
      'that exports something else',
      () => "export default { id: 'own' };\n",
      /^own\.ts: it must have a default export made by defineExperiment\(\)/,
    ],
    [
      "with an id of basin's",
      () => changed("id: 'own'", "id: 'fu2018-fig3'"),
      /^own\.ts: the id of an experiment must be one of your own, got 'fu2018-fig3', which is one of basin's$/,
    ],
    ['with the id of study files', () => changed("id: 'own'", "id: 'study'"), /must be one of your own, got 'study'/],
    [
      'with an id that cannot stand in an address',
      () => changed("id: 'own'", "id: 'my own'"),
      /the id of an experiment must be letters, digits and '-', a letter first, got 'my own'/,
    ],
    [
      'without a trial',
      () => moduleText(RETURN).replace('trial(', 'trail('),
      /^own\.ts: trial of own must be a function, got undefined$/,
    ],
    [
      'without measures',
      () => changed("{ name: 'm', description: 'a number', statistic: 'mean' }", ''),
      /measures of own must be at least one, got 'none'$/,
    ],
    [
      'with an unknown statistic',
      () => changed("'mean'", "'meen'"),
      /the statistic of measure m must be one of median, mean, .*, quantile\(q\), share\(<= x\), got 'meen' \(did you mean 'mean'\?\)$/,
    ],
    [
      'with a setting that is none',
      () => changed("number({ description: 'samples', integer: true, list: true, default: [4] })", '4'),
      /setting n must be given an object, got '?4'?/,
    ],
    [
      'with a default out of range',
      () => changed('default: [4]', 'min: 5, default: [4]'),
      /the default of setting n must be an integer from 5 to 1000000000, got '4'/,
    ],
    [
      'that reads a clock',
      () => `const begin = Date.now();\n${moduleText(RETURN)}`,
      /^own\.ts:1: Date\.now\(\) is not allowed in a definition/,
    ],
    [
      'that draws by chance',
      () => `\nexport const x = globalThis.Math.random();\n${moduleText(RETURN)}`,
      /^own\.ts:2: Math\.random\(\) is not allowed in a definition: draw from stream\('…'\)/,
    ],
  ])('%s', async (_, text, message) => {
    await expect(experimentOf(text())).rejects.toThrow(message);
    await expect(experimentOf(text())).rejects.toMatchObject({
      name: 'InputError',
      message: expect.not.stringContaining('\n') as unknown,
    });
  });
});

describe('a trial of a user’s own', () => {
  it('has the numbers of its streams, which go on, by purpose', async () => {
    const experiment = await experimentOf(
      moduleText(
        `
    const first = stream('data').normals(3);
    const second = stream('data').uniforms(2);
    const other = stream('noise').normals(1);
    return { measures: { m: first[0] }, curves: { all: Float64Array.of(...first, ...second, ...other), at: new Float64Array(6) } };`,
        "\n  curves: [{ name: 'all', at: 'at', description: 'all' }],",
      ),
    );
    const { key } = (await import('../../src/study/grid/cells.js')).cellOf({ experiment, values: {} }, 1, { n: 4 });
    const drawn = (kind: 'normals' | 'uniforms', text: string, block: number, count: number): number[] => {
      const numbers = new Float64Array(count);
      loadNativeKernels()[kind]({ key, trial: 7, purpose: purposeOf(text) }, block, numbers);
      return [...numbers];
    };
    const { status, error, curves } = trialOf(experiment, 7);
    expect([status, error]).toEqual(['ok', null]);
    expect([...curves['all']]).toEqual([
      ...drawn('normals', 'data', 0, 3),
      ...drawn('uniforms', 'data', 2, 2),
      ...drawn('normals', 'noise', 0, 1),
    ]);
    expect(purposeOf('data')).toBeGreaterThanOrEqual(2 ** 31);
  });

  it.each([
    [
      'of her own code',
      '    const u: number[] = [];\n    return { measures: { m: u.at(7).length } };',
      /^own\.ts:7: TypeError: Cannot read properties of undefined/,
    ],
    ['of a text that is thrown', "    throw 'nothing';", /^own\.ts: threw nothing$/],
    [
      'of the library',
      '    return { measures: { m: stream("").normals(1)[0] } };',
      /^own\.ts:6: TypeError: stream\(\) must be given a purpose/,
    ],
    [
      'of recursion without end',
      '    const f = (x: number): number => f(x + 1) + 1;\n    return { measures: { m: f(1) } };',
      /^own\.ts:6: RangeError: Maximum call stack/,
    ],
    [
      'of chance',
      '    return { measures: { m: Math.random() } };',
      /^own\.ts:6: Math\.random\(\) is not allowed in a definition/,
    ],
    [
      'of chance that was kept',
      '    const { random } = Math;\n    return { measures: { m: random() } };',
      /^own\.ts:7: Math\.random\(\) is not/,
    ],
    [
      'of a clock',
      '    return { measures: { m: performance.now() } };',
      /^own\.ts:6: performance\.now\(\) is not allowed/,
    ],
    [
      'of a date',
      '    return { measures: { m: new Date(0).getTime() + new Date().getTime() } };',
      /^own\.ts:6: new Date\(\) is not allowed/,
    ],
    [
      'of a measure that is no number',
      "    return { measures: { m: 'a' as never } };",
      /^own\.ts: measure m = 'a' is not allowed in a definition: it must be a number/,
    ],
    ['of NaN', '    return { measures: { m: 0 / 0 } };', /^own\.ts: measure m = NaN is not allowed/],
    [
      'of a measure that is not declared',
      '    return { measures: { m: 1, k: 2 } };',
      /^own\.ts: measure 'k' is not allowed in a definition: declared are m$/,
    ],
    [
      'of a measure that is missing',
      '    return { measures: {} };',
      /^own\.ts: a trial without measure m is not allowed/,
    ],
    [
      'of nothing',
      '    return undefined as never;',
      /^own\.ts: what trial\(\) returned is not allowed in a definition: it must be \{ measures/,
    ],
    [
      'of a promise',
      '    return Promise.resolve({ measures: { m: 1 } }) as never;',
      /^own\.ts: a promise is not allowed/,
    ],
    [
      'of a curve that is not declared',
      '    return { measures: { m: 1 }, curves: { c: new Float64Array(1) } };',
      /^own\.ts: curve 'c' is not allowed/,
    ],
  ])('fails with its line: %s', async (_, body, message) => {
    const { status, error } = trialOf(await experimentOf(moduleText(body)));
    expect(status).toBe('failed');
    expect(error).toMatch(message);
  });

  it('leaves clock and chance to the program when it is over, also when it throws', async () => {
    trialOf(await experimentOf(moduleText("    throw new Error('no');")));
    expect([Math.random() < 1, Date.now() > 0, performance.now() > 0, new Date().getTime() > 0]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it('may diverge, and may leave out what is optional', async () => {
    expect(trialOf(await experimentOf(moduleText("    return { status: 'diverged', measures: {} };")))).toMatchObject({
      status: 'diverged',
      measures: {},
    });
    const optional = moduleText('    return { measures: {} };').replace(
      "statistic: 'mean'",
      "statistic: 'mean', optional: true",
    );
    expect(trialOf(await experimentOf(optional))).toMatchObject({ status: 'ok', measures: {} });
  });
});
