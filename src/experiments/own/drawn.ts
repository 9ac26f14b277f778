/** What a trial draws at random. */
import { labelsOf } from '../../core/networks/labels.js';
import { ownEntry } from '../../core/networks/ownWords.js';
import { isAroundTeacher } from '../../core/networks/starts.js';
import { teacherOf } from '../../core/networks/teachers.js';
import { isFileValue } from '../../settings/types.js';
import type { StudySettings } from './declared.js';

/** What determines whether a part is random; n has no influence. */
type Sources = Omit<StudySettings, 'n'>;

/** The parts of a trial that can be random, and when they are. A word of the user's own counts as random. */
const PARTS: Readonly<Record<string, (settings: Sources) => boolean>> = {
  'teacher W*': ({ teacher }) =>
    !isFileValue(teacher) && (ownEntry('teacher', teacher) !== undefined || teacherOf(teacher).isDrawn),
  'signs v*': ({ output }) => output === 'signs',
  'outputs v*': ({ output }) => output === 'gaussian',
  'inputs x': ({ inputs, risk }) => risk === 'empirical' && !isFileValue(inputs),
  'labels y': ({ labels, noise }) => labelsOf(labels).isDrawn || noise !== 0,
  'starts W0': isStartDrawn,
};

/** The names of the parts that a trial draws; the others are the same in all trials of the cell. */
export function drawnParts(settings: Sources): string[] {
  return Object.entries(PARTS).flatMap(([name, isDrawn]) => (isDrawn(settings) ? [name] : []));
}

/** What the trials of these cells draw, as a sentence. */
export function drawnText(cells: readonly Sources[]): string {
  const drawn = cells.map(drawnParts);
  const count = (name: string): number => drawn.filter((names) => names.includes(name)).length;
  const [all, some] = [
    Object.keys(PARTS).filter((name) => count(name) === cells.length),
    Object.keys(PARTS).filter((name) => count(name) > 0 && count(name) < cells.length),
  ];
  return [
    all.length === 0 ? 'No part is drawn in every cell.' : `Every trial draws anew: ${all.join(', ')}.`,
    ...(some.length === 0 ? [] : [`In some cells only: ${some.join(', ')}.`]),
    'What is not drawn is the same in all trials of a cell.',
  ].join(' ');
}

/** Around W* at distance 0, and with entries of deviation 0, there is one start only. */
function isStartDrawn({ start, radius, startScale }: Sources): boolean {
  if (isFileValue(start)) return false;
  if (isAroundTeacher(start)) return radius !== 0;
  return start !== 'gaussian' || startScale !== 0;
}
