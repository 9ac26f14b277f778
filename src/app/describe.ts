/** Describes what a study will do, before anything runs. */
import type { ChosenProblem } from './problem/choose.js';
import type { Cell, CellSummary, EffectiveSetting, Experiment } from '../experiments/spec.js';
import type { ValuesByName } from '../settings/types.js';
import { ASSUMED_FLOPS_PER_SECOND } from '../core/speed.js';
import { gridOf, type GridCell } from '../study/grid/cells.js';

export interface StudyDescription {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly description: string;
  readonly scale: string;
  readonly seed: number;
  /** every effective setting; `given`: its value is not the default, or the study file contains it */
  readonly settings: readonly EffectiveSetting[];
  readonly cells: readonly Cell[];
  readonly trials: number;
  /** whether results decide about further cells or trials */
  readonly grows: boolean;
  readonly measures: readonly { readonly name: string; readonly description: string }[];
  readonly curves: readonly { readonly name: string; readonly description: string }[];
  readonly claims: readonly { readonly id: string; readonly statement: string; readonly source: string }[];
  readonly openChoices: readonly string[];
  /** estimated core seconds, for a core of an assumed speed */
  readonly coreSeconds: number;
}

export function describeStudy(chosen: ChosenProblem): StudyDescription {
  const { experiment, values, seed, scale } = chosen;
  const { id, title, source, measures, curves = [], openChoices, about, grow } = experiment;
  const own = about?.();
  const { cells } = gridOf(chosen, seed);
  return {
    id,
    title,
    source,
    description: own?.description ?? '',
    scale,
    seed,
    settings: own?.settings ?? settingsInForce(experiment, values, scale),
    cells: cells.map(({ settings, trials }) => ({ settings, trials })),
    trials: cells.reduce((sum, { trials }) => sum + trials, 0),
    grows: grow !== undefined,
    measures: measures.map(({ name, description }) => ({ name, description })),
    curves: curves.map(({ name, description }) => ({ name, description })),
    claims: statedClaims(experiment, values, cells),
    openChoices,
    coreSeconds: coreSeconds(experiment, cells),
  };
}

function settingsInForce(
  { settings }: Experiment,
  values: ValuesByName,
  scale: ChosenProblem['scale'],
): EffectiveSetting[] {
  return Object.entries(settings).map(([name, { description, default: usual }]) => ({
    name,
    meaning: description,
    values: [values[name]].flat().join(', '),
    given: [values[name]].flat().join() !== [usual[scale]].flat().join(),
  }));
}

/** The claims that will be judged. Nothing is known yet, and no evidence is requested. */
function statedClaims(
  { claims, measures }: Experiment,
  values: ValuesByName,
  cells: readonly GridCell[],
): StudyDescription['claims'] {
  const summaries = cells.map(({ settings, trials, trialSettings }): CellSummary => ({
    settings,
    trials,
    planned: trials,
    failed: 0,
    diverged: 0,
    measures: Object.fromEntries(
      measures.map(({ name, estimate }) => [name, estimate(new Float64Array(0), trialSettings)]),
    ),
  }));
  return claims(summaries, values).map(({ id, statement, source }) => ({ id, statement, source }));
}

/** Core time of all trials of a grid, from the number of operations that the experiment declares for them. */
export function coreSeconds({ cost }: Pick<Experiment, 'cost'>, cells: readonly GridCell[]): number {
  return (
    cells.reduce((sum, { trialSettings, trials }) => sum + trials * cost(trialSettings), 0) / ASSUMED_FLOPS_PER_SECOND
  );
}
