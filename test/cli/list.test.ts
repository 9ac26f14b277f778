import { expect, it } from 'vitest';
import { EXPERIMENTS } from '../../src/experiments/registry.js';
import { here } from './here.js';

it('list has the experiments by paper, with the costs in columns', async () => {
  const { stdout } = await here('list');
  const [head, ...papers] = stdout.trimEnd().split(/\n\n(?=\S+:\n)/);
  expect(head).toMatch(/^core time +smoke +quick +paper$/);
  expect(papers.map((text) => text.split(':')[0])).toEqual([...new Set(EXPERIMENTS.map(({ paper }) => paper))]);
  for (const { id, paper, source } of EXPERIMENTS) {
    const section = papers.find((text) => text.startsWith(`${paper}:`)) ?? '';
    const line = section.split('\n').find((one) => one.startsWith(`${id} `)) ?? '';
    expect(line, id).toMatch(/^\S+( +[\d.]+ (s|min( \d\d s)?|h( \d\d min)?)){3}$/);
    expect(line, id).toHaveLength(head.length);
    expect(section.replace(/\s+/g, ' '), id).toContain(`(${source.replace(new RegExp(`^${paper}, `), '')})`);
  }
});
