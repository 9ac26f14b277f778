/** Nested-loop plots: a line with steps over all cells, above one line of steps for each setting. */
import type { Series, Spec } from './axes.js';
import { drawnBy, layered } from './layered.js';
import { barLayers, colourOf, pointLayer } from './layers.js';

/**
 * The field `kind` of a row is `value` (fields at, value, low, high), `loop` (setting, at, step from 0 to 1) or `label`
 * (setting, text). Cell i lies between i and i + 1.
 */
export interface NestedLoopOptions extends Pick<Series, 'yTitle' | 'yLog' | 'yDomain' | 'colour' | 'colourTitle'> {
  readonly cells: number;
  readonly loops: number;
  /** the settings from the outermost loop to the innermost, for the title of the axis */
  readonly order: string;
}

/** Px of a cell, and the least and the largest width. */
const CELL = 10;
const WIDTH = { least: 460, most: 900 };
const HEIGHT = 260;
/** Px of the strip of a setting. Its upper part has its name. */
const STRIP = 40;
const NAME = 18;

export function nestedLoop({ cells, loops, order, ...options }: NestedLoopOptions): Spec {
  const width = Math.min(Math.max(CELL * cells, WIDTH.least), WIDTH.most);
  const series = { ...options, x: 'at', y: 'value', low: 'low', high: 'high', xTitle: '', yScale: 'concat_0_y' };
  const xScale = { domain: [0, cells], nice: false, zero: false };
  const x = { field: 'at', type: 'quantitative', scale: xScale };
  const only = (kind: string): Spec[] => [{ filter: `datum.kind === '${kind}'` }];
  const of = (kind: string, layer: Spec): Spec => ({
    ...layer,
    transform: [...only(kind), ...((layer['transform'] as Spec[] | undefined) ?? [])],
  });
  const line = { mark: { type: 'line', interpolate: 'step', strokeWidth: 1.4 }, encoding: colourOf(series) };
  const { data, encoding, layer } = layered(
    series,
    [line, ...barLayers(series), pointLayer(series)].map((one) => of('value', one)),
  );
  const axis = { labels: false, ticks: false, grid: false, title: null };
  const top = { width, height: HEIGHT, encoding: { ...(encoding as Spec), x: { ...x, axis } }, layer };
  const strip = {
    field: 'setting',
    type: 'nominal',
    sort: null,
    title: null,
    axis: null,
    scale: { paddingInner: 0, paddingOuter: 0 },
  };
  const steps = {
    ...of('loop', { mark: { type: 'line', color: '#444444', strokeWidth: 1.4 } }),
    encoding: {
      x: { ...x, title: `cells in the order of ${order}`, axis: { ...axis, title: `cells in the order of ${order}` } },
      y: strip,
      yOffset: { field: 'step', type: 'quantitative', scale: { domain: [0, 1], range: [STRIP - 4, NAME] } },
      detail: { field: 'setting' },
      order: { field: 'at' },
    },
  };
  const names = {
    ...of('label', { mark: { type: 'text', align: 'left', baseline: 'top', fontSize: 11.5, color: '#222222', dx: 4 } }),
    encoding: { x: { value: 0 }, y: { ...strip, bandPosition: 0 }, yOffset: { value: 3 }, text: { field: 'text' } },
  };
  return {
    data,
    usermeta: { basin: { ...drawnBy(series), xNames: true, xPlace: { x } } },
    vconcat: [top, { width, height: STRIP * loops, layer: [steps, names] }],
    spacing: 8,
  };
}
