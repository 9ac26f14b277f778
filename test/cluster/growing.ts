/** A study whose trials follow from results, in stages of a few seconds. */
import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { ClusterStudy } from './study.js';

const GROWING = `title: A rate that would have to be closer
grid: {K: 2, d: 8, n: 800, labels: regression, start: sphere, radius: 0.5, iterations: 1000, tolerance: 0}
trials: 10
measures: [recoveryRate]
precision: {measure: recoveryRate, rate: 0.2, most: 16}
`;

/** Plans its first stage, and returns the digest of running all of it here. */
export function planGrowing(study: ClusterStudy): string {
  const [file, local] = [study.at('study.yaml'), study.at('local')];
  writeFileSync(file, GROWING);
  expect(study.run('plan', file, '-o', study.plan, '--unit', '1s')).toMatchObject({ code: 0 });
  expect(study.run('run', file, '--out', local)).toMatchObject({ code: 0 });
  const { stdout } = study.run('status', '--plan', study.plan, '--store', local, '--json');
  return (JSON.parse(stdout) as { readonly digest: string }).digest;
}
