import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { withDisk } from '../../src/base/disk.js';
import {
  expiredRounds,
  isOver,
  removeRounds,
  requireNightlyFolder,
  roundFolder,
  storedRounds,
} from '../../src/nightly/rounds.js';
import { experiment, night } from './nights.js';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'basin-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function makeRound(directory: string, round: number): void {
  mkdirSync(join(directory, roundFolder(round)), { recursive: true });
  writeFileSync(join(directory, roundFolder(round), 'basin.sqlite'), '');
}

describe('rounds', () => {
  it('expire beyond those that are kept; the one that goes on does not count', () => {
    expect(expiredRounds([1, 2, 3], 3, true, 2)).toEqual([1]);
    expect(expiredRounds([1, 2, 3], 3, false, 2)).toEqual([]);
    expect(expiredRounds([1, 2, 3], 3, false, 1)).toEqual([1]);
    expect(expiredRounds([], 1, false, 1)).toEqual([]);
  });

  it('are over when nothing can be done for any experiment, or it crashed twice', () => {
    const complete = { record: experiment('a'), final: true };
    const unfinished = { record: experiment('b', { done: 3 }), final: false };
    const crashed = { record: experiment('b', { done: 3, failure: 'a worker died' }), final: false };
    const before = (round: number) => [night(round, { over: false, experiments: [crashed.record] })];
    expect(isOver([complete], 2, [])).toBe(true);
    expect(isOver([complete, unfinished], 2, before(2))).toBe(false);
    expect(isOver([complete, crashed], 2, before(1))).toBe(false);
    expect(isOver([complete, crashed], 2, before(2))).toBe(true);
  });

  it('leave the newest whatever is kept', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        (numbers, over, keep) => {
          const rounds = numbers.toSorted((a, b) => a - b);
          const left = rounds.filter((round) => !expiredRounds(rounds, rounds.at(-1) ?? 0, over, keep).includes(round));
          return (
            left.length === Math.min(rounds.length, over ? keep : keep + 1) &&
            left.every((round, i) => round === rounds[rounds.length - left.length + i])
          );
        },
      ),
    );
  });

  it('are found and removed by number; other folders stay', () => {
    const directory = folder();
    requireNightlyFolder(directory);
    for (const round of [2, 10, 12345]) makeRound(directory, round);
    for (const name of ['notes', '0003']) mkdirSync(join(directory, 'rounds', name));
    expect(storedRounds(directory)).toEqual([2, 10, 12345]);
    expect(removeRounds(directory, [2, 12345])).toEqual([]);
    expect(readdirSync(join(directory, 'rounds')).sort()).toEqual(['0003', '0010', 'notes']);
  });

  it('that cannot be removed are named', () => {
    const removeTree = (): never => {
      throw new Error('busy');
    };
    expect(withDisk({ removeTree }, () => removeRounds(folder(), [1, 2]))).toEqual([1, 2]);
  });

  it('are not put among foreign files, but go on beside them', () => {
    const directory = folder();
    writeFileSync(join(directory, 'thesis.tex'), '');
    expect(() => {
      requireNightlyFolder(directory);
    }).toThrow('must be empty or that of earlier nights, got');
    rmSync(join(directory, 'thesis.tex'));
    requireNightlyFolder(directory);
    writeFileSync(join(directory, 'cron.log'), '');
    requireNightlyFolder(directory);
    writeFileSync(join(directory, 'history.jsonl'), '');
    rmSync(join(directory, 'rounds'), { recursive: true });
    requireNightlyFolder(directory);
  });
});
