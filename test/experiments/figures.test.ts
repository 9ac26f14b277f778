/**
 * What every figure of every experiment shows: its texts, and how many marks of each kind. The numbers behind are made
 * up, so that no trial runs and every machine draws the same. `npx vitest run -u` writes them anew: look at the
 * pictures of a changed figure then.
 */
import { expect, it } from 'vitest';
import type { View } from 'vega';
import { EXPERIMENTS } from '../../src/experiments/registry.js';
import type { CellSummary, CurveBand, Experiment, Figure } from '../../src/experiments/spec.js';
import { hasData } from '../../src/report/fields.js';
import { pointsText } from '../../src/live/points.js';
import { drawFigure } from '../../src/report/figures.js';
import { marksOf } from '../../src/report/marks.js';
import { cellText } from '../../src/settings/cellText.js';
import type { Settings, ValuesByName } from '../../src/settings/types.js';
import { resolveValues } from '../../src/study/grid/values.js';

/** Numbers from 0.2 to 0.8 that depend on a text. */
function numbersOf(text: string): () => number {
  let state = 7;
  for (const character of text) state = (31 * state + character.charCodeAt(0)) % 65_521;
  return () => {
    state = (17_364 * state + 1) % 65_521;
    return Math.round(200 + (600 * state) / 65_521) / 1000;
  };
}

function summaryOf(experiment: Experiment, settings: Settings, trials: number): CellSummary {
  const { measures, replicates = [], perTrial = [], curves = [] } = experiment;
  const next = numbersOf(cellText(settings));
  const estimate = () => {
    const value = next();
    return { value, low: 0.8 * value, high: 1.2 * value, mcse: 0.1 * value, sd: 0.2 };
  };
  const named = <T>(list: readonly { readonly name: string }[], make: () => T): Record<string, T> =>
    Object.fromEntries(list.map(({ name }) => [name, make()]));
  const values = (): Float64Array => Float64Array.from({ length: trials }, next);
  return {
    settings,
    trials,
    planned: trials,
    failed: 0,
    diverged: 0,
    measures: named(measures, estimate),
    replicates: Object.fromEntries(replicates.map((one) => [one.name, one.replicates(values(), cellText(settings))])),
    perTrial: named(perTrial, () => new Map([...values()].entries())),
    curves: named(curves, () => bandOf(next())),
  };
}

/** A curve that falls over six points. */
function bandOf(height: number): CurveBand {
  const at = Float64Array.of(0, 1, 2, 4, 8, 16);
  const curve = (factor: number): Float64Array => at.map((x) => (factor * height) / (1 + x));
  return { count: 9, at, p5: curve(0.5), p25: curve(0.8), p50: curve(1), p75: curve(1.25), p95: curve(2) };
}

function figuresOf(experiment: Experiment): Figure[] {
  const values: ValuesByName = resolveValues(experiment, 'smoke', new Map());
  const cells = experiment.cells(values).map(({ settings, trials }) => summaryOf(experiment, settings, trials));
  return experiment.figures(cells, values).map((make) => make());
}

/** Figures whose points rest on several cells each: those of a curve, a slope or a crossing. */
const OF_SEVERAL_CELLS = [
  ...['fu2018-thm1-turn', 'fu2018-thm1-samples-d', 'fu2018-thm1-samples-K', 'fu2018-thm2-descent'],
  ...['gao2018-fig1-slopes', 'gao2018-fig2-slopes', 'zhong2017-fig1a-boundary', 'mei2018-runaway-boundary'],
];

function cellsOf(experiment: Experiment): Settings[] {
  return experiment.cells(resolveValues(experiment, 'smoke', new Map())).map(({ settings }) => settings);
}

/** `name: marks; texts`. */
async function shownIn(figure: Figure, look: (view: View) => void): Promise<string> {
  if (!hasData(figure)) return `${figure.name}: nothing to draw`;
  const { svg } = await drawFigure(figure, look);
  const marks = new Map<string, number>();
  for (const [, kind, inside] of svg.matchAll(/<g class="mark-(\w+) role-mark[^>]*>(.*?)<\/g>/gs))
    marks.set(kind, (marks.get(kind) ?? 0) + (inside.match(/<(?:path|line|text|image)\b/g) ?? []).length);
  const texts = [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, text]) => text.replace(/<[^>]*>/g, ''));
  const counts = [...marks].map(([kind, count]) => `${count} ${kind}`).join(', ');
  // The arrows of open ends are there for every point, and mostly invisible.
  const words = texts.filter((text) => !['', '↓', '↑'].includes(text));
  return `${figure.name}: ${counts}; ${words.join(' | ')}`;
}

it('every figure shows the same marks and texts, and its points lead to their cells', async () => {
  const lines: string[] = [];
  const withoutLinks: string[] = [];
  for (const experiment of EXPERIMENTS) {
    const cells = cellsOf(experiment);
    for (const figure of figuresOf(experiment)) {
      const look = (view: View): void => {
        const marks = marksOf(view);
        if (marks.length > 0 && pointsText(figure, marks, cells) === '') withoutLinks.push(figure.name);
      };
      lines.push(await shownIn(figure, look));
    }
  }
  expect(lines.length).toBeGreaterThan(100);
  expect(withoutLinks.toSorted()).toEqual(OF_SEVERAL_CELLS.toSorted());
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('figures.txt');
});
