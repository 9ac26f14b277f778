/** `basin watch` and `--live` as commands. */
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LivePage } from '../../src/cli/livePage.js';
import { ID, keyOf, Page, writtenStudy } from '../live/study.js';
import { temporaryFolder } from '../study/toy.js';
import { until } from '../until.js';
import { here } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

afterEach(() => {
  vi.restoreAllMocks();
});

describe('basin watch', () => {
  it.each([
    ['a folder that is not there', () => join(temporaryFolder(), 'none'), 'a study folder must hold basin.sqlite'],
    ['an empty folder', () => temporaryFolder(), 'a study folder must hold basin.sqlite'],
    ['another file of that name', fake, 'it is not a SQLite database'],
    ['a damaged study', damaged, 'is damaged'],
  ])('%s is an error in one line', async (_, folder, message) => {
    const { code, stdout, stderr } = await here('watch', folder());
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^basin: [^\n]*\n$/);
  });

  it.each(['65536', 'x', '-1', '80.5'])('--port %s is none', async (port) => {
    const { code, stderr } = await here('watch', writtenStudy().dir, `--port=${port}`);
    expect([code, stderr]).toEqual([2, `basin: --port must be a whole number from 0 to 65535, got '${port}'\n`]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s ends it with exit code 0', async (signal) => {
    const { dir } = writtenStudy();
    const before = process.listenerCount(signal);
    const ended = here('watch', dir, '--no-open');
    await until('it waits for signals', () => process.listenerCount(signal) > before);
    process.emit(signal);
    const { code, stdout, stderr } = await ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^watching .*: http:\/\/127\.0\.0\.1:\d+\/ \(Ctrl-C ends\)\n$/);
    expect(process.listenerCount(signal)).toBe(before);
  });
});

describe('--live', () => {
  it('has the page of a run served by another process, which ends with it', async () => {
    const { dir, store, cells, add } = writtenStudy();
    store.beginRun({ workers: 2, started: '2026-12-01T04:00:00.000Z' });
    add(0, 0, 2);
    const said: string[] = [];
    const page = new LivePage((text) => said.push(text));
    page.open(dir);
    page.open(dir);
    await until('the address is told', () => said.length > 0);
    expect(said).toEqual([expect.stringMatching(/^live page: http:\/\/127\.0\.0\.1:\d+\/$/)]);
    const url = said[0].replace('live page: ', '');
    expect(await (await fetch(url)).text()).toContain('basin watch');
    const lease = { experiment: ID, key: keyOf(cells[1].text), first: 3, count: 4 };
    page.tell({ inHand: [{ ...lease, running: 5 }, lease] });
    const viewer = await Page.open(url);
    await viewer.until(({ parts }) => (parts['working'] ?? '') !== '');
    expect(viewer.parts['working']).toMatch(/#5<.*number 3 of 4 in its lease.*1 lease between/s);
    expect(viewer.parts['runs']).not.toContain('--live');
    await viewer.close();
    await page.end();
    await expect(fetch(url)).rejects.toThrow();
    await page.end();
  });

  it('opens with the first progress of a run, and ends at its end', async () => {
    const file = join(temporaryFolder(), 'study.yaml');
    writeFileSync(file, 'title: x\ngrid: {K: 1, d: 2, n: 5, iterations: 1}\ntrials: 2\nmeasures: [relativeError]\n');
    const open = vi.spyOn(LivePage.prototype, 'open').mockReturnValue();
    const end = vi.spyOn(LivePage.prototype, 'end').mockResolvedValue();
    const out = join(temporaryFolder(), 'study');
    expect((await here('run', file, '--out', out)).code).toBe(0);
    expect([open, end].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
    expect((await here('run', file, '--out', out, '--live')).code).toBe(0);
    expect(open).toHaveBeenCalledWith(out);
    expect(end).toHaveBeenCalledOnce();
  });

  it('of a night shows the study of its round, and what the workers compute', async () => {
    const open = vi.spyOn(LivePage.prototype, 'open').mockReturnValue();
    const tell = vi.spyOn(LivePage.prototype, 'tell').mockReturnValue();
    const end = vi.spyOn(LivePage.prototype, 'end').mockResolvedValue();
    const out = join(temporaryFolder(), 'nights');
    expect((await here('nightly', 'fu2018-fig2', '--scale', 'smoke', '--out', out, '--live')).code).toBe(0);
    expect(new Set(open.mock.calls.flat())).toEqual(new Set([join(out, 'rounds', '0001')]));
    expect(tell.mock.calls[0][0].inHand).toEqual(expect.any(Array));
    expect(end).toHaveBeenCalledOnce();
    expect(readFileSync(join(out, 'nightly.html'), 'utf8')).toContain('Dark mode');
  });

  it('is not for shards of a plan', async () => {
    const { code, stderr } = await here('run', '--plan', 'plan.json', '--shard', '0/2', '--out', 'x', '--live');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--live must be given with a study file, got ')]);
  });
});

function fake(): string {
  const dir = temporaryFolder();
  writeFileSync(join(dir, 'basin.sqlite'), 'no database, but a text');
  return dir;
}

function damaged(): string {
  const { dir, store } = writtenStudy();
  store.close();
  truncateSync(join(dir, 'basin.sqlite'), 8192);
  return dir;
}
