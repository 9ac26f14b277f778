import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { say, sayInPlace, sayLines, warn } from '../../src/cli/say.js';

const written: string[] = [];
beforeEach(() => {
  written.length = 0;
  vi.spyOn(process.stderr, 'write').mockImplementation((part) => written.push(String(part)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const FOREIGN = 'host \u001b[2J\u009b1m\u202e\rend';
const HARMLESS = 'host \uFFFD[2J\uFFFD1m\uFFFD\uFFFDend';

describe('what is said', () => {
  it.each([
    ['say', say, ''],
    ['warn', warn, 'basin: '],
  ] as const)('%s: one line, whatever the text of others holds', (_, speak, before) => {
    speak(`${FOREIGN}\n  basin: all is well\n`);
    expect(written).toEqual([`${before}${HARMLESS} basin: all is well\n`]);
  });

  it('lines stay lines, and hold nothing that a terminal obeys', () => {
    sayLines(`${FOREIGN}\nat here`);
    expect(written).toEqual([`${HARMLESS}\nat here\n`]);
  });

  it('a line in place of another has no control but its own', () => {
    sayInPlace(FOREIGN, true);
    expect(written).toEqual([`\r\u001b[2K${HARMLESS}\n`]);
  });
});
