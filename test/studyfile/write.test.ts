import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SCALES } from '../../src/settings/scale.js';
import { loadStudy, type LoadedStudy } from '../../src/studyfile/load.js';
import { writeStudy } from '../../src/studyfile/write.js';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const OF_ALL_KEYS = `
title: 'All: "keys" # of a file'
description: "two\\nlines"
seed: 9007199254740991
grid: {inputs: [gaussian, laplace], K: 1, d: [4, 8], n: [10*d, 300], noise: 1e-3, start: gaussian, iterations: [10, 20], startScale: auto, activation: 'softplus:2', labels: regression}
trials: 7
precision: {relative: 0.1, measure: finalLoss, most: 50}
measures: [upper, recoveryRate, covered]
summaries:
  upper: {of: relativeError/noise, statistic: quantile(0.9)}
differences:
  gain: {of: relativeError, between: {iterations: [10, 20]}, statistic: median}
figures:
  - {measure: recoveryRate, x: n/d, colour: inputs, facet: d, title: 'yes', xLog: true, yLog: false}
  - {kind: heat-map, measure: covered, x: d, y: n}
  - {kind: bands, measure: loss}
`;

const files = readdirSync(EXAMPLES)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => [name, readFileSync(join(EXAMPLES, name), 'utf8')] as const);
const cases = [...files, ['all keys', OF_ALL_KEYS] as const].flatMap(([name, text]) =>
  SCALES.flatMap((scale) => {
    const loaded = loadStudy(text, scale);
    if ('problems' in loaded && scale === 'paper') throw new Error(`${name}: ${loaded.problems[0].message}`);
    return 'problems' in loaded ? [] : [{ name, scale, loaded }];
  }),
);

describe('a study written back as a file', () => {
  it('covers targets and scales', () => {
    expect(cases.some(({ loaded }) => loaded.spec.boundary !== undefined)).toBe(true);
    expect(cases.some(({ loaded }) => loaded.spec.precision !== undefined)).toBe(true);
    expect(new Set(cases.map(({ scale }) => scale))).toContain('smoke');
  });

  it.each(cases)('says the same: $name, $scale', ({ scale, loaded: { spec, seed } }) => {
    const again = loadStudy(writeStudy(spec, seed, scale), scale) as LoadedStudy;
    expect(JSON.stringify(again.spec)).toBe(JSON.stringify(spec));
    expect(again.seed).toBe(seed);
  });
});
