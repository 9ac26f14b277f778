/** The figure of a study that stacks outcome classes over an axis. */
import { trialCounts } from '../common/counts.js';
import { SET_STACK, stackRows, START_STACK } from '../common/outcomeFigures.js';
import { cellRows } from '../common/cellRows.js';
import { facets, stackedShares } from '../plots.js';
import { aboutRepeated } from './repeated.js';
import type { Figure } from '../spec.js';
import { isNamed, lineNames, panelLabel, place, type Point } from './points.js';
import type { FigureSpec, StudySpec } from './spec.js';
import { settingTitle } from './titles.js';

/**
 * Bars of height 1 over x. Every other setting that varies makes panels. If there are several starts, the success rate
 * is drawn over the bars.
 */
export function stackedFigure(spec: StudySpec, figure: FigureSpec, points: readonly Point[]): Omit<Figure, 'name'> {
  const x = figure.x ?? 'n';
  const ofSets = figure.measure === 'sets';
  const set = aboutRepeated(spec, 'training set');
  const what = ofSets ? `${set}s` : 'starts';
  const split = [...(figure.facet === undefined ? [] : [figure.facet]), ...lineNames(spec, figure)];
  const made = points.map((point) => {
    const { value } = point.cell.measures['successRate'];
    const at = { x: place(x, point), panel: panelLabel(split, point), trials: point.cell.trials };
    const line = Number.isFinite(value) ? value : null;
    return {
      settings: point.cell.settings,
      rows: stackRows(point.cell, ofSets ? SET_STACK : START_STACK, { ...at, line }),
    };
  });
  const { rows, cells } = cellRows(made, (one) => one.rows);
  const hasLine = rows.some(({ line }) => line !== null);
  const plot = stackedShares({
    xTitle: settingTitle(x),
    yTitle: `share of ${what}`,
    classes: ofSets ? SET_STACK : START_STACK,
    xNames: isNamed(x),
    ...(hasLine ? { lineTitle: 'success rate' } : {}),
  });
  return {
    title: figure.title ?? `How ${ofSets ? `the starts of a ${set}` : 'starts'} end`,
    caption: `Shares of the ${what} by how they end${hasLine ? ', and the success rate (SD_n at most sameMinimum)' : ''}; ${trialCounts(points.map(({ cell }) => cell))} training sets per bar. The intervals of the shares are in the table.`,
    rows,
    cells,
    spec: split.length > 0 ? facets(plot, 'panel', [...new Set(rows.map(({ panel }) => panel))]) : plot,
  };
}
