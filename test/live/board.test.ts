import { describe, expect, it } from 'vitest';
import { Board } from '../../src/live/board.js';

const cell = (at: number, done: number) => ({
  ...{ at, done, planned: 9, failed: 0, diverged: 0, censored: 0 },
  estimates: [],
});
const grid = (rows: readonly string[]) => ({
  ...{ experiment: 'x', measures: [], settings: [], across: '', columns: [''], cells: [] },
  rows,
});

describe('what viewers are told', () => {
  it('once, and only what has changed', () => {
    const board = new Board();
    board.grid(grid(['a']));
    board.cell(cell(0, 1));
    board.cell(cell(1, 1));
    board.part('state', 'first\nline');
    const first = board.takeChanges();
    expect(first).toBe(board.all());
    expect(first.match(/^event: \w+$/gm)).toEqual(['event: grid', 'event: cells', 'event: parts']);
    expect(first.split('\n\n')).toHaveLength(4);
    expect(board.takeChanges()).toBe('');
    board.grid(grid(['a']));
    board.cell(cell(0, 1));
    board.cell(cell(1, 2));
    board.part('state', 'first\nline');
    expect(board.takeChanges()).toBe(`event: cells\ndata: [${JSON.stringify(cell(1, 2))}]\n\n`);
  });

  it('every cell of another grid', () => {
    const board = new Board();
    board.grid(grid(['a']));
    board.cell(cell(0, 1));
    board.takeChanges();
    board.grid(grid(['a', 'b']));
    board.cell(cell(0, 1));
    expect(board.takeChanges()).toContain('event: grid');
    expect(board.all()).toContain('"done":1');
  });
});
