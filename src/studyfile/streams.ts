/** Finds random numbers that no experiment has: a study with them would compare nothing. */
import { STREAM_SOURCES } from '../experiments/streamSources.js';
import type { Problem, StudyDocument } from './document.js';
import type { File } from './schema.js';

export function streams(document: StudyDocument, { streams: given }: File): Problem[] {
  const source = STREAM_SOURCES.find(({ id }) => id === given?.of);
  if (given === undefined || source === undefined) return [];
  const { of, version, cells } = given;
  const problems: Problem[] = [];
  if (version > source.version) {
    const range = source.version === 1 ? '1' : `from 1 to ${source.version}`;
    problems.push(
      document.atValue(['streams', 'version'], `streams.version must be ${range} for ${of}, got ${version}`),
    );
  }
  if (cells.toSorted().join() !== source.cells.join()) {
    const names = source.cells.join(', ');
    const message = `streams.cells must be the settings of the cells of ${of}: [${names}], got [${cells.join(', ')}]`;
    problems.push(document.atValue(['streams', 'cells'], message));
  }
  return problems;
}
