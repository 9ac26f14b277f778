/** Where the descents of a trial ended, beside the teacher, as HTML. */
import { formatNumber } from '../base/amounts.js';
import type { Figure } from '../experiments/spec.js';
import { htmlTable } from '../report/htmlTable.js';
import { escapeHtml } from '../report/markup.js';
import { key, numeric } from '../report/table.js';
import type { MatchedRow } from '../core/matching/matchedRows.js';
import { endsLink } from './parts.js';

/** A matrix (rows, length) in C order. */
export interface Matrix {
  readonly rows: number;
  readonly length: number;
  readonly values: Float64Array;
}

/** The end of one start. */
export interface End {
  readonly weights: Matrix;
  /** by the row of the teacher; a student with fewer rows leaves some without one */
  readonly matched: readonly MatchedRow[];
}

export interface TrialEnds {
  /** whether status, error, and every bit of measures and curves are as they are stored */
  readonly identical: boolean;
  readonly teacher: Matrix;
  /** by start */
  readonly ends: readonly End[];
  /** The eigenvalues of ∇²f_n in W at the end of a start, ascending; or why they are not computed. */
  readonly spectrum: (start: number) => Float64Array | string;
}

/** Starts to which the page links. */
const MOST_STARTS = 60;
/** Entries of a matrix that a picture shows. */
const MOST_ENTRIES = 6000;
const TILE = { largest: 18, width: 560 } as const;

/** W*, the matched W and their difference at the end of a start, and the picture of the spectrum there. */
export function endsHtml(address: string, { identical, teacher, ends, spectrum }: TrialEnds, start: number): string {
  const end = ends.at(start) ?? ends[0];
  const shown = ends.indexOf(end);
  const eigenvalues = spectrum(shown);
  const query = escapeHtml(new URLSearchParams({ address, start: String(shown) }).toString());
  return [
    '<h4>Where it ends</h4>',
    identical ? '' : '<p class="notice">Run again, this trial gives other bits than the stored ones.</p>',
    startLinks(address, ends.length, shown),
    matchTable(teacher, end),
    ...matrixPictures(teacher, end),
    typeof eigenvalues === 'string'
      ? `<p>Spectrum: ${escapeHtml(eigenvalues)}</p>`
      : `${spectrumLine(eigenvalues)}\n<figure><img src="/spectrum.svg?${query}" width="560" height="370" alt="Eigenvalues of the Hessian by rank"></figure>`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function startLinks(address: string, count: number, shown: number): string {
  if (count === 1) return '';
  const links = Array.from({ length: Math.min(count, MOST_STARTS) }, (_, start) =>
    start === shown ? `<strong>${start}</strong>` : `<a href="${endsLink(address, start)}">${start}</a>`,
  );
  return `<p>Start ${links.join(' ')}${count > MOST_STARTS ? ` of ${count}` : ''}</p>`;
}

function matchTable(teacher: Matrix, { matched }: End): string {
  const rows = matched.map(({ row, sign, distance }, k) => [
    `${k + 1}`,
    row === undefined ? 'none' : `${sign < 0 ? '−' : ''}${row + 1}`,
    formatNumber(distance, 3),
    formatNumber(distance / norm(rowOf(teacher, k)), 3),
  ]);
  const columns = [key(numeric('row of W*')), numeric('row of W'), numeric('‖w − w*‖'), numeric('relative')];
  return htmlTable({ columns, rows }, { name: 'values', rowHeaders: true });
}

/** W*, the rows of W in the order of their partners with the others after them, and W − W*, on one scale. */
function matrixPictures(teacher: Matrix, { weights, matched }: End): string[] {
  const used = new Set(matched.map(({ row }) => row));
  const others = Array.from({ length: weights.rows }, (_, row) => row).filter((row) => !used.has(row));
  const partners = matched.map(({ row, sign }) =>
    row === undefined ? undefined : rowOf(weights, row).map((value) => sign * value),
  );
  const targets = matched.map((_, k) => rowOf(teacher, k));
  const found = [...partners, ...others.map((row) => rowOf(weights, row))];
  const differences = partners.map((row, k) => row?.map((value, j) => value - targets[k][j]));
  if (found.length * weights.length > MOST_ENTRIES)
    return [`<p>W has ${weights.rows} × ${weights.length} entries, more than this page draws.</p>`];
  const largest = Math.max(0, ...[...targets, ...found].flatMap((row) => Array.from(row ?? [], Math.abs)));
  return [
    ...[picture('W*, a row for each neuron', targets, largest), picture('W, matched', found, largest)],
    picture('W − W*', differences, largest),
    `<p class="quiet">Blue is above 0, orange below; the fullest colour is ±${formatNumber(largest, 3)} in all three.</p>`,
  ];
}

function picture(title: string, rows: readonly (Float64Array | undefined)[], largest: number): string {
  const columns = Math.max(...rows.map((row) => row?.length ?? 0));
  const side = Math.min(TILE.largest, TILE.width / columns);
  const [width, height] = [(side * columns).toFixed(1), (side * rows.length).toFixed(1)];
  const tiles = rows.flatMap((row, i) => Array.from(row ?? [], (value, j) => tile(value, i, j, largest)));
  return `<figure class="weights"><figcaption>${escapeHtml(title)}</figcaption><svg viewBox="0 0 ${columns} ${rows.length}" width="${width}" height="${height}" preserveAspectRatio="none" role="img" aria-label="${escapeHtml(title)}"><rect class="ground" width="${columns}" height="${rows.length}"/>${tiles.join('')}</svg></figure>`;
}

function tile(value: number, row: number, column: number, largest: number): string {
  const strength = Number.isFinite(value) ? Math.min(1, Math.abs(value) / (largest || 1)) : 1;
  return `<rect class="${value < 0 ? 'below' : 'above'}" x="${column}" y="${row}" width="1" height="1" fill-opacity="${strength.toFixed(2)}"><title>row ${row + 1}, column ${column + 1}: ${formatNumber(value, 4)}</title></rect>`;
}

function spectrumLine(values: Float64Array): string {
  const [least, most] = [values[0], values[values.length - 1]];
  const negative = values.filter((value) => value < 0).length;
  return `<p>Spectrum of ∇²f_n in W: ${values.length} eigenvalues from ${formatNumber(least, 4)} to ${formatNumber(most, 4)}, ${negative} below 0.</p>`;
}

/** The eigenvalues by rank, on a logarithmic axis where all are above 0. */
export function spectrumFigure(values: Float64Array): Figure {
  const isPositive = values[0] > 0;
  return {
    name: 'spectrum',
    title: 'Spectrum of the Hessian at the end',
    caption: '',
    rows: Array.from(values, (value, i) => ({ rank: i + 1, value })),
    spec: {
      mark: { type: 'point', filled: true, size: 20 },
      encoding: {
        x: { field: 'rank', type: 'quantitative', title: 'rank', scale: { zero: false } },
        y: { field: 'value', type: 'quantitative', title: 'eigenvalue', scale: isPositive ? { type: 'log' } : {} },
      },
    },
  };
}

function rowOf({ length, values }: Matrix, row: number): Float64Array {
  return values.subarray(row * length, (row + 1) * length);
}

function norm(row: Float64Array): number {
  return Math.sqrt(row.reduce((sum, value) => sum + value ** 2, 0));
}
