import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CellSummary } from '../../src/experiments/spec.js';
import { ademp } from '../../src/report/ademp.js';
import { adempBlock, adempMarkdown } from '../../src/report/adempText.js';
import type { ExperimentContent } from '../../src/report/content.js';
import { UNKNOWN } from '../../src/statistics/estimate.js';
import { isRefusal, scratchFolder } from '../cli/basin.js';
import { here } from '../cli/here.js';
import { storeOwnStudy } from '../export/ownStudy.js';
import { cell, experiment, report } from './fixtures.js';

const TITLES = [
  'Aims',
  'Data-generating mechanisms',
  'Estimands',
  'Methods',
  'Performance measures',
  'Number of trials and precision',
  'States of the generator, and computing',
];

/** Of cells with these estimates of successRate, the row of its precision. */
function reached(...estimates: readonly object[]): readonly string[] | undefined {
  const cells = estimates.map((one): CellSummary => ({ ...cell, measures: { successRate: { ...UNKNOWN, ...one } } }));
  const [, , , , , part] = ademp({ ...experiment, cells }, report);
  const table = part.blocks.find((block) => typeof block === 'object' && 'rows' in block);
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
    expect(reached({ value: 0, low: 0, high: Infinity })?.slice(1)).toEqual(['–', '–', '–', '1']);
  });

  it('counts what no estimate sees', () => {
    const cells = [{ ...cell, failed: 2, diverged: 1, censored: 3 }];
    expect(adempMarkdown({ ...report, experiments: [{ ...experiment, cells }] })).toContain(
      'Of all trials 2 failed, 1 diverged, 3 censored.',
    );
  });
});

describe('basin report --ademp', () => {
  const dir = join(scratchFolder(), 'study');

  it('prints the study, and draws nothing', async () => {
    storeOwnStudy(dir);
    const { code, stdout } = await here('report', dir, '--ademp');
    expect(code).toBe(0);
    expect(stdout.match(/^## .*$/gm)?.map((line) => line.slice(3))).toEqual(TITLES);
    // Of data: the law of the inputs; of the method: the start.
    const [before, after] = stdout.split('## Methods');
    expect(before).toMatch(/^\| inputs \| gaussian, laplace \|/m);
    expect(after).toMatch(/^\| start \| sphere, gaussian \|/m);
    expect(after).toMatch(/^\| recoveryRate \| 95 % Blaker intervals \|$/m);
    expect(after).toContain('32 failed');
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
