/** The minima at which many descents end, sorted into classes. Derivation: docs/derivations/minima.md. */
import type { CertifiedMinimum, OpenEnd } from './certified.js';
import { likeness, type Symmetry } from './likeness.js';
import { sortedIntoClasses } from './sorting.js';

export interface MinimumClass {
  /** the member that is known best */
  readonly representative: CertifiedMinimum;
  /** starts, ascending */
  readonly members: readonly number[];
}

export interface Minima {
  /** by loss ascending */
  readonly classes: readonly MinimumClass[];
  /** of each start in no class the reason */
  readonly open: ReadonlyMap<number, OpenEnd>;
}

/** The classes of the minima among the ends of starts 0, 1, …. */
export function minimaOf(ends: readonly (CertifiedMinimum | OpenEnd)[], symmetry: Symmetry): Minima {
  const found = new Map<number, CertifiedMinimum>();
  const open = new Map<number, OpenEnd>();
  ends.forEach((end, l) => (typeof end === 'string' ? open.set(l, end) : found.set(l, end)));
  const best = [...found].sort(([l, a], [other, b]) => a.reach - b.reach || l - other);
  const { classes, unclear } = sortedIntoClasses(best, ([, end], [, other]) => likeness(end, other, symmetry));
  unclear.forEach(([l]) => open.set(l, 'unclear'));
  return {
    classes: classes
      .map((members) => ({ representative: members[0][1], members: members.map(([l]) => l).sort((a, b) => a - b) }))
      .sort((a, b) => a.representative.loss - b.representative.loss),
    open,
  };
}
