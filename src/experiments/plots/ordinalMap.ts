/** Maps over two axes whose values are names, or numbers at any distances: tiles of one size. */
import type { Spec } from './axes.js';

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
  /** whether the values of an axis are names, which stand in the order of the rows; numbers ascend, upwards on y */
  readonly xNames: boolean;
  readonly yNames: boolean;
  /** the value above which a tile is dark: its number is written in white */
  readonly darkAbove: number;
}

/** Size of a tile in px. */
const TILE = { width: 56, height: 34 };

/** The larger the darker, each tile with its number. */
export function ordinalMap(options: OrdinalMapOptions): Spec {
  const { value, valueTitle, valueDomain, log = false, darkAbove } = options;
  const scale = { ...(log ? { type: 'log' } : {}), range: ['#f7fbff', '#08306b'], interpolate: 'lab', ...(valueDomain ? { domain: valueDomain, clamp: true } : { nice: false, ...(log ? {} : { zero: false }) }) };
  return {
    data: { name: 'rows' },
    width: { step: TILE.width }, height: { step: TILE.height },
    transform: [{ filter: `isValid(datum['${value}'])` }],
    encoding: {
      x: { field: options.x, type: 'ordinal', title: options.xTitle, sort: options.xNames ? null : 'ascending', axis: { labelAngle: 0, grid: false, ...numbers(options.xNames) } },
      y: { field: options.y, type: 'ordinal', title: options.yTitle, sort: options.yNames ? null : 'descending', axis: { grid: false, ...numbers(options.yNames) } },
    },
    layer: [
      { mark: { type: 'rect', stroke: '#ffffff', strokeWidth: 1 }, encoding: { color: { field: value, type: 'quantitative', title: valueTitle, scale, legend: { gradientLength: 160, format: '.2~g' } } } },
      { mark: { type: 'text', fontSize: 11 }, encoding: { text: { field: value, type: 'quantitative', format: '.2~g' }, color: { condition: { test: `datum['${value}'] > ${darkAbove}`, value: '#ffffff' }, value: '#222222' } } },
    ],
  };
}

function numbers(names: boolean): Spec {
  return names ? {} : { labelExpr: "format(datum.value, abs(datum.value) >= 1e5 ? '.3~s' : '.4~r')" };
}
