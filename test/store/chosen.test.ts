import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { storedExperiments } from '../../src/store/chosen.js';
import { openStudy } from '../../src/store/open.js';
import type { StudyWriter } from '../../src/store/writer.js';
import { IDENTITY } from '../study/toy.js';
import { scratchFolder } from '../cli/basin.js';

let store: StudyWriter;
const folder = scratchFolder();

beforeAll(() => {
  store = openStudy(join(folder, 'study'), IDENTITY);
  for (const id of ['fu2018-fig2', 'fu2018-fig3', 'gao2018-fig1'])
    store.addExperiment({ id, version: 1, values: {} }, []);
});
afterAll(() => store.close());

it.each([
  [[], ['fu2018-fig2', 'fu2018-fig3', 'gao2018-fig1']],
  [
    ['gao2018-fig1', 'fu2018-fig2', 'gao2018-fig1'],
    ['fu2018-fig2', 'gao2018-fig1'],
  ],
])('%j chooses %j', (ids, chosen) => {
  expect(storedExperiments(store, ids).map(({ id }) => id)).toEqual(chosen);
});

it('refuses what the study does not have', () => {
  expect(() => storedExperiments(store, ['fu2018-fig2', 'gao2018-fig2'])).toThrow(
    "an experiment must be one of fu2018-fig2, fu2018-fig3, gao2018-fig1, got 'gao2018-fig2' (did you mean 'gao2018-fig1'?)",
  );
});
