/**
 * What every figure of every experiment shows: its texts, and how many marks of each kind. The numbers behind are made
 * up, so that no trial runs and every machine draws the same. `npx vitest run -u` writes them anew: look at the
 * pictures of a changed figure then.
 */
import { expect, it } from 'vitest';
import { EXPERIMENTS } from '../../src/experiments/registry.js';
import type { CellSummary, CurveBand, Experiment, Figure } from '../../src/experiments/spec.js';
import { hasData } from '../../src/report/fields.js';
import { drawFigure } from '../../src/report/figures.js';
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

/** `name: marks; texts`. */
async function shownIn(figure: Figure): Promise<string> {
  if (!hasData(figure)) return `${figure.name}: nothing to draw`;
  const { svg } = await drawFigure(figure);
  const marks = new Map<string, number>();
  for (const [, kind, inside] of svg.matchAll(/<g class="mark-(\w+) role-mark[^>]*>(.*?)<\/g>/gs))
    marks.set(kind, (marks.get(kind) ?? 0) + (inside.match(/<(?:path|line|text|image)\b/g) ?? []).length);
  const texts = [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, text]) => text.replace(/<[^>]*>/g, ''));
  const counts = [...marks].map(([kind, count]) => `${count} ${kind}`).join(', ');
  // The arrows of open ends are there for every point, and mostly invisible.
  const words = texts.filter((text) => !['', '↓', '↑'].includes(text));
  return `${figure.name}: ${counts}; ${words.join(' | ')}`;
}

it('every figure shows the same marks and texts', async () => {
  const lines: string[] = [];
  for (const figure of EXPERIMENTS.flatMap(figuresOf)) lines.push(await shownIn(figure));
  expect(lines.length).toBeGreaterThan(100);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('figures.txt');
});
