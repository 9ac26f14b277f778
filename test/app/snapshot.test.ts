/** A report is of one moment of its study, whatever a writer adds while it is made. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { studyContent } from '../../src/app/results.js';
import { fu2018Fig4 } from '../../src/experiments/papers/fu2018/fig4.js';
import { openStudy, readStudy } from '../../src/store/open.js';
import { StudyReader } from '../../src/store/reader.js';
import { gridOf } from '../../src/study/grid/cells.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { temporaryFolder } from '../study/toy.js';

it('trials that are added while it is made are in the next one', () => {
  const dir = temporaryFolder();
  const writer = openStudy(dir, { seed: 1, scale: 'smoke', overrides: {} });
  onTestFinished(() => {
    writer.close();
  });
  const values = resolveValues(fu2018Fig4, 'smoke', new Map());
  const grid = gridOf({ experiment: fu2018Fig4, values }, 1);
  const [cell] = writer.addExperiment({ id: fu2018Fig4.id, version: fu2018Fig4.version, values }, grid.cells);
  if (cell === undefined) throw new Error('no cell');
  let stored = 0;
  const add = (): void => {
    writer.commit([
      { cell, rows: [{ trial: stored++, status: 'failed', seconds: 1, measures: {}, error: 'x' }], curves: [] },
    ]);
  };
  add();
  const reader = readStudy(dir);
  onTestFinished(() => {
    reader.close();
  });
  vi.spyOn(reader, 'cells').mockImplementation((id) => {
    add();
    return StudyReader.prototype.cells.call(reader, id);
  });
  const trialsShown = (): number => studyContent(reader).experiments[0].cells[0].trials;
  expect(trialsShown()).toBe(1);
  expect(stored).toBeGreaterThan(1);
  expect(trialsShown()).toBeGreaterThan(1);
});
