import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findExperiment } from '../../src/experiments/registry.js';
import { lockStudy } from '../../src/store/lock.js';
import { openStudy } from '../../src/store/open.js';
import type { TrialRow } from '../../src/store/writer.js';
import { gridOf } from '../../src/study/grid/cells.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { appendNight, readHistory } from '../../src/nightly/history.js';
import { basin, basinWithin, isRefusal, scratchFolder, startBasin, type Run } from './basin.js';
import { here, inTurn } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const folder = scratchFolder();
const CHEAP = ['gao2018-fig2', 'fu2018-fig2'];
const DEAR = 'zhong2017-alg2';

interface Document {
  readonly round: number;
  readonly seed: number;
  readonly ending: string;
  readonly over: boolean;
  readonly colour: string;
  readonly experiments: readonly {
    readonly id: string;
    readonly done: number;
    readonly planned: number;
    readonly failure: string | null;
  }[];
  readonly claims: readonly {
    readonly experiment: string;
    readonly id: string;
    readonly verdict: string;
    readonly standing: string;
    readonly value: number;
  }[];
  readonly regressions: readonly { readonly kind: string; readonly claim: string | null; readonly from: string }[];
  readonly notes: readonly string[];
  readonly page: string;
  readonly junit: string;
}

interface Night extends Run {
  readonly document: Document;
}

async function nightly(out: string, ...args: string[]): Promise<Night> {
  const run = await here('nightly', ...args, '--scale', 'smoke', '--workers', '2', '--out', out, '--json');
  return { ...run, document: (run.stdout === '' ? {} : JSON.parse(run.stdout)) as Document };
}

const FAILED = { status: 'failed', measures: {}, error: 'no such luck' } as const;

/** A round's study with the trials of one experiment already there, all alike, of a version. */
function storeTrials(
  out: string,
  id: string,
  row: Pick<TrialRow, 'status' | 'measures' | 'error'>,
  version?: number,
): void {
  const experiment = findExperiment(id);
  const values = resolveValues(experiment, 'smoke', new Map());
  const grid = gridOf({ experiment, values }, 1).cells;
  const store = openStudy(join(out, 'rounds', '0001'), { seed: 1, scale: 'smoke', overrides: {} });
  const cells = store.addExperiment({ id, version: version ?? experiment.version, values }, grid);
  store.commit(
    cells.map((cell, i) => ({
      cell,
      curves: [],
      rows: Array.from({ length: grid[i].trials }, (_, trial) => ({ ...row, trial, seconds: 0 })),
    })),
  );
  store.close();
}

describe('night after night', () => {
  const out = join(folder, 'nights');
  const nights: Night[] = [];
  beforeAll(async () => {
    nights.push(await nightly(out, ...CHEAP, DEAR, '--budget', '0.01s'));
    nights.push(await nightly(out, ...CHEAP, DEAR));
    nights.push(await nightly(out, ...CHEAP, '--keep', '1'));
  });

  it('ends by its budget with exit code 3, a page and JUnit', () => {
    const { code, document } = nights[0];
    expect(code).toBe(3);
    expect(document).toMatchObject({
      round: 1,
      seed: 1,
      ending: 'budget',
      over: false,
      colour: 'amber',
      page: join(out, 'nightly.html'),
      junit: join(out, 'junit.xml'),
    });
    expect(document.claims.some(({ standing }) => standing === 'unfinished')).toBe(true);
  });

  it('continues the round until it is complete', () => {
    const { code, document } = nights[1];
    expect(document).toMatchObject({ round: 1, seed: 1, ending: 'done', over: true, colour: 'green' });
    expect(code).toBe(0);
    for (const { done, planned } of document.experiments) expect(done).toBe(planned);
    expect(document.claims.find(({ id }) => id === 'consistent-S4')).toMatchObject({
      verdict: 'fails',
      standing: 'expected',
    });
  });

  it('then begins the next one, with other samples, and keeps as many as it should', () => {
    const { code, document } = nights[2];
    expect(code).toBe(0);
    expect(document).toMatchObject({ round: 2, seed: 2, over: true });
    const slope = ({ document: { claims } }: { readonly document: Document }): number =>
      claims.find(({ id }) => id === 'slope-S2')?.value ?? NaN;
    expect(slope(nights[2])).not.toBe(slope(nights[1]));
    expect(readdirSync(join(out, 'rounds'))).toEqual(['0002']);
    expect(existsSync(join(out, 'rounds', '0002', 'report.html'))).toBe(true);
  });

  it('leaves a history of all nights and a page of the last', () => {
    const { nights: history } = readHistory(join(out, 'history.jsonl'));
    expect(history.map(({ round, ending, over }) => [round, ending, over])).toEqual([
      [1, 'budget', false],
      [1, 'done', true],
      [2, 'done', true],
    ]);
    const page = readFileSync(join(out, 'nightly.html'), 'utf8');
    expect(page).toContain('green: round 2, complete');
    expect(page).toContain('title="round 1: ');
    expect(readFileSync(join(out, 'junit.xml'), 'utf8')).toContain(
      '<testcase classname="gao2018-fig2" name="consistent-S4"><skipped message="fails, as expected: ',
    );
  });

  it('does without a line that was cut off, and says so', async () => {
    appendFileSync(join(out, 'history.jsonl'), '{"date":"2026');
    const { code, document } = await nightly(out, 'fu2018-fig2');
    expect(code).toBe(0);
    expect(document).toMatchObject({ round: 3, notes: ['the last line of history.jsonl was cut off and is left out'] });
  });
});

