/** A study that a test writes while it is watched, and a page that listens. */
import { onTestFinished } from 'vitest';
import { watchStudy } from '../../src/app/watch.js';
import { fu2018Fig4 } from '../../src/experiments/papers/fu2018/fig4.js';
import { zhong2017Fig1a } from '../../src/experiments/papers/zhong2017/fig1a.js';
import type { CellMessage, GridMessage, Messages } from '../../src/live/messages.js';
import { storedAs } from '../../src/store/identity.js';
import { openStudy } from '../../src/store/open.js';
import type { StoredCell } from '../../src/store/reader.js';
import type { CurveRow, StudyWriter, TrialRow } from '../../src/store/writer.js';
import { gridOf } from '../../src/study/grid/cells.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { temporaryFolder } from '../study/toy.js';

export const ID = fu2018Fig4.id;

export interface WrittenStudy {
  readonly dir: string;
  readonly store: StudyWriter;
  readonly cells: readonly StoredCell[];
  /** adds trials from this number on to a cell */
  readonly add: (cell: number, first: number, count: number) => void;
  readonly commit: (cell: number, rows: readonly TrialRow[], curves?: readonly CurveRow[]) => void;
}

/** Figure 4 of fu2018 at smoke scale: planned, and without a trial. Its writer stays open until the test is over. */
export function writtenStudy(): WrittenStudy {
  const dir = temporaryFolder();
  const store = openStudy(dir, { seed: 1, scale: 'smoke', overrides: {} });
  onTestFinished(() => {
    store.close();
  });
  const values = resolveValues(fu2018Fig4, 'smoke', new Map());
  const grid = gridOf({ experiment: fu2018Fig4, values }, 1);
  const cells = store.addExperiment({ id: ID, version: fu2018Fig4.version, values }, grid.cells);
  const commit: WrittenStudy['commit'] = (cell, rows, curves = []) => {
    store.commit([{ cell: cells[cell], rows, curves }]);
  };
  const add: WrittenStudy['add'] = (cell, first, count) => {
    commit(
      cell,
      Array.from({ length: count }, (_, i) => okRow(first + i)),
    );
  };
  return { dir, store, cells, commit, add };
}

/** The Philox key of a cell of the written study. */
export function keyOf(text: string): readonly [number, number] {
  const values = resolveValues(fu2018Fig4, 'smoke', new Map());
  const { cells } = gridOf({ experiment: fu2018Fig4, values }, 1);
  return cells.find((cell) => cell.text === text)?.key ?? [0, 0];
}

/** A finished study of 10⁴ cells with a trial each: a map of d = 10 … 109 and n = 1001 … 1100. */
export function largeStudy(): string {
  const dir = temporaryFolder();
  const given = { d: '10:109', n: '1001:1100', trials: '1' };
  const values = resolveValues(zhong2017Fig1a, 'smoke', new Map(Object.entries(given)));
  const store = openStudy(dir, { seed: 1, scale: 'smoke', overrides: given });
  const grid = gridOf({ experiment: zhong2017Fig1a, values }, 1);
  const cells = store.addExperiment(storedAs(zhong2017Fig1a, values), grid.cells);
  const measuresOf = (at: number): TrialRow['measures'] => ({
    recovered: 0,
    initializationError: (1 + (at % 97)) / 100,
  });
  store.commit(cells.map((cell, at) => ({ cell, rows: [{ ...okRow(0), measures: measuresOf(at) }], curves: [] })));
  store.close();
  return dir;
}

export function okRow(trial: number): TrialRow {
  const measures = { estimationError: 0.5 + trial / 100, iterations: 300, gradientNorm: 1e-10, finalLoss: 0.1 };
  return { trial, status: 'ok', seconds: 0.25, measures, error: null };
}

export function failedRow(trial: number, error: string): TrialRow {
  return { trial, status: 'failed', seconds: 0.25, measures: {}, error };
}

export interface Watched {
  readonly url: string;
  /** ends the server; rejects as `watchStudy` does */
  readonly end: () => Promise<void>;
}

/** `basin watch` of a folder in this process. */
export async function watched(dir: string): Promise<Watched> {
  const ending = new AbortController();
  let over: Promise<void> = Promise.resolve();
  const url = await new Promise<string>((resolve, reject) => {
    over = watchStudy(dir, { port: 0, signal: ending.signal, onReady: resolve, share: 1 });
    over.catch(reject);
  });
  const end = async (): Promise<void> => {
    ending.abort();
    await over;
  };
  onTestFinished(async () => {
    await end().catch(() => undefined);
  });
  return { url, end };
}

/** What a page has been told. */
export class Page {
  readonly parts: Record<string, string> = {};
  readonly cells: CellMessage[] = [];
  grid: GridMessage | undefined;
  over: string | undefined;
  readonly #reader: ReadableStreamDefaultReader<string>;
  #unread = '';

  private constructor(reader: ReadableStreamDefaultReader<string>) {
    this.#reader = reader;
  }

  static async open(url: string, experiment = ID): Promise<Page> {
    const { body } = await fetch(`${url}events?experiment=${encodeURIComponent(experiment)}`);
    if (body === null) throw new Error('no events');
    const page = new Page(body.pipeThrough(new TextDecoderStream()).getReader());
    onTestFinished(async () => {
      await page.close();
    });
    return page;
  }

  /** Reads events until the page shows what is wanted; rejects when the events end before. */
  async until(shows: (page: Page) => boolean): Promise<void> {
    while (!shows(this)) {
      const { done, value } = await this.#reader.read();
      if (done) throw new Error(`the events ended: ${JSON.stringify(this.parts)}`);
      this.#unread += value;
      const events = this.#unread.split('\n\n');
      this.#unread = events.pop() ?? '';
      for (const event of events) this.#take(event);
    }
  }

  async close(): Promise<void> {
    await this.#reader.cancel().catch(() => undefined);
  }

  #take(event: string): void {
    const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
    const message = { [name]: JSON.parse(data) as unknown } as Partial<Messages>;
    Object.assign(this.parts, message.parts);
    if (message.grid !== undefined) this.grid = message.grid;
    for (const cell of message.cells ?? []) this.cells[cell.at] = cell;
    this.over ??= message.over;
  }
}
