/** Tiles of a map without a finite value. They are grey with a sign and never have the colour of a value. */
import type { Spec } from './axes.js';

const GREY = '#e4e4e4';
const NAME = 'no finite value';
/** Px between the lines of the hatching. */
const HATCHING = 7;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The layers of these tiles: hatched where there is no value, with a sign where it is infinite. `size` is the size of
 * the hatching. `edges` places a tile and `middle` places its sign, where the plot does not do so.
 */
export function emptyTiles(
  value: string,
  size: Size,
  edges: Spec = {},
  middle: Spec = {},
  transforms: readonly Spec[] = [],
): Spec[] {
  const transform = [{ filter: `!isValid(datum['${value}']) && isValid(datum.edgeTile)` }, ...transforms];
  const only = (test: string): Spec[] => [...transform, { filter: `datum.edgeTile ${test}` }];
  // The stroke is the same as for other tiles. It has a scale for the sake of the legend.
  const stroke = {
    datum: NAME,
    type: 'nominal',
    title: null,
    scale: { domain: [NAME], range: ['#8a8a8a'] },
    legend: { symbolType: 'square', symbolFillColor: GREY, symbolSize: 160, symbolStrokeWidth: 0.8 },
  };
  return [
    { transform, mark: { type: 'rect', color: GREY, strokeWidth: 0.8 }, encoding: { ...edges, stroke } },
    {
      transform: only("=== 'none'"),
      mark: {
        type: 'point',
        shape: hatching(size),
        size: UNIT_SIZE,
        filled: false,
        stroke: '#8a8a8a',
        strokeWidth: 0.9,
        opacity: 1,
      },
      encoding: middle,
    },
    {
      transform: only("!== 'none'"),
      mark: { type: 'text', fontSize: 12, color: '#333333' },
      encoding: { ...middle, text: { condition: { test: "datum.edgeTile === 'high'", value: '∞' }, value: '−∞' } },
    },
  ];
}

/** The size of a mark at which the coordinates of its path are px. */
const UNIT_SIZE = 4;

/** Parallel lines over a rectangle around the origin, as the path of a mark. */
function hatching({ width, height }: Size): string {
  const [right, bottom] = [width / 2, height / 2];
  const lines: string[] = [];
  for (let c = HATCHING / 2 - right - bottom; c < right + bottom; c += HATCHING) {
    const [from, to] = [Math.max(-right, c - bottom), Math.min(right, c + bottom)];
    if (from < to) lines.push(`M${from},${c - from}L${to},${c - to}`);
  }
  return lines.join('');
}
