/** Maps over two axes whose values are names, or numbers with arbitrary distances. All tiles have the same size. */
import { usermeta, type Spec } from './axes.js';
import { emptyTiles } from './emptyTiles.js';
import { NAMES_AXIS } from './namesAxis.js';
import { shortLabel } from './numbers.js';

export interface OrdinalMapOptions {
  /** fields of a row: its place on both axes, and its value */
  readonly x: string;
  readonly y: string;
  readonly value: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly valueTitle: string;
  readonly valueDomain?: readonly [number, number];
  readonly log?: boolean;
  /**
   * whether the values of an axis are names, which keep the order of the rows; numbers are ascending, and on y they
   * ascend upwards
   */
  readonly xNames: boolean;
  readonly yNames: boolean;
  /** number of values on each axis */
  readonly xLevels: number;
  readonly yLevels: number;
  /** tiles with a larger value are dark, and their number is written in white */
  readonly darkAbove: number;
}

/** Size of a tile in px; the smallest size of a map, which needs space for the titles of its axes, and the largest. */
const TILE = { width: 56, height: 34 };
const LEAST = { width: 220, height: 150 };
const MOST = { width: 680, height: 600 };
/** Smaller tiles have no number, and still smaller ones no line between them. */
const LEAST_WITH_NUMBER = { width: 40, height: 18 };
const LEAST_WITH_LINE = 6;

/** Width of a map in px. */
export function mapWidth(levels: number): number {
  return levels * stepOf('width', levels);
}

/** Px from a tile to the next. Small tiles have whole px, without a seam between them. */
function stepOf(side: 'width' | 'height', levels: number): number {
  const step = Math.max(TILE[side], LEAST[side] / levels);
  return step * levels <= MOST[side] ? step : Math.max(1, Math.floor(MOST[side] / levels));
}

/** Larger values are darker, and each tile that has space for it shows its number. */
export function ordinalMap(options: OrdinalMapOptions): Spec {
  const { value, valueTitle, valueDomain, log = false, darkAbove } = options;
  const scale = {
    ...(log ? { type: 'log' } : {}),
    range: ['#f7fbff', '#08306b'],
    interpolate: 'lab',
    ...(valueDomain ? { domain: valueDomain, clamp: true } : { nice: false, ...(log ? {} : { zero: false }) }),
  };
  const [width, height] = [stepOf('width', options.xLevels), stepOf('height', options.yLevels)];
  const hasNumbers = width >= LEAST_WITH_NUMBER.width && height >= LEAST_WITH_NUMBER.height;
  const line = Math.min(width, height) < LEAST_WITH_LINE ? {} : { stroke: '#ffffff', strokeWidth: 1 };
  // The labels of small tiles would overlap.
  const sparse = hasNumbers ? {} : { labelOverlap: true, labelSeparation: 4 };
  const shown = [{ filter: `isValid(datum['${value}'])` }];
  return {
    data: { name: 'rows' },
    ...usermeta({ tile: value, emptyTiles: emptyTiles(value, { width, height }) }),
    width: { step: width },
    height: { step: height },
    encoding: {
      x: {
        field: options.x,
        type: 'ordinal',
        title: options.xTitle,
        sort: options.xNames ? null : 'ascending',
        axis: { labelAngle: 0, grid: false, ...labels(options.xNames), ...sparse },
      },
      y: {
        field: options.y,
        type: 'ordinal',
        title: options.yTitle,
        sort: options.yNames ? null : 'descending',
        axis: { grid: false, ...labels(options.yNames), ...sparse },
      },
    },
    layer: [
      {
        transform: shown,
        mark: { type: 'rect', ...line },
        encoding: {
          color: {
            field: value,
            type: 'quantitative',
            title: valueTitle,
            scale,
            legend: { gradientLength: 160, labelExpr: shortLabel('datum.value') },
          },
        },
      },
      ...(hasNumbers ? [numbers(value, shown, darkAbove)] : []),
    ],
  };
}

function numbers(value: string, shown: readonly Spec[], darkAbove: number): Spec {
  return {
    transform: [...shown, { calculate: shortLabel(`datum['${value}']`), as: 'tileText' }],
    mark: { type: 'text', fontSize: 11.5 },
    encoding: {
      text: { field: 'tileText' },
      color: { condition: { test: `datum['${value}'] > ${darkAbove}`, value: '#ffffff' }, value: '#222222' },
    },
  };
}

function labels(names: boolean): Spec {
  return names ? NAMES_AXIS : { labelExpr: `datum.value % 1 === 0 ? '' + datum.value : ${shortLabel('datum.value')}` };
}
