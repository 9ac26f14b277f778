/** The page shows where a stored trial ended: W beside W*, and the spectrum of the Hessian there. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { spectrumFigure } from '../../src/live/ends.js';
import { readStudy } from '../../src/store/open.js';
import { here } from '../cli/here.js';
import { withoutThreads } from '../cli/withoutThreads.js';
import { temporaryFolder } from '../study/toy.js';
import { watched, writtenStudy, ID } from './study.js';

withoutThreads();

const STUDY = 'title: x\ngrid: {K: 2, d: 3, n: 60, iterations: 200, starts: 2}\ntrials: 1\nmeasures: [relativeError]\n';

async function page(url: string, path: string, query: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(`${url}${path}?${new URLSearchParams(query).toString()}`);
  return `${response.status} ${await response.text()}`;
}

it('a trial is run again on request, start by start', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'study.yaml');
  writeFileSync(file, STUDY);
  const dir = join(folder, 'study');
  expect(await here('run', file, '--out', dir)).toMatchObject({ code: 0 });
  const store = readStudy(dir);
  const [{ id }] = store.experiments();
  const address = `${id}/${store.cells(id)[0].text}#0`;
  store.close();
  const { url } = await watched(dir);
  const before = await page(url, 'trial', { address });
  expect(before).toContain('runs the trial again here');
  expect(before).not.toContain('<figure class="weights">');
  const shown = await page(url, 'trial', { address, start: '1' });
  expect(shown.match(/<figure class="weights">/g)).toHaveLength(3);
  expect(shown).toMatch(/Start <a [^>]*>0<\/a> <strong>1<\/strong>/);
  expect(shown).toMatch(/6 eigenvalues from .* to /);
  expect(shown).not.toContain('other bits');
  expect(await page(url, 'spectrum.svg', { address, start: '1' })).toMatch(/^200 <svg/);
});

it('a trial without a result is no end, in one line', async () => {
  const { dir, cells, commit } = writtenStudy();
  commit(0, [{ trial: 0, status: 'ok', seconds: 6, measures: {}, error: null }]);
  const { url } = await watched(dir);
  const address = `${ID}/${cells[0].text}#0`;
  expect(await page(url, 'trial', { address, start: '0' })).toContain('takes too long for this page');
  expect(await page(url, 'spectrum.svg', { address, start: '0' })).toMatch(/^404 /);
});

it('the axis of a spectrum is logarithmic where all eigenvalues are above 0', () => {
  const scaleOf = (...values: number[]): unknown => spectrumFigure(Float64Array.from(values)).spec['encoding'];
  expect(scaleOf(1, 2)).toMatchObject({ y: { scale: { type: 'log' } } });
  expect(scaleOf(-1, 2)).toMatchObject({ y: { scale: {} } });
});
