/** The experiments that run the trials of leases: the program's own, and users' experiments from their studies. */
import type { Experiment, OwnCode, StudyFile } from '../experiments/spec.js';
import type { OwnPartsOf } from './protocol.js';

export interface Experiments {
  readonly findExperiment: (id: string) => Experiment;
  /** of a user's own code, and of a study that uses it */
  readonly loadExperiment?: (code: OwnCode, files?: readonly StudyFile[]) => Experiment;
  /** of studies whose settings name files */
  readonly studyRunner?: (files: readonly StudyFile[]) => Experiment;
}

/** Finds an experiment by the id in leases; each is made once. */
export function findAmong(
  own: readonly OwnPartsOf[],
  { findExperiment, loadExperiment, studyRunner }: Experiments,
): Experiments['findExperiment'] {
  const loaded = new Map<string, Experiment>();
  const load = (id: string): Experiment => {
    const { code, files } = own.find(({ experiment }) => experiment === id) ?? {};
    return (code && loadExperiment?.(code, files)) ?? (files && studyRunner?.(files)) ?? findExperiment(id);
  };
  return (id) => {
    const experiment = loaded.get(id) ?? load(id);
    loaded.set(id, experiment);
    return experiment;
  };
}
