/** `basin reproduce --until decided` as a user types it. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReproduceDocument } from '../../src/app/results.js';
import { scratchFolder } from './basin.js';
import { here, hereJson } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const folder = scratchFolder();
const STUDY = ['safran2018-square', '--scale', 'smoke'];

describe('reproduce --until decided', () => {
  it('goes on until the claims are decided, within the cost, and reads its folder in the same way', async () => {
    const out = join(folder, 'decided');
    const ran = (await hereJson('reproduce', ...STUDY, '--until', 'decided', '--out', out)) as ReproduceDocument;
    const [{ claims, cells }] = ran.experiments;
    expect(claims.map(({ verdict }) => verdict)).toContain('holds');
    expect(cells[0].planned).toBe(32);
    expect(ran.complete).toBe(true);
    const dear = ['reproduce', ...STUDY, '--until', 'decided', '--most', '5s', '--out', out];
    const further = (await hereJson(...dear)) as ReproduceDocument;
    expect(further.experiments[0].cells[0].planned).toBeGreaterThan(32);
    const read = (await hereJson('report', out)) as ReproduceDocument;
    expect(read.experiments[0].claims).toEqual(further.experiments[0].claims);
  });

  it.each([
    [['--most', '1h'], '--most must be given with --until decided, got --most 1h alone'],
    [['--until', 'bored'], "--until must be one of decided, got 'bored'"],
    [['--until', 'decided', '--most', 'much'], '--most must be'],
  ])('%j is refused', async (words, message) => {
    const { code, stderr } = await here('reproduce', ...STUDY, ...words, '--out', join(folder, 'refused'));
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
