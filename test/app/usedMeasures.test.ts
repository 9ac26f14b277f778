/** Measures of a user's own in a study file, and the example that uses every kind of definition. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../cli/basin.js';
import { here, hereJson } from '../cli/here.js';
import { folderWith, withoutThreads } from '../definitions/modules.js';

/** A module with a measure whose function has this body. */
const measuring = (body: string, more = "statistic: 'median'"): string => `
import { defineMeasure } from '@basin-lab/basin';
export const own = defineMeasure({ name: 'own', description: 'mine', ${more},
  measure(trial) { ${body} } });
`;
const SEEN = `
  const { teacher, bestW, bestV, teacherV, L, K, m, n, d, best, ends, labels, outputs, fresh, measures } = trial;
  const distance = Math.hypot(...bestW.map((w, i) => w - teacher[i]));
  if (ends.length !== L * K * m || bestW[0] !== ends[best * K * m] || labels.length !== n) return 0;
  const X = fresh(50);
  if (X.length !== 50 * d || X.some((x, i) => x !== fresh(50)[i])) return 0;
  // The labels are those of the training set, without noise.
  if (outputs(fresh(n), teacher, teacherV).every((value, i) => value === labels[i])) return 0;
  const f = outputs(X, bestW, bestV);
  const target = outputs(X, teacher, teacherV);
  return distance > 0 && f.some((value, i) => value !== target[i]) ? distance / measures.estimationError : 0;`;

const STUDY = `title: own measure
use: [./mine.ts]
trials: 3
measures: [own]
grid: {d: 3, K: 2, n: [30, 40], starts: 2, labels: regression, iterations: 3}
`;

function laboratory(module: string, rest = '') {
  withoutThreads();
  const folder = folderWith({ 'mine.ts': module, 'study.yaml': `${STUDY}${rest}` });
  return { folder, file: join(folder, 'study.yaml'), out: join(folder, 'out') };
}

interface Document {
  readonly experiments: readonly {
    readonly id: string;
    readonly figures: readonly string[];
    readonly cells: readonly { readonly measures: Readonly<Record<string, { readonly value: number }>> }[];
  }[];
}

describe('a measure of one’s own', () => {
  it('sees teacher, starts, ends and fresh samples; it is summarised, drawn, exported and replayed', async () => {
    const { folder, file, out } = laboratory(
      measuring(SEEN),
      'summaries: {scaled: {of: 2*own + K, statistic: mean}}\nfigure: {x: n, measure: own}\n',
    );
    const { experiments } = (await hereJson('run', file, '--out', out)) as Document;
    const [{ id, cells, figures }] = experiments;
    expect(figures).toHaveLength(1);
    // The distance that she works out is basin's: 1 of it.
    for (const { measures } of cells) {
      expect(measures['own'].value).toBeCloseTo(1, 12);
      expect(measures['scaled'].value).toBeCloseTo(4, 12);
    }
    expect(await hereJson('verify', out, '--sample', '100%')).toMatchObject({ replayed: 6, identical: 6 });
    await here('export', out, '--format', 'csv', '--out', join(folder, 'trials.csv'));
    expect(readFileSync(join(folder, 'trials.csv'), 'utf8')).toContain(',measures.own,');
    expect(await hereJson('describe', file)).toMatchObject({
      id,
      measures: [{ name: 'own', description: 'mine' }, { name: 'scaled' }],
    });
  });

  it('may be missing where it is optional', async () => {
    const { file, out } = laboratory(
      measuring('return trial.n > 30 ? 5 : undefined;', "statistic: 'mean', optional: true"),
    );
    const { experiments } = (await hereJson('run', file, '--out', out)) as Document;
    expect(experiments[0].cells.map(({ measures }) => measures['own'].value)).toEqual([null, 5]);
  });

  it.each<[string, string, string, RegExp]>([
    [
      'that is no number',
      measuring("return 'much';"),
      '',
      /mine\.ts: measure own = much is not allowed in a definition: it must be a number; one that a trial may leave out has optional: true/,
    ],
    ['that is NaN', measuring('return NaN;'), '', /measure own = NaN is not allowed in a definition/],
    [
      'that draws by chance',
      measuring('return Math.random();'),
      '',
      /mine\.ts:4: Math\.random\(\) is not allowed in a definition/,
    ],
    [
      'of a name of basin’s',
      measuring('return 1;').replace("'own'", "'finalLoss'"),
      '',
      /study\.yaml:2:7: mine\.ts: the name of a measure must be one of your own, got 'finalLoss'/,
    ],
    [
      'of an unknown statistic',
      measuring('return 1;', "statistic: 'mode'"),
      '',
      /mine\.ts: the statistic of measure own must be one of /,
    ],
    [
      'without a function',
      measuring('return 1;').replace('measure(trial)', 'mesure(trial)'),
      '',
      /mine\.ts: measure of own must be a function, got undefined/,
    ],
    [
      'that the file misspells',
      measuring('return 1;'),
      'figure: {x: n, measure: owm}\n',
      /study\.yaml:6:\d+: .* got 'owm' \(did you mean 'own'\?\)/,
    ],
    [
      'whose name a summary takes',
      measuring('return 1;'),
      'summaries: {own: {of: finalLoss, statistic: mean}}\n',
      /the name of a summary must be free, got 'own'/,
    ],
  ])('is refused: one %s', async (_, module, rest, message) => {
    const { file, out } = laboratory(module, rest);
    const refused = await here('run', file, '--out', out);
    expect([isRefusal(refused), refused.stderr]).toEqual([true, expect.stringMatching(message)]);
  });
});

it('has no fresh samples where the inputs are a file', async () => {
  const { folder, file, out } = laboratory(measuring('return trial.fresh(2)[0];'));
  writeFileSync(join(folder, 'X.csv'), '1,2,3\n4,5,6\n');
  writeFileSync(file, STUDY.replace('n: [30, 40]', 'n: 2, inputs: {file: X.csv}'));
  const refused = await here('run', file, '--out', out);
  expect([isRefusal(refused), refused.stderr]).toEqual([
    true,
    expect.stringMatching(/mine\.ts:4: fresh\(\) is not allowed in a definition with inputs of a file/),
  ]);
});

it('examples/own/study.yaml runs as it stands', async () => {
  const { out } = laboratory('');
  const file = join(import.meta.dirname, '../../examples/own/study.yaml');
  const { experiments } = (await hereJson('run', file, '--out', out)) as Document;
  const [{ cells, figures }] = experiments;
  expect([cells.length, figures.length]).toEqual([6, 1]);
  expect(cells.every(({ measures }) => measures['testError'].value < 1e-2)).toBe(true);
});
