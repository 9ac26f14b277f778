/**
 * Checks that a plan is the one that its experiments would make. A plan may come from outside, and its hash shows only
 * that it was not changed since it was made.
 */
import { createHash } from 'node:crypto';
import { visible } from '../base/visible.js';
import { InputError } from '../base/errors.js';
import type { Experiment, OwnCode } from '../experiments/spec.js';
import { cellText } from '../settings/cellText.js';
import type { StoredExperiment } from '../store/identity.js';
import { gridOf } from '../study/grid/cells.js';
import { storedOf, type ShardPlan } from './plan.js';

type PlanExperiment = ShardPlan['content']['experiments'][number];

/**
 * Throws `InputError` for an unknown experiment, for values that it does not take, and for cells or counts that do not
 * follow from the values.
 */
export function requirePlanned(
  name: string,
  { content }: ShardPlan,
  experimentOf: (stored: StoredExperiment) => Experiment,
): void {
  for (const planned of content.experiments) {
    const reason = difference(planned, content.identity.seed, experimentOf);
    if (reason !== undefined)
      throw new InputError(
        `${name}: must hold what basin plan makes of '${visible(planned.id)}', got ${visible(reason)}`,
      );
  }
}

function difference(
  planned: PlanExperiment,
  seed: number,
  experimentOf: (stored: StoredExperiment) => Experiment,
): string | undefined {
  try {
    const stored = storedOf(planned);
    const wrong = stored.code && codeProblem(planned.id, stored.code);
    if (wrong !== undefined) return wrong;
    const experiment = experimentOf(stored);
    if (experiment.version !== planned.version)
      return `version ${planned.version}, this program has ${experiment.version}`;
    const expected = gridOf({ experiment, values: stored.values }, seed).cells.map(
      ({ text, trials }) => `${text} with ${trials} trials`,
    );
    const given = planned.cells.map(({ settings, trials }) => `${cellText(settings)} with ${trials} trials`);
    const at = expected.findIndex((text, index) => text !== given[index]);
    if (at >= 0) return `${given[at] ?? 'nothing'} in place of ${expected[at]}`;
    return given.length > expected.length ? `${given.length} cells in place of ${expected.length}` : undefined;
  } catch (error) {
    // Values from outside can be of any type, so any error of the experiment is a fault of the plan.
    return error instanceof Error ? error.message : String(error);
  }
}

/** The hash in an address identifies the code of a trial, so it must be the hash of the text that is run. */
function codeProblem(id: string, { digest, text }: OwnCode): string | undefined {
  const actual = createHash('sha256').update(text).digest('hex');
  if (actual !== digest) return `code of SHA-256 ${actual} in place of ${digest}`;
  const hash = id.slice(id.indexOf('@') + 1);
  return digest.startsWith(hash) ? undefined : `code of SHA-256 ${digest}`;
}
