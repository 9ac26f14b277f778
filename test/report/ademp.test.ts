import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CellSummary } from '../../src/experiments/spec.js';
import { studyExperiment } from '../../src/experiments/own/experiment.js';
import type { StudySpec } from '../../src/experiments/own/spec.js';
import { ademp } from '../../src/report/ademp.js';
import { adempBlock, adempMarkdown } from '../../src/report/adempText.js';
import type { ExperimentContent } from '../../src/report/content.js';
import { cellKey } from '../../src/study/grid/streams.js';
import { UNKNOWN } from '../../src/statistics/estimate.js';
import { isRefusal, scratchFolder } from '../cli/basin.js';
import { here } from '../cli/here.js';
import { storeOwnStudy } from '../export/ownStudy.js';
import { interval } from '../statistics/estimates.js';
import { cell, experiment, report } from './fixtures.js';

const TITLES = [
  'Aims',
  'Data-generating mechanisms',
  'Estimands',
  'Methods',
  'Performance measures',
  'Number of trials and precision',
  'Findings and claims',
  'States of the generator, and computing',
];

const WITHOUT_JUDGEMENTS = TITLES.filter((title) => title !== 'Findings and claims');

/** The text of a part of the fixture with other content. */
function part(title: string, other: Partial<ExperimentContent>): string {
  const text = adempMarkdown({ ...report, experiments: [{ ...experiment, ...other }] });
  return text.split('\n## ').find((one) => one.startsWith(`${title}\n`)) ?? '';
}

/** Of cells with these estimates of successRate, the row of its precision. */
function reached(...estimates: readonly object[]): readonly string[] | undefined {
  const cells = estimates.map((one): CellSummary => ({ ...cell, measures: { successRate: { ...UNKNOWN, ...one } } }));
  const precision = ademp({ ...experiment, cells }, report).find(({ title }) => title.startsWith('Number of trials'));
  const table = precision?.blocks.find((block) => typeof block === 'object' && 'rows' in block);
  return typeof table === 'object' && 'rows' in table ? table.rows.find(([name]) => name === 'successRate') : undefined;
}

