/**
 * The stages of a study whose trials follow from results. A plan has the trials of one stage: those that the results of
 * the stages before ask for. The next stage follows from a plan and from the results of its trials, and from nothing
 * else that a store may have. So the stages of a study are always the same, whenever and wherever they are planned, and
 * their trials together are those of a run on one machine.
 */
import { InputError } from '../base/errors.js';
import type { Experiment, TrialPrefixes } from '../experiments/spec.js';
import { cellText } from '../settings/cellText.js';
import { trialSettings } from '../settings/trialSettings.js';
import type { Settings } from '../settings/types.js';
import type { StoredExperiment } from '../store/identity.js';
import type { StudyReader } from '../store/reader.js';
import { gridOf, grownCells, type ChosenExperiment, type ExperimentGrid, type GridCell } from '../study/grid/cells.js';
import { Prefixes } from '../study/summary/prefixes.js';
import { doneTrials, unitsWithout } from './merge.js';
import { sealed, stageOf, storedOf, unitTrials, type PlanExperiment, type ShardPlan } from './plan.js';
import { otherCells } from './planned.js';

export type ExperimentOf = (stored: StoredExperiment) => Experiment;
type PlanCell = PlanExperiment['cells'][number];

/** How far the stages of a study have come. */
export interface Stages {
  /** the stages that are complete, in their order */
  readonly complete: readonly ShardPlan[];
  /** the stage of which trials are missing; undefined: the results ask for nothing more */
  readonly open: ShardPlan | undefined;
}

/** `plan`: the first stage, or a later one, where the search begins. The store must not change meanwhile. */
export function stagesFrom(store: StudyReader, plan: ShardPlan, experimentOf: ExperimentOf): Stages {
  const [done, sources] = [doneTrials(store, plan), sourcesOf(store, plan, experimentOf)];
  const complete: ShardPlan[] = [];
  for (let open: ShardPlan | undefined = plan; open !== undefined; open = stageAfter(open, sources)) {
    if (unitsWithout(done, open).length > 0) return { complete, open };
    complete.push(open);
  }
  return { complete, open: undefined };
}

/** The stage after a plan whose trials the store has; undefined when their results ask for nothing more. */
export function nextStage(store: StudyReader, plan: ShardPlan, experimentOf: ExperimentOf): ShardPlan | undefined {
  return stageAfter(plan, sourcesOf(store, plan, experimentOf));
}

/**
 * Throws `InputError` when a later stage is not the one that the results in the store ask for. `name`: the plan in
 * messages.
 */
export function requireStage(name: string, store: StudyReader, plan: ShardPlan, experimentOf: ExperimentOf): void {
  if (stageOf(plan) === 1) return;
  const sources = sourcesOf(store, plan, experimentOf);
  plan.content.experiments.forEach((one, at) => {
    const taken = textsWith(one, ({ first = 0 }) => first);
    const reason = otherCells(one.cells, askedCells(sources[at], taken));
    if (reason !== undefined)
      throw new InputError(
        `${name}: must be the stage that the results in '${store.dir}' ask for, got stage ${stageOf(plan)} with ${reason} of ${one.id}: merge the stages before it first`,
      );
  });
}

/** From what the cells of an experiment follow. */
interface Source {
  readonly grid: ExperimentGrid;
  readonly prefixes: Prefixes;
}

/** In the order of the plan's experiments. */
function sourcesOf(store: StudyReader, { content }: ShardPlan, experimentOf: ExperimentOf): Source[] {
  return content.experiments.map((planned) => {
    const stored = storedOf(planned);
    const [experiment, { values }] = [experimentOf(stored), stored];
    return {
      grid: gridOf({ experiment, values }, content.identity.seed),
      prefixes: new Prefixes(store, experiment, values),
    };
  });
}

function stageAfter(plan: ShardPlan, sources: readonly Source[]): ShardPlan | undefined {
  const experiments = plan.content.experiments.map((one, at) => {
    const asked = askedCells(
      sources[at],
      textsWith(one, ({ trials }) => trials),
    );
    return { ...one, cells: planCells(one.cells, asked, sources[at].grid) };
  });
  const isAsked = experiments.some(({ cells }) => cells.some(({ first = 0, trials }) => first < trials));
  return isAsked ? sealed({ ...plan.content, stage: stageOf(plan) + 1, experiments }) : undefined;
}

/** Numbers of trials of the cells, by the cell's text. */
function textsWith({ cells }: PlanExperiment, trials: (cell: PlanCell) => number): Map<string, number> {
  return new Map(cells.map((cell) => [cellText(cell.settings), trials(cell)]));
}

/** What the results ask for, when of each cell only so many trials are taken. */
function askedCells({ grid, prefixes }: Source, taken: ReadonlyMap<string, number>): readonly GridCell[] {
  return grownCells(grid, within(prefixes, taken));
}

/** The same prefixes as if the store had no trials beyond these numbers. */
function within({ estimate, summaries }: TrialPrefixes, taken: ReadonlyMap<string, number>): TrialPrefixes {
  const has = (settings: Settings, trials: number): boolean => trials <= (taken.get(cellText(settings)) ?? 0);
  return {
    estimate: (settings, measure, trials) => (has(settings, trials) ? estimate(settings, measure, trials) : undefined),
    summaries: (cells) => (cells.every(({ settings, trials }) => has(settings, trials)) ? summaries(cells) : undefined),
  };
}

/** The cells of the next stage. A unit of a new cell costs as much as one of the cell whose units have most trials. */
function planCells(
  before: readonly PlanCell[],
  asked: readonly GridCell[],
  { experiment, values }: ChosenExperiment,
): PlanCell[] {
  const known = new Map(before.map((cell) => [cellText(cell.settings), cell]));
  const costOf = (settings: Settings): number => experiment.cost(trialSettings(values, settings));
  const unitOfNew = (settings: Settings): number => {
    const finest = before.reduce((best, cell) => (cell.unit > best.unit ? cell : best));
    return unitTrials(finest.unit * costOf(finest.settings), costOf(settings));
  };
  return asked.map(({ text, settings, trials }) => {
    const { trials: first, unit } = known.get(text) ?? { trials: 0, unit: unitOfNew(settings) };
    return { settings: { ...settings }, ...(first > 0 && { first }), trials, unit };
  });
}
