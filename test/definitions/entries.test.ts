/** What of the library a definition may use: the rest is for programs, and says so. */
import { expect, it } from 'vitest';
import * as library from '../../src/definitions/library.js';
import { OF_PROGRAMS } from '../../src/definitions/modules.js';
import * as program from '../../src/index.js';
import { experimentOf, moduleText, trialOf } from './modules.js';

const withImport = (line: string, body: string): string => `${line}\n${moduleText(body)}`;

it('statistics, for numbers within a trial', async () => {
  const text = withImport(
    "import { median } from '@basin-lab/basin/statistics';",
    '    return { measures: { m: median(Float64Array.of(1, 2, 30)).value } };',
  );
  expect(trialOf(await experimentOf(text))).toMatchObject({ status: 'ok', measures: { m: 2 } });
});

it('functions for programs are refused where they are used', async () => {
  const within = withImport(
    "import { fit } from '@basin-lab/basin';",
    '    return { measures: { m: fit({}).length } };',
  );
  const { status, error } = trialOf(await experimentOf(within));
  expect(status).toBe('failed');
  expect(error).toContain("fit of '@basin-lab/basin' is for programs; a trial gets its numerics from kernels");
  const before = withImport("import { openStudy } from '@basin-lab/basin';\nopenStudy('x');", '    return {};');
  await expect(experimentOf(before)).rejects.toThrow(/^own\.ts.*openStudy of '@basin-lab\/basin' is for programs/);
});

it('the store is no entry for definitions', async () => {
  const text = withImport("import { readStudy } from '@basin-lab/basin/store';\nreadStudy('x');", '    return {};');
  await expect(experimentOf(text)).rejects.toThrow(/own\.ts:1:\d+: '@basin-lab\/basin\/store' cannot be bundled/);
});

it('every name of the library is for one or the other', () => {
  const names = new Set([...Object.keys(library), ...OF_PROGRAMS]);
  expect(Object.keys(program).toSorted()).toEqual([...names].toSorted());
  expect(Object.keys(library).filter((name) => OF_PROGRAMS.includes(name))).toEqual([]);
});
