/** The numbers of single trials that figures draw. */
import type { TrialMeasure } from '../spec.js';
import type { Point } from './points.js';
import type { FigureSpec, StudySpec } from './spec.js';
import { failedAs, trialNumber } from './summaries.js';

/** The texts of the numbers, with their keys in the file. */
export function numbersOf({
  kind,
  measure,
  error,
  against,
  points,
}: FigureSpec): readonly (readonly [string, string])[] {
  const texts = { measure, ...(kind === 'zip' ? { error } : { against }) };
  const isDrawn = kind === 'zip' || (kind === 'scatter' && points === 'trials');
  return isDrawn
    ? Object.entries(texts).flatMap(([key, text]) => (text === undefined ? [] : [[key, text] as const]))
    : [];
}

/** @throws InputError for a text that is no measure of a trial and no expression in such measures */
export function figureNumbers({ figures }: Pick<StudySpec, 'figures'>): TrialMeasure[] {
  const texts = new Map(figures.flatMap(numbersOf).map(([key, text]) => [text, key]));
  return [...texts].map(([text, key]) => {
    const { plain, value } = trialNumber(text, `${key} of a figure`);
    const whenFailed = failedAs(plain);
    return { name: nameOf(text), of: plain ?? text, value, ...(whenFailed === undefined ? {} : { whenFailed }) };
  });
}

/** The numbers of a point's trials, by trial. */
export function trialNumbers({ cell }: Point, text: string): ReadonlyMap<number, number> {
  return cell.perTrial?.[nameOf(text)] ?? new Map<number, number>();
}

/** Names of differences have no blank, so that these names are free. */
function nameOf(text: string): string {
  return `figure of ${text}`;
}
