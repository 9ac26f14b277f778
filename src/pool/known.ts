/** Who runs the trials of leases: the program's experiments, and users' own by what their study brought. */
import type { Experiment, OwnCode, StudyFile } from '../experiments/spec.js';
import type { OwnPartsOf } from './protocol.js';

export interface Experiments {
  readonly findExperiment: (id: string) => Experiment;
  /** of a user's own code, and of a study that uses it */
  readonly loadExperiment?: (code: OwnCode, files?: readonly StudyFile[]) => Experiment;
  /** of studies whose settings name files */
  readonly studyRunner?: (files: readonly StudyFile[]) => Experiment;
}

/** Finds by the id that leases have; each is made once. */
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