describe('the ADEMP form', () => {
  it('has its parts in order, in Markdown and on the page', () => {
    const headings = adempMarkdown(report)
      .match(/^## .*$/gm)
      ?.map((line) => line.slice(3));
    expect(headings).toEqual(report.experiments.flatMap(() => TITLES));
    const block = adempBlock(experiment, report);
    expect(block.match(/<h4>/g)).toHaveLength(TITLES.length);
  });

  it('shows text as it is: nothing of it is markup', () => {
    const text = adempMarkdown(report);
    expect(text).toContain('A \\<b\\>bold\\</b\\> title');
    expect(adempBlock(experiment, report)).not.toContain('<b>');
    const odd: ExperimentContent = { ...experiment, experiment: { ...experiment.experiment, title: '# a | b\n*c*' } };
    expect(adempMarkdown({ ...report, experiments: [odd] })).toContain('# \\# a \\| b \\*c\\*\n');
  });

  it('says the precision of the worst cell, and where there is none', () => {
    const one = { value: 0.5, low: 0.4, high: 0.6, mcse: 0.05 };
    expect(reached(one, { value: 0.1, low: 0, high: 0.3, mcse: 0.02 })?.slice(1)).toEqual(['0.05', '0.15', '1.5', '0']);
    expect(reached(one, {})?.slice(1)).toEqual(['0.05', '0.1', '0.2', '1']);
    expect(reached(one, { value: 2, low: 1, high: Infinity })?.slice(1)).toEqual(['0.05', '∞', '∞', '0']);
    expect(reached(one, { value: Infinity, low: 1, high: Infinity })?.slice(1)).toEqual(['0.05', '∞', '∞', '0']);
    expect(reached({}, { value: 0, low: 0, high: 0 })?.slice(1)).toEqual(['–', '0', '–', '1']);
  });

  it('has a row for each finding and claim, and neither table nor part without', () => {
    const finding = { ...interval(3, 2, 4), name: 'gain', settings: {}, pairs: 9, statement: 'mean gain' };
    const judged = part('Findings and claims', { findings: [finding] });
    expect(judged).toMatch(/^\| mean gain \| 3\.0 \\\[2\.0, 4\.0\\\] \|$/m);
    expect(judged).toMatch(
      /^\| \? undecided \| rate \\> 0\.9 \| 0\.900 \\\[0\.800, 0\.950\\\] \| fu2018, Figure 9 \|$/m,
    );
    expect(part('Estimands', { findings: [finding] })).toMatch(/^\| mean gain \|$/m);
    expect(part('Estimands', {})).not.toContain('of several cells');
    expect(part('Findings and claims', {})).not.toContain('finding |');
    expect(part('Findings and claims', { claims: [] })).toBe('');
    expect(part('Aims', { claims: [] })).not.toContain('judged');
  });

  it('says how many trials there are, and how many are missing', () => {
    const cells = [cell, { ...cell, trials: 40, planned: 60 }];
    expect(part('Number of trials and precision', { cells })).toContain(
      'Trials per cell: 40 to 50 so far, 20 trials of the plan missing.',
    );
    expect(part('Number of trials and precision', {})).toContain('Trials per cell: 50.\n');
  });

  it('says of a paper that its source tells what is drawn', () => {
    expect(part('Data-generating mechanisms', {})).toContain('2 cells, each a combination of settings. The trials of');
    expect(part('Data-generating mechanisms', {})).not.toContain('anew');
    expect(part('Performance measures', {})).not.toContain('What counts as such');
  });

  it('counts what no estimate sees', () => {
    const cells = [{ ...cell, failed: 2, diverged: 1, censored: 3 }];
    expect(adempMarkdown({ ...report, experiments: [{ ...experiment, cells }] })).toContain(
      'Of all trials 2 failed, 1 diverged, 3 censored.',
    );
  });
});

describe('what it says of the random numbers of a study of her own', () => {
  const spec: StudySpec = {
    title: 'own',
    description: '',
    grid: { d: [4], n: [40], noise: [0, 1], start: ['sphere', 'gaussian'] },
    trials: 2,
    measures: [],
    figures: [],
  };
  /** The text, and which cells have the key of the first one. */
  const saidAndDone = (streams?: StudySpec['streams']): [string, boolean[]] => {
    const own = studyExperiment({ ...spec, ...(streams && { streams }) });
    const keys = own.cells({}).map(({ settings }) => String(cellKey(own, 1, settings)));
    return [
      adempMarkdown({ ...report, experiments: [{ ...experiment, experiment: own }] }),
      keys.map((key) => key === keys[0]),
    ];
  };

  it('cells share them when the settings of the data agree', () => {
    const [said, same] = saidAndDone();
    expect(said).toContain('the key is made of the experiment, the seed 1 and the settings of the data, the counter');
    expect(said).toContain('Cells that differ in these settings alone have the same teachers and training sets,');
    expect(same).toEqual([true, true, false, false]);
  });

  it('with `streams`, when the settings that these name agree', () => {
    const [said, same] = saidAndDone({ of: 'fu2018-fig3', version: 1, cells: ['d', 'n', 'start'] });
    expect(said).toContain('is made of fu2018-fig3 version 1, the seed 1 and the values of d, n, start, the counter');
    expect(said).toContain('Cells with the same values of d, n, start have the same random numbers, trial by trial');
    expect(said).not.toContain('Cells that differ in these settings alone');
    expect(same).toEqual([true, false, true, false]);
  });
});

describe('basin report --ademp', () => {
  const dir = join(scratchFolder(), 'study');

  it('prints the study, and draws nothing', async () => {
    storeOwnStudy(dir);
    const { code, stdout } = await here('report', dir, '--ademp');
    expect(code).toBe(0);
    expect(stdout.match(/^## .*$/gm)?.map((line) => line.slice(3))).toEqual(WITHOUT_JUDGEMENTS);
    // Of data: the law of the inputs; of the method: the start.
    const [before, after] = stdout.split('## Methods');
    expect(before).toMatch(/^\| inputs \| gaussian, laplace \|/m);
    expect(after).toMatch(/^\| start \| sphere, gaussian \|/m);
    expect(after).toMatch(/^\| recoveryRate \| 95 % Blaker intervals \|$/m);
    expect(after).toContain('32 failed');
    // Of the thresholds, in the performance measures alone.
    const [, section] = after.split('## Performance measures');
    expect(section).toMatch(/What counts as such:\n\n.*\n.*\n\| within \| 0\.01 \|.*\n\| sameMinimum \| 0\.01 \|/);
    expect(stdout.match(/^\| (within|sameMinimum) /gm)).toHaveLength(2);
    expect(before).toContain('Every trial draws anew: teacher W\\*, inputs x, starts W0. What is not drawn');
    expect(() => readFileSync(join(dir, 'report.html'))).toThrow(/ENOENT/);
  });

  it('writes the same into a file, and takes neither --json nor --out', async () => {
    const file = join(dir, '..', 'study.md');
    await here('report', dir, '--ademp', file);
    expect(readFileSync(file, 'utf8')).toBe((await here('report', dir, '--ademp')).stdout);
    const refused = await here('report', dir, '--ademp', '--json');
    expect(isRefusal(refused), refused.stderr).toBe(true);
  });
});
