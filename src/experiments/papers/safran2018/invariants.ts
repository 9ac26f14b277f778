/**
 * Numbers that are equal for ends at one minimum, whatever the order of rows and columns. The ends of different trials
 * are sorted by them; a trial compares this with the matching of the weights themselves.
 */
import type { CertifiedMinimum } from '../../../core/minima/certified.js';
import { sortedIntoClasses, type Likeness, type Sorted } from '../../../core/minima/sorting.js';
import { frobeniusNorm } from '../../../core/networks/teachers.js';
import type { CellSummary, TrialMeasure } from '../../spec.js';

export interface Invariants {
  readonly loss: number;
  readonly lambdaMin: number;
  /** ‖W‖_F */
  readonly norm: number;
}

/** The same to `same`, or one number different by more than `different`. */
const ACCURACY = {
  loss: { same: 1e-10, different: 1e-8 },
  lambdaMin: { same: 1e-7, different: 1e-5 },
  norm: { same: 1e-7, different: 1e-5 },
} as const;
type Name = keyof typeof ACCURACY;
const NAMES: readonly Name[] = ['loss', 'lambdaMin', 'norm'];

export function invariantsOf({ loss, lambdaMin, weights }: CertifiedMinimum): Invariants {
  return { loss, lambdaMin, norm: frobeniusNorm(weights) };
}

/** The indices of the ends, sorted; those without numbers are left out. */
export function classesByNumbers(ends: readonly (Invariants | undefined)[]): Sorted<number> {
  const known = ends.flatMap((end, index) => (end === undefined ? [] : [{ end, index }]));
  const { classes, unclear } = sortedIntoClasses(known, (a, b) => compared(a.end, b.end));
  const indexOf = ({ index }: { readonly index: number }): number => index;
  return {
    classes: classes.map(([head, ...rest]) => [indexOf(head), ...rest.map(indexOf)] as const),
    unclear: unclear.map(indexOf),
  };
}

function compared(a: Invariants, b: Invariants): Likeness {
  const apart = (name: Name): number => Math.abs(a[name] - b[name]);
  if (NAMES.some((name) => apart(name) > ACCURACY[name].different)) return 'different';
  return NAMES.every((name) => apart(name) <= ACCURACY[name].same) ? 'same' : 'unclear';
}

/** Trial measures `loss1`, `lambdaMin1`, `norm1`, `loss2`, …; NaN where an end is no minimum. */
export function laneMeasures(ends: readonly (CertifiedMinimum | undefined)[]): Record<string, number> {
  const measures = ends.flatMap((end, l) => {
    const numbers = end && invariantsOf(end);
    return NAMES.map((name) => [laneName(name, l), numbers?.[name] ?? Number.NaN] as const);
  });
  return Object.fromEntries(measures);
}

/** The same of every trial of a cell. */
export function laneTrialMeasures(starts: number): TrialMeasure[] {
  return Array.from({ length: starts }, (_, l) => NAMES.map((name) => laneName(name, l)))
    .flat()
    .map((name) => ({ name, of: name }));
}

/** The numbers of all ends of a cell that are minima. */
export function endsOf({ perTrial = {} }: Pick<CellSummary, 'perTrial'>, starts: number): Invariants[] {
  return Array.from({ length: starts }, (_, l) => {
    const trials = [...(perTrial[laneName('loss', l)] ?? [])];
    return trials.flatMap(([trial, loss]) => {
      const [lambdaMin, norm] = (['lambdaMin', 'norm'] as const).map(
        (name) => perTrial[laneName(name, l)]?.get(trial) ?? Number.NaN,
      );
      return Number.isNaN(loss) ? [] : [{ loss, lambdaMin, norm }];
    });
  }).flat();
}

function laneName(name: Name, lane: number): string {
  return `${name}${lane + 1}`;
}