describe('a night', () => {
  it('is red for a claim that fails unexpectedly: exit code 1, also as text', async () => {
    storeTrials(join(folder, 'red'), 'fu2018-fig2', { status: 'ok', measures: { rho: -1 }, error: null });
    const { code, stdout } = await here('nightly', ...CHEAP, '--scale', 'smoke', '--out', join(folder, 'red'));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^fu2018-fig2 rho-positive -1.*: fails$/m);
    expect(stdout).toMatch(/^red: round 1, complete; 1 × fails unexpectedly, /m);
    expect(stdout).toContain(`page: ${join(folder, 'red', 'nightly.html')}\n`);
    expect(readFileSync(join(folder, 'red', 'junit.xml'), 'utf8')).toContain(
      '<failure message="fu2018-fig2 rho-positive ',
    );
  });

  it('goes on without an experiment whose trials all fail: exit code 4', async () => {
    const out = join(folder, 'failing');
    storeTrials(out, 'fu2018-fig2', FAILED);
    const { code, document } = await nightly(out, 'fu2018-fig2', 'gao2018-fig2');
    expect(code).toBe(4);
    expect(document).toMatchObject({ colour: 'red', over: true });
    expect(document.experiments.map(({ id, failure }) => [id, failure])).toEqual([
      ['fu2018-fig2', 'the first 7 trials all failed: no such luck'],
      ['gao2018-fig2', null],
    ]);
    expect(
      document.claims
        .filter(({ experiment }) => experiment === 'gao2018-fig2')
        .every(({ standing }) => standing !== 'unfinished'),
    ).toBe(true);
    expect((await nightly(out, 'fu2018-fig2')).document).toMatchObject({ round: 2, over: true });
  });

  it('leaves a round whose results would not be this program’s, and says so', async () => {
    const out = join(folder, 'outdated');
    storeTrials(out, 'fu2018-fig2', FAILED, 0);
    const { code, document } = await nightly(out, 'fu2018-fig2');
    expect(code).toBe(0);
    expect(document.round).toBe(2);
    expect(document.notes).toEqual([
      expect.stringMatching(/^round 1 is left unfinished: .* version 0, this program has version 1/),
    ]);
  });

  it('goes on with a complete round when it is asked for an experiment that the round does not have', async () => {
    const out = join(folder, 'more');
    expect((await nightly(out, 'fu2018-fig2')).document).toMatchObject({ round: 1, over: true });
    const { document } = await nightly(out, 'gao2018-fig2');
    expect(document).toMatchObject({ round: 1, over: true });
    expect(document.experiments.map(({ id, done, planned }) => [id, done === planned])).toEqual([
      ['gao2018-fig2', true],
      ['fu2018-fig2', true],
    ]);
    expect((await nightly(out, 'fu2018-fig2')).document).toMatchObject({ round: 2, over: true });
  });

  it('with other IDs finishes what the round began, too', async () => {
    const out = join(folder, 'others');
    expect((await nightly(out, DEAR, 'gao2018-fig2', '--budget', '0.01s')).document).toMatchObject({
      round: 1,
      over: false,
      colour: 'amber',
    });
    const { code, document } = await nightly(out, 'fu2018-fig2');
    expect(code).toBe(0);
    expect(document).toMatchObject({
      round: 1,
      over: true,
      colour: 'green',
      notes: [`earlier nights of round 1 were asked for more: gao2018-fig2, ${DEAR}`],
    });
    expect(document.experiments.map(({ id, done, planned }) => [id, done === planned])).toEqual([
      ['fu2018-fig2', true],
      ['gao2018-fig2', true],
      [DEAR, true],
    ]);
    expect((await nightly(out, 'fu2018-fig2')).document).toMatchObject({
      round: 2,
      over: true,
      experiments: [{ id: 'fu2018-fig2' }],
      notes: [],
    });
  });

  it('repeats the same numbers with a seed of its own', async () => {
    const values = await inTurn(
      [1, 2],
      async () => (await nightly(join(folder, 'seed'), 'gao2018-fig2', '--seed', '7')).document,
    );
    expect(values.map(({ round, seed }) => [round, seed])).toEqual([
      [1, 7],
      [2, 7],
    ]);
    expect(values[1].claims).toEqual(values[0].claims);
  });

  it('by Ctrl-C keeps what is done and ends with exit code 3', async () => {
    const out = join(folder, 'interrupted');
    const child = startBasin('nightly', 'gao2018-fig1', '--out', out);
    child.stderr?.once('data', () => child.kill('SIGINT'));
    child.stdout?.resume();
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(3);
    expect(readFileSync(join(out, 'nightly.html'), 'utf8')).toContain('stopped by a signal');
  });
});

