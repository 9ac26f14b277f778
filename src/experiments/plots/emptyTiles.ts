/** Tiles of a map without a finite value. They are grey with a sign and never have the colour of a value. */
import type { Spec } from './axes.js';

const GREY = '#d9d9d9';
const NAME = 'no finite value';

/** The layers of these tiles. `edges` places a tile and `middle` places its sign, where the plot does not do so. */
export function emptyTiles(
  value: string,
  edges: Spec = {},
  middle: Spec = {},
  transforms: readonly Spec[] = [],
): Spec[] {
  const transform = [{ filter: `!isValid(datum['${value}']) && isValid(datum.edgeTile)` }, ...transforms];
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
      transform,
      mark: { type: 'text', fontSize: 12, color: '#333333' },
      encoding: { ...middle, text: { condition: { test: "datum.edgeTile === 'high'", value: '∞' }, value: '–' } },
    },
  ];
}
