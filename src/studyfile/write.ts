/** Writes a study as a study file with the same meaning, for a study whose own file was not kept. */
import { stringify } from 'yaml';
import type { Scale } from '../settings/scale.js';
import type { AxisValue, StudySpec } from '../experiments/own/spec.js';
import type { StudyFile } from '../experiments/spec.js';

/**
 * The text of a study file that `loadStudy` reads, at this scale, as this study. It has no comments, and not the other
 * scales of the original file.
 */
export function writeStudy(spec: StudySpec, seed: number, scale: Scale): string {
  const {
    title,
    description,
    use,
    grid,
    trials,
    measures,
    summaries,
    differences,
    figures,
    precision,
    boundary,
    streams,
    files = [],
  } = spec;
  const file = {
    title,
    ...(description === '' ? {} : { description }),
    ...(use === undefined ? {} : { use }),
    seed,
    ...(streams === undefined ? {} : { streams }),
    grid: Object.fromEntries(
      Object.entries(grid).map(([name, values]) => {
        const written = values.map((value) => writtenValue(value, files));
        return [name, written.length === 1 ? written[0] : written];
      }),
    ),
    trials,
    ...(precision === undefined ? {} : { precision }),
    ...(boundary === undefined ? {} : { boundary: writtenBoundary(boundary) }),
    ...(measures.length === 0 ? {} : { measures }),
    ...(summaries === undefined ? {} : { summaries }),
    ...(differences === undefined ? {} : { differences }),
    ...(figures.length === 0 ? {} : { figures }),
    ...(scale === 'paper' ? {} : { scales: { [scale]: {} } }),
  };
  return stringify(file, { aliasDuplicateObjects: false, lineWidth: 100 });
}

/** A value as it is written: a file is written by its path again. */
function writtenValue(value: AxisValue, files: readonly StudyFile[]): unknown {
  const file = files.find((one) => one.value === value);
  return file === undefined ? value : { file: file.path };
}

function writtenBoundary({ from, to, ...rest }: NonNullable<StudySpec['boundary']>): object {
  return { between: [from, to], ...rest };
}
