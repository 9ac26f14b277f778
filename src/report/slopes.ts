/** The slopes of the lines of a log-log plot, for the caption beside the slope of its dashed line. */
import type { Drawn, FigureRow } from '../experiments/spec.js';

/**
 * `Slopes in log-log by least squares, without their error: d = 4: −0.48; dashed: −0.5.` for a plot with a reference
 * slope; empty for others. A line needs two points with positive x and y.
 */
export function slopeNote({ x = '', y = '', color, guideSlope }: Drawn, rows: readonly FigureRow[]): string {
  if (guideSlope === undefined) return '';
  const field = color?.['field'];
  const lineOf = (row: FigureRow): string => (typeof field === 'string' ? String(row[field]) : '');
  const lines = [...new Set(rows.map(lineOf))].flatMap((line) => {
    const slope = slopeOf(rows.filter((row) => lineOf(row) === line).map((row) => [row[x], row[y]]));
    return slope === undefined ? [] : [`${line === '' ? 'points' : line}: ${text(slope)}`];
  });
  if (lines.length === 0) return '';
  return `Slopes in log-log by least squares, without their errors: ${lines.join('; ')}; dashed: ${text(guideSlope)}.`;
}

function slopeOf(points: readonly (readonly (FigureRow[string] | undefined)[])[]): number | undefined {
  const logs = points.flatMap(([x, y]) =>
    typeof x === 'number' && typeof y === 'number' && x > 0 && y > 0 && Number.isFinite(y)
      ? [[Math.log(x), Math.log(y)]]
      : [],
  );
  const [middleX, middleY] = [0, 1].map((k) => logs.reduce((sum, point) => sum + point[k], 0) / logs.length);
  const spread = logs.reduce((sum, [x]) => sum + (x - middleX) ** 2, 0);
  if (!(spread > 0)) return undefined;
  return logs.reduce((sum, [x, y]) => sum + (x - middleX) * (y - middleY), 0) / spread;
}

function text(slope: number): string {
  return String(Number(slope.toFixed(2))).replace('-', '−');
}
