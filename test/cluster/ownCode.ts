/** A study with words of a user's own, on a cluster where her file is not. */
import { rmSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { ClusterStudy } from './study.js';

const MINE = `import { defineInputs } from '@basin-lab/basin';
export const halves = defineInputs({
  name: 'halves',
  description: 'uniform on (-1/2, 1/2)',
  draw: ({ n, d, stream }) => stream.uniforms(n * d).map((u) => u - 0.5),
});
`;
const USING = `title: on a cluster
use: [./mine.ts]
trials: 40
grid: {K: 2, d: 4, n: 60, inputs: [halves, gaussian], labels: regression, activation: 'z*exp(-z^2)', iterations: 200}
`;

/** Plans it, removes the module, and returns the digest of running it here. */
export function planOwnCode(study: ClusterStudy): string {
  writeFileSync(study.at('mine.ts'), MINE);
  writeFileSync(study.at('study.yaml'), USING);
  const digest = study.reference([study.at('study.yaml')]);
  rmSync(study.at('mine.ts'));
  return digest;
}

/** Trials of the merged study are performed again to the same bits. */
export function expectVerified(study: ClusterStudy, store: string): void {
  expect(study.run('verify', study.at(store), '--sample', '3')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('3 identical') as unknown,
  });
}
