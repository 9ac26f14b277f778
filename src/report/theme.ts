/**
 * The theme of every figure: sizes for a journal column, a light grid, colours that colour-blind readers can
 * distinguish.
 */
import type { Config } from 'vega-lite';
import { FONT_FAMILY } from './font.js';

/**
 * Okabe and Ito's palette without its yellow, which is too light for lines on white; then wine and olive of Tol's muted
 * palette, and grey, so that ten entries have ten colours.
 */
const PALETTE = [
  '#0072B2',
  '#D55E00',
  '#009E73',
  '#CC79A7',
  '#E69F00',
  '#56B4E9',
  '#000000',
  '#882255',
  '#999933',
  '#7F7F7F',
];
const SHAPES = ['circle', 'square', 'triangle-up', 'diamond', 'triangle-down', 'cross'];

export const WIDTH = 460;
export const HEIGHT = 300;
export const TITLE_SIZE = 14;
export const AXIS_TITLE_SIZE = 13;
export const LEGEND_TITLE_SIZE = 12;
const TEXT = '#222222';
const RULE = '#555555';
const GRID = '#E6E6E6';

export const THEME: Config = {
  // Verdana has nearly the same widths, for readers whose browser shows the SVG without the bundled font
  font: `${FONT_FAMILY}, Verdana, sans-serif`,
  background: 'white',
  padding: 12,
  // the caption describes a figure for screen readers; a description of every point would hide it
  aria: false,
  view: { continuousWidth: WIDTH, continuousHeight: HEIGHT, stroke: RULE, strokeWidth: 0.8 },
  title: {
    fontSize: TITLE_SIZE,
    lineHeight: 1.35 * TITLE_SIZE,
    fontWeight: 'bold',
    color: TEXT,
    anchor: 'start',
    frame: 'group',
    offset: 12,
  },
  axis: {
    titleFontSize: AXIS_TITLE_SIZE,
    titleLineHeight: 1.3 * AXIS_TITLE_SIZE,
    titleFontWeight: 'normal',
    titleColor: TEXT,
    titlePadding: 10,
    labelFontSize: 11.5,
    labelColor: TEXT,
    labelPadding: 5,
    tickColor: RULE,
    tickSize: 5,
    domainColor: RULE,
    gridColor: GRID,
    gridWidth: 0.8,
  },
  legend: {
    titleFontSize: LEGEND_TITLE_SIZE,
    titleLineHeight: 1.3 * LEGEND_TITLE_SIZE,
    titleFontWeight: 'normal',
    titleColor: TEXT,
    titleLimit: 320,
    labelFontSize: 12,
    labelColor: TEXT,
    labelLimit: 320,
    symbolSize: 70,
    symbolStrokeWidth: 1.5,
    symbolOpacity: 1,
    rowPadding: 5,
    offset: 14,
  },
  mark: { color: PALETTE[0] },
  line: { strokeWidth: 1.8 },
  point: { filled: true, size: 46, opacity: 1 },
  rule: { color: PALETTE[0] },
  text: { color: PALETTE[0] },
  tick: { opacity: 1 },
  axisQuantitative: { tickCount: 6 },
  range: { category: PALETTE, ordinal: PALETTE, symbol: SHAPES },
};
