/** Figures of the course of online SGD. */
import { cellRows } from '../../common/cellRows.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import { bandRows, facets, lineWithBars, percentileBands } from '../../plots.js';
import type { Figure, FigureMaker } from '../../spec.js';
import type { DynamicsCell } from './dynamicsClaims.js';
import type { DynamicsPlace, DynamicsValues } from './dynamicsSettings.js';

const LINES = { error: 'runs', limit: 'equations' };

function panelOf({ K, start }: Pick<DynamicsPlace, 'K' | 'start'>): string {
  return `K = ${K}, start ${start}`;
}

function course(all: readonly DynamicsCell[], panels: readonly string[], { noise, stepSize }: DynamicsValues): Figure {
  const d = Math.max(...all.map(({ settings }) => settings.d));
  const cells = all.filter(({ settings }) => settings.d === d);
  return {
    name: 'goldt2019-dynamics',
    title: 'Generalisation error of online SGD, and the order parameters’ equations',
    caption: `d = ${d}, η = ${stepSize}, σ = ${noise}, ${trialCounts(cells)} runs per panel. Median with bands from the 25th to the 75th and from the 5th to the 95th percentile; the equations are solved from the start of each run.`,
    ...cellRows(cells, ({ settings, curves }) =>
      Object.entries(LINES).flatMap(([name, line]) =>
        bandRows(curves?.[name], { line, panel: panelOf(settings) }).filter(({ at }) => Number(at) > 0),
      ),
    ),
    spec: facets(
      percentileBands({
        x: 'at',
        xTitle: 'steps per dimension, α',
        yTitle: 'generalisation error',
        xLog: true,
        yLog: true,
        colour: 'line',
        colourTitle: '',
        colourOrder: Object.values(LINES),
      }),
      'panel',
      panels,
    ),
  };
}

function deviations(all: readonly DynamicsCell[], lines: readonly string[]): Figure {
  return {
    name: 'goldt2019-dynamics-deviation',
    title: 'How far a run leaves the equations, over d',
    caption: `Mean over ${trialCounts(all)} runs of the largest deviation of an order parameter, over all recorded times. Bars: 95 % intervals of the mean. Dashed: 1/√d.`,
    ...cellRows(all, ({ settings, trials, measures: { deviation } }) => ({
      line: panelOf(settings),
      d: settings.d,
      trials,
      value: deviation.value,
      low: deviation.low,
      high: deviation.high,
    })),
    spec: lineWithBars({
      x: 'd',
      y: 'value',
      low: 'low',
      high: 'high',
      xTitle: 'input dimension d',
      yTitle: 'largest deviation',
      xLog: true,
      yLog: true,
      colour: 'line',
      colourTitle: '',
      colourOrder: lines,
      guideSlope: -0.5,
    }),
  };
}

export function dynamicsFigures(all: readonly DynamicsCell[], values: DynamicsValues): FigureMaker[] {
  const panels = ascending(values.K).flatMap((K) => values.start.map((start) => panelOf({ K, start })));
  return [() => course(all, panels, values), () => deviations(all, panels)];
}