describe('a night with --history', () => {
  const [id, date] = ['fu2018-fig2', '2026-03-01T01:30:00.000Z'];
  const claim = { experiment: id, id: 'rho-positive', verdict: 'holds', value: 0.1, low: 0.1, high: 0.1 } as const;
  const published = { date, round: 7, scale: 'smoke', seed: 7, basin: '0.1.0', commit: 'unknown', build: 'b' } as const;

  it('is compared with the nights of another folder, which it does not write', async () => {
    const [out, file] = [join(folder, 'seeded'), join(folder, 'published.jsonl')];
    appendNight(file, { ...published, seconds: 1, ending: 'done', over: true, experiments: [], claims: [claim] });
    const before = readFileSync(file, 'utf8');
    storeTrials(out, id, { status: 'ok', measures: { rho: -1 }, error: null });
    const { code, document } = await nightly(out, id, '--history', file);
    expect(code).toBe(1);
    expect(document).toMatchObject({
      round: 1,
      regressions: [{ kind: 'claim', experiment: id, claim: 'rho-positive', from: 'unknown', between: null }],
    });
    const said = 'fu2018-fig2 rho-positive: held on 2026-03-01, fails now; commit unknown';
    expect(readFileSync(document.page, 'utf8')).toContain(said);
    expect(readFileSync(document.junit, 'utf8')).toContain(said);
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(readHistory(join(out, 'history.jsonl')).nights.map(({ round }) => round)).toEqual([1]);
  });

  it.each([
    ['absent.jsonl', undefined],
    ['other.jsonl', 'no history\n'],
  ])('of %s is refused before anything is written', async (name, text) => {
    const [out, file] = [join(folder, 'unseeded'), join(folder, name)];
    if (text !== undefined) writeFileSync(file, text);
    expect(isRefusal(await nightly(out, id, '--history', file))).toBe(true);
    expect(existsSync(out)).toBe(false);
  });
});

describe('refusals', () => {
  it('of a second night in the same folder', async () => {
    const out = join(folder, 'locked');
    expect((await nightly(out, 'fu2018-fig2')).code).toBe(0);
    const lock = lockStudy(out);
    const second = await nightly(out, 'fu2018-fig2');
    lock.release();
    expect(isRefusal(second)).toBe(true);
    expect(second.stderr).toContain('is being written by another basin process');
  });

  it('of a damaged history, which stays as it is', async () => {
    const out = join(folder, 'damaged');
    expect((await nightly(out, 'fu2018-fig2')).code).toBe(0);
    writeFileSync(join(out, 'history.jsonl'), 'nonsense\n');
    expect(isRefusal(await nightly(out, 'fu2018-fig2'))).toBe(true);
    expect(readFileSync(join(out, 'history.jsonl'), 'utf8')).toBe('nonsense\n');
  });

  it('of a disk on which the night does not fit into the history, which stays whole', async () => {
    const [out, file] = [join(folder, 'full'), join(folder, 'full', 'history.jsonl')];
    expect((await nightly(out, 'fu2018-fig2')).code).toBe(0);
    const line = readFileSync(file, 'utf8');
    const longer = line.repeat(1000);
    writeFileSync(
      file,
      longer + line.replace('"basin":"', `"basin":"${'x'.repeat(511 - ((longer.length + line.length + 300) % 512))}`),
    );
    const before = readFileSync(file, 'utf8');
    const blocks = Math.ceil((statSync(file).size + 300) / 512);
    const { code, stderr } = basinWithin(blocks, 'nightly', 'fu2018-fig2', '--scale', 'smoke', '--out', out);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('history.jsonl: cannot be written: the file would be larger than allowed'),
    ]);
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect((await nightly(out, 'fu2018-fig2')).document).toMatchObject({ round: 2, over: true, notes: [] });
  });

  it('of a round of another scale that is not over', async () => {
    const out = join(folder, 'scales');
    expect(basin('nightly', DEAR, '--scale', 'smoke', '--out', out, '--budget', '0.01s').code).toBe(3);
    const { code, stderr } = await here('nightly', DEAR, '--scale', 'quick', '--out', out);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('must be continued with the same --scale smoke, got quick'),
    ]);
  });

  it.each([
    ['--keep', '0'],
    ['--budget', 'soon'],
    ['--scale', 'huge'],
    ['--seed', '-1'],
  ])('of %s %s', async (...option) => {
    expect(isRefusal(await here('nightly', 'fu2018-fig2', ...option, '--out', join(folder, 'never')))).toBe(true);
    expect(existsSync(join(folder, 'never'))).toBe(false);
  });
});
