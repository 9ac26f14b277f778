/**
 * How starts end, and how the starts of one training set end together: the names that tables, pictures and docs use.
 */

interface ClassOfStart {
  readonly name: string;
  /** in legends */
  readonly title: string;
  /** a local minimum at a finite point */
  readonly isFinite: boolean;
  readonly description: string;
}

/** The classes of one start's end. All lists of these classes are made from this table. */
export const START_CLASSES = [
  { name: 'recovered', title: 'recovered', isFinite: true, description: 'ends at a minimum near W*' },
  { name: 'other-minimum', title: 'other minimum', isFinite: true, description: 'ends at a minimum elsewhere' },
  {
    name: 'saddle',
    title: 'saddle',
    isFinite: false,
    description: 'ends at a stationary point with negative curvature',
  },
  {
    name: 'runaway',
    title: 'runaway',
    isFinite: false,
    description: 'has no finite minimiser on its way: ‖W‖ grows without bound',
  },
  { name: 'cap', title: 'capped', isFinite: false, description: 'is none of the others when the iterations run out' },
  { name: 'diverged', title: 'diverged', isFinite: false, description: 'diverges' },
] as const satisfies readonly ClassOfStart[];

export type StartClass = (typeof START_CLASSES)[number]['name'];

/** How all starts on one training set ended together. */
export const SET_CLASSES = [
  { name: 'one-minimum-near', title: 'one minimum, near W*', description: 'all starts end at one minimum, near W*' },
  {
    name: 'one-minimum-elsewhere',
    title: 'one minimum, elsewhere',
    description: 'all starts end at one minimum, not near W*',
  },
  { name: 'several-minima', title: 'several minima', description: 'all starts end at minima, not at one' },
  { name: 'mixed', title: 'mixed', description: 'some starts end at a minimum, others do not' },
  { name: 'runaway', title: 'runaway', description: 'no start has a finite minimiser on its way' },
] as const;

export type SetClass = (typeof SET_CLASSES)[number]['name'];

/** Whether a start of this class ended at a finite minimum. */
export function isAtMinimum(name: StartClass): boolean {
  return START_CLASSES.some((known) => known.name === name && known.isFinite);
}
