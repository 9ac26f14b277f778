/** A pilot run of the remaining trials of a study. */
import { totalmem } from 'node:os';
import { performance } from 'node:perf_hooks';
import { loadNativeKernels } from '../core/kernels/native.js';
import { defaultWorkers } from '../pool/workers.js';
import type { LeftCell, LeftExperiment } from '../study/forecast/left.js';
import { runPilot, type ExperimentPilot } from '../study/forecast/pilot.js';
import { workersOn } from '../study/leases/together.js';

/** Default wall-clock seconds of a pilot. */
export const PILOT_SECONDS = 10;

export interface PilotedStudy {
  readonly left: readonly LeftExperiment[];
  readonly pilots: readonly ExperimentPilot[];
  /** number of trials that run at once; workers beyond the number of cores give no speedup */
  readonly workers: number;
  /** wall-clock time of the pilot; 0: no pilot was requested */
  readonly seconds: number;
}

/** Performs some of a study's remaining trials, for about the given number of seconds. */
export async function pilotStudy(
  left: readonly LeftExperiment[],
  wantedWorkers: number,
  pilotSeconds: number,
): Promise<PilotedStudy> {
  const workers = Math.min(wantedWorkers, defaultWorkers());
  if (pilotSeconds === 0) return { left, pilots: await runPilot(left, { seconds: 0, workers }), workers, seconds: 0 };
  loadNativeKernels();
  const begin = performance.now();
  const pilots = await runPilot(
    left.map((one) => fitting(one, workers)),
    { seconds: pilotSeconds, workers },
  );
  return { left, pilots, workers, seconds: (performance.now() - begin) / 1000 };
}

/** The cells whose trials fit into the machine's memory. A pilot must not crash the machine that it measures. */
function fitting({ cells, ...one }: LeftExperiment, workers: number): LeftExperiment {
  const bytes = (cell: LeftCell): number =>
    (one.experiment.bytes?.(cell.template.settings) ?? 0) * (workers / workersOn(cell.template, workers));
  return { ...one, cells: cells.filter((cell) => bytes(cell) < totalmem()) };
}
