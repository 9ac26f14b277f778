import { describe, expect, it } from 'vitest';
import { slopeNote } from '../../src/report/slopes.js';

const DRAWN = { x: 'n', y: 'error', guideSlope: -0.5 };

describe('the measured slopes of a log-log plot', () => {
  it('stand beside the slope of the dashed line', () => {
    const rows = [4, 8].flatMap((d) => [100, 200, 800].map((n) => ({ d: `d = ${d}`, n, error: d * n ** (-d / 10) })));
    expect(slopeNote({ ...DRAWN, color: { field: 'd' } }, rows)).toBe(
      'Slopes in log-log by least squares, without their errors: d = 4: −0.4; d = 8: −0.8; dashed: −0.5.',
    );
    expect(slopeNote(DRAWN, rows.slice(0, 3))).toContain('errors: points: −0.4; dashed');
  });

  it('need a dashed line, and two points that the axes can show', () => {
    const rows = [
      { n: 1, error: 1 },
      { n: 2, error: 0 },
      { n: 4, error: Infinity },
    ];
    expect(slopeNote(DRAWN, rows)).toBe('');
    expect(
      slopeNote({ x: 'n', y: 'error' }, [
        { n: 1, error: 1 },
        { n: 2, error: 2 },
      ]),
    ).toBe('');
  });
});
