/** Growth of n with d, and figures of a measure against d with a line for each activation and growth. */
import { cellRows } from '../../common/cellRows.js';
import { lineWithBars } from '../../plots.js';
import type { CellSummary, FigureMaker } from '../../spec.js';

/** n as a function of d. `eighth`: n = d²/8. `double`: n = 2d. */
export const GROWTHS = ['eighth', 'double'] as const;
export type Growth = (typeof GROWTHS)[number];
export const GROWTH_WORDS = { eighth: 'n = d²/8', double: 'n = 2d' } as const satisfies Readonly<
  Record<Growth, string>
>;

interface Place {
  readonly activation: string;
  readonly growth: Growth;
  readonly d: number;
  readonly n: number;
}

interface Words {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly yTitle: string;
}

export function byDimension(
  cells: readonly CellSummary<Place>[],
  measure: string,
  { yTitle, ...words }: Words,
): FigureMaker {
  return () => ({
    ...words,
    ...cellRows(cells, ({ settings: { activation, growth, d, n }, trials, measures }) => {
      const { value, low, high } = measures[measure];
      return { network: `${activation}, ${GROWTH_WORDS[growth]}`, d, n, trials, value, low, high };
    }),
    spec: lineWithBars({
      x: 'd',
      y: 'value',
      low: 'low',
      high: 'high',
      colour: 'network',
      colourTitle: '',
      xTitle: 'dimension and neurons, d = k',
      yTitle,
      xLog: true,
      yLog: true,
    }),
  });
}
