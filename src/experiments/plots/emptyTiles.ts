/** Tiles of a map that have no finite value: grey with a sign, never the colour of a value. */
import type { Spec } from './axes.js';

const GREY = '#d9d9d9';
const NAME = 'no finite value';

/** Their layers; `edges` places a tile, `middle` its sign, where the plot does not. */
export function emptyTiles(
  value: string,
  edges: Spec = {},
  middle: Spec = {},
  transforms: readonly Spec[] = [],
): Spec[] {
  const transform = [{ filter: `!isValid(datum['${value}']) && isValid(datum.edgeTile)` }, ...transforms];
  // The stroke is the same as of other tiles: its scale is there for the legend.
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
      transform,
      mark: { type: 'text', fontSize: 12, color: '#333333' },
      encoding: { ...middle, text: { condition: { test: "datum.edgeTile === 'high'", value: '∞' }, value: '–' } },
    },
  ];
}
