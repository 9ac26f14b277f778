/** A page follows its study: from the first trial to the last, and when the store is lost. */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { openStudy } from '../../src/store/open.js';
import { failedRow, ID, okRow, Page, watched, writtenStudy } from './study.js';

it('cells fill with trials and estimates while the study runs', async () => {
  const { dir, store, cells, add } = writtenStudy();
  const run = store.beginRun({ workers: 2, started: '2026-12-01T04:00:00.000Z' });
  add(0, 0, 1);
  const { url } = await watched(dir);
  const page = await Page.open(url);
  await page.until(({ parts }) => 'figures' in parts);
  expect(page.grid?.cells.map(({ text }) => text)).toEqual(cells.map(({ text }) => text));
  expect(page.cells[0]).toMatchObject({ at: 0, done: 1, failed: 0, planned: expect.any(Number) as number });
  expect(page.cells[0].estimates[0]).toMatchObject({ value: 0.5 });
  expect(page.cells[1]).toMatchObject({ done: 0, estimates: expect.anything() as unknown });
  expect(page.parts['state']).toContain('Running');
  expect(page.parts['progress']).toMatch(/About .* left, between/);
  add(1, 0, 2);
  await page.until((now) => now.cells[1].done === 2 && now.cells[1].estimates[0]?.value === 0.505);
  add(1, 2, 2);
  store.endRun(run, { ended: '2026-12-01T04:01:00.000Z', ending: 'stopped' });
  await page.until((now) => now.cells[1].estimates[0]?.value === 0.515);
  expect(page.parts['state']).toContain('stopped by a signal');
  expect(page.parts['state']).toContain(`basin reproduce ${ID} --scale smoke --seed 1 --out`);
});

it('failures are told apart by message, each with its first trial', async () => {
  const { dir, cells, commit } = writtenStudy();
  commit(0, [okRow(0), failedRow(1, 'singular <matrix>'), failedRow(2, 'no memory'), failedRow(3, 'no memory')]);
  const { url } = await watched(dir);
  const page = await Page.open(url);
  await page.until(({ parts }) => 'failures' in parts);
  expect(page.parts['failures']).toMatch(/2 ×.*no memory.*#2<.*1 ×.*singular &lt;matrix&gt;.*#1</s);
  expect(page.parts['failures']).toContain(`#trial=${encodeURIComponent(`${ID}/${cells[0].text}#2`)}`);
});

it('it writes nothing, and holds no lock: another writer can open the study', async () => {
  const { dir, store, add } = writtenStudy();
  add(0, 0, 3);
  store.close();
  const before = readFileSync(join(dir, 'basin.sqlite'));
  const { url, end } = await watched(dir);
  const page = await Page.open(url);
  await page.until(({ parts }) => 'figures' in parts);
  openStudy(dir, { seed: 1, scale: 'smoke', overrides: {} }).close();
  await end();
  await page.until(({ over }) => over !== undefined);
  expect(readFileSync(join(dir, 'basin.sqlite'))).toEqual(before);
  expect(existsSync(join(dir, 'report.html'))).toBe(false);
});

it('a study whose folder is moved ends it with one line', async () => {
  const { dir, add } = writtenStudy();
  add(0, 0, 1);
  const { url, end } = await watched(dir);
  const page = await Page.open(url);
  await page.until(({ parts }) => 'figures' in parts);
  renameSync(join(dir, 'basin.sqlite'), join(dir, 'moved.sqlite'));
  await expect(page.until(({ over }) => over === 'never')).rejects.toThrow('the events ended');
  expect(page.over).toMatch(/was removed, moved or replaced/);
  await expect(end()).rejects.toThrow(InputError);
});
