import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { appendNight, lastOfRounds, readHistory, readPast, roundsOf } from '../../src/nightly/history.js';
import { decodeNight, encodeNight } from '../../src/nightly/record.js';
import { experiment, night } from './nights.js';

function historyFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'basin-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'history.jsonl');
}

describe('the history', () => {
  it('gives back what was appended, oldest first', () => {
    const file = historyFile();
    expect(readHistory(file)).toEqual({ nights: [], torn: false });
    const nights = [night(1, { ending: 'budget', over: false }), night(1), night(2)];
    for (const one of nights) appendNight(file, one);
    expect(readHistory(file)).toEqual({ nights, torn: false });
  });

  it('keeps every number and any text in a line', () => {
    const number = fc.double().filter((value) => !Object.is(value, -0));
    fc.assert(
      fc.property(number, number, number, fc.string({ unit: 'binary' }), (value, low, high, text) => {
        const one = night(1, {
          claims: [{ experiment: text, id: text, verdict: 'not-applicable', reason: text, value, low, high }],
          experiments: [experiment(text, { failure: text })],
        });
        expect(encodeNight(one)).not.toContain('\n');
        expect(decodeNight(encodeNight(one))).toEqual(one);
      }),
    );
  });

  it('does without a last line that was cut off anywhere, says so, and goes on', () => {
    const line = encodeNight(night(2));
    for (const length of [1, 10, line.length]) {
      const file = historyFile();
      appendNight(file, night(1));
      appendFileSync(file, line.slice(0, length));
      expect(readHistory(file)).toEqual({ nights: [night(1)], torn: true });
      appendNight(file, night(3));
      expect(readHistory(file)).toEqual({ nights: [night(1), night(3)], torn: false });
    }
  });

  it.each([
    ['half a line', '{"date":"2026'],
    ['another document', '{"a":1}'],
    ['nothing', ''],
    ['a round 0', encodeNight(night(0))],
  ])('refuses a whole line with %s, and changes nothing', (_, text) => {
    const file = historyFile();
    writeFileSync(file, `${encodeNight(night(1))}\n${text}\n`);
    expect(() => readHistory(file)).toThrow(InputError);
    expect(() => readHistory(file)).toThrow(/line 2 must be a night/);
    expect(readFileSync(file, 'utf8')).toBe(`${encodeNight(night(1))}\n${text}\n`);
  });

  it('has one last word on each round of a scale', () => {
    const [first, last, other] = [night(1, { over: false }), night(1), night(2, { scale: 'smoke' })];
    expect(lastOfRounds([first, last, other, night(3)], 'paper')).toEqual([last, night(3)]);
    expect(roundsOf([night(3), first, last, other], 'paper')).toEqual([[first, last], [night(3)]]);
  });
});

describe('the history of another folder', () => {
  it('is read as it is', () => {
    const file = historyFile();
    appendNight(file, night(1));
    appendFileSync(file, '{"date":');
    expect(readPast(file)).toEqual([night(1)]);
  });

  it('is refused when it is missing, has no night, or is no history', () => {
    const file = historyFile();
    expect(() => readPast(file)).toThrow(/^--history must be a history\.jsonl with at least one night, got '/);
    writeFileSync(file, '');
    expect(() => readPast(file)).toThrow(/^--history must be/);
    writeFileSync(file, 'nonsense\n');
    expect(() => readPast(file)).toThrow(/line 1 must be a night as basin nightly writes it, got 'nonsense'$/);
  });
});
