/** Runs a sample of the stored trials again, and compares the results bit by bit. */
import { refuse } from '../base/errors.js';
import { runnersOf } from '../definitions/stored.js';
import type { StudyControl } from '../pool/control.js';
import { storedExperiments } from '../store/chosen.js';
import { readStudy } from '../store/open.js';
import type { Origin } from '../store/origin.js';
import { collect, factDifferences, factsOf, runFacts, type FactDifference } from '../study/provenance/origins.js';
import { sampleTrials, type Sample, type SampleSize } from '../study/replay/sample.js';
import { verifyStudy, type Verification, type VerifyOptions } from '../study/replay/verify.js';
import { thisOrigin, thisProvenance } from './provenance.js';

export interface VerifyRequest {
  readonly directory: string;
  /** ids; all experiments of the study without one */
  readonly experiments: readonly string[];
  readonly size: SampleSize;
  /** seed of the sample */
  readonly seed: number;
  readonly workers: number;
}

export interface VerifyConducting {
  /** stops the verification */
  readonly control: StudyControl;
  /** the part of the command line that is stored */
  readonly commandLine: readonly string[];
  readonly onProgress: NonNullable<VerifyOptions['onProgress']>;
}

export interface VerifiedStudy {
  readonly study: string;
  readonly sample: Sample;
  readonly verification: Verification;
  /** differences between the facts about the study's runs and those about this program and machine */
  readonly facts: readonly FactDifference[];
  readonly here: Origin;
}

/** Throws `InputError` for a study without stored trials. */
export async function verifyFolder(
  { directory, experiments, size, seed, workers }: VerifyRequest,
  { control, commandLine, onProgress }: VerifyConducting,
): Promise<VerifiedStudy> {
  const store = readStudy(directory);
  try {
    const ids = storedExperiments(store, experiments).map(({ id }) => id);
    const sample = store.snapshot(() => sampleTrials(store, size, seed, ids));
    if (sample.stored === 0) refuse('a study to verify', 'one with stored trials', store.dir);
    const verification = await verifyStudy({
      store,
      sample,
      workers,
      control,
      onProgress,
      findExperiment: runnersOf(store),
    });
    const here = thisOrigin();
    const facts = factDifferences(factsOf(store), collect([here, ...runFacts(thisProvenance(commandLine))]));
    return { study: store.dir, sample, verification, here, facts };
  } finally {
    store.close();
  }
}
