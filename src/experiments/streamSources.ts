/** The experiments whose random numbers a study of one's own may have: those that a study file can describe. */
import { EXPERIMENTS } from './registry.js';
import type { Experiment } from './spec.js';

export interface StreamSource {
  /** id of the experiment */
  readonly id: string;
  /** the newest version of its streams; a study may have those of an earlier one */
  readonly version: number;
  /** names of the settings of its cells, sorted */
  readonly cells: readonly string[];
}

export const STREAM_SOURCES: readonly StreamSource[] = EXPERIMENTS.filter(({ study }) => study !== undefined).map(
  (experiment) => {
    const { id, version, streamVersion = version } = experiment;
    return { id, version: streamVersion, cells: cellNames(experiment) };
  },
);

function cellNames({ settings, cells }: Experiment): string[] {
  const usual = Object.entries(settings).map(([name, setting]) => [name, setting.default.paper] as const);
  const [cell] = cells(Object.fromEntries(usual));
  return Object.keys(cell.settings).sort();
}
