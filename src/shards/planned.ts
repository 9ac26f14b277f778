/**
 * Checks that a plan is one that its experiments would make. A plan may come from outside, and its hash shows only that
 * it was not changed since it was made. The cells of a later stage follow from results: the store checks them, see
 * stages.ts.
 */
import { createHash } from 'node:crypto';
import { visible } from '../base/visible.js';
import { InputError } from '../base/errors.js';
import type { Cell, Experiment, OwnCode } from '../experiments/spec.js';
import { cellText } from '../settings/cellText.js';
import type { StoredExperiment } from '../store/identity.js';
import { gridOf } from '../study/grid/cells.js';
import { storedOf, type PlanContent, type PlanExperiment, type ShardPlan } from './plan.js';

/**
 * Throws `InputError` for an unknown experiment, for values that it does not take, and for cells or counts that do not
 * follow from the values. Cells of a later stage must have settings like those of the first one.
 */
export function requirePlanned(
  name: string,
  { content }: ShardPlan,
  experimentOf: (stored: StoredExperiment) => Experiment,
): void {
  for (const planned of content.experiments) {
    const reason = difference(planned, content, experimentOf);
    if (reason !== undefined)
      throw new InputError(
        `${name}: must hold what basin plan makes of '${visible(planned.id)}', got ${visible(reason)}`,
      );
  }
}

function difference(
  planned: PlanExperiment,
  { identity: { seed }, stage }: PlanContent,
  experimentOf: (stored: StoredExperiment) => Experiment,
): string | undefined {
  try {
    const stored = storedOf(planned);
    const wrong = stored.code && codeProblem(planned.id, stored.code);
    if (wrong !== undefined) return wrong;
    const experiment = experimentOf(stored);
    if (experiment.version !== planned.version)
      return `version ${planned.version}, this program has ${experiment.version}`;
    const { cells } = gridOf({ experiment, values: stored.values }, seed);
    if (stage !== undefined && experiment.grow !== undefined) return unlike(planned.cells, cells);
    if (stage === undefined && planned.cells.some(({ first }) => first !== undefined))
      return 'trials of earlier stages in the first one';
    return otherCells(planned.cells, cells);
  } catch (error) {
    // Values from outside can be of any type, so any error of the experiment is a fault of the plan.
    return error instanceof Error ? error.message : String(error);
  }
}

/** How the cells of a plan differ from these; undefined: not at all. */
export function otherCells(given: readonly Cell[], expected: readonly Cell[]): string | undefined {
  const [actual, wanted] = [given, expected].map((cells) =>
    cells.map(({ settings, trials }) => `${cellText(settings)} with ${trials} trials`),
  );
  const at = wanted.findIndex((text, index) => text !== actual[index]);
  if (at >= 0) return `${actual[at] ?? 'nothing'} in place of ${wanted[at]}`;
  return actual.length > wanted.length ? `${actual.length} cells in place of ${wanted.length}` : undefined;
}

/** The first cell with a setting that no cell of the first stage has, or that has another type there. */
function unlike(given: readonly Cell[], first: readonly Cell[]): string | undefined {
  const kinds = ({ settings }: Cell): string[] =>
    Object.entries(settings).map(([name, value]) => `${name}: ${typeof value}`);
  const known = new Set(first.flatMap(kinds));
  const strange = given.find((cell) => kinds(cell).some((kind) => !known.has(kind)));
  return strange && cellText(strange.settings);
}

/** The hash in an address identifies the code of a trial, so it must be the hash of the text that is run. */
function codeProblem(id: string, { digest, text }: OwnCode): string | undefined {
  const actual = createHash('sha256').update(text).digest('hex');
  if (actual !== digest) return `code of SHA-256 ${actual} in place of ${digest}`;
  const hash = id.slice(id.indexOf('@') + 1);
  return digest.startsWith(hash) ? undefined : `code of SHA-256 ${digest}`;
}
