/** Runs a stored trial again, and hands out the arrays from which its measures are computed. */
import type { NativeKernels } from '../../core/kernels/contract.js';
import { runnersOf, storedExperiment } from '../../definitions/stored.js';
import { parseAddress } from '../../store/address.js';
import type { StudyReader } from '../../store/reader.js';
import { replayTrial, type Replay } from '../../study/replay/replay.js';
import { effectiveSettings } from '../../study/grid/values.js';
import { Collector } from './collector.js';
import { drawnBy, requireDraw, type DescribedTrial, type DrawnTrial } from './draw.js';

export interface ReplayedProblem {
  readonly replay: Replay;
  readonly drawn: DrawnTrial;
}

/** The arrays that the descents from one batch of starts hand out. */
const ENDS = ['weights', 'v', 'step-sizes'];

/** Throws `InputError` as `replayTrial` does, and for an experiment of basin that plants no problem. */
export function replayWithArrays(store: StudyReader, address: string, kernels: NativeKernels): ReplayedProblem {
  const { experiment: id } = parseAddress(address);
  const known = store.experiments().some((stored) => stored.id === id);
  const experiment = known ? runnersOf(store)(id) : undefined;
  const isOwn = experiment?.code !== undefined && experiment.draw === undefined;
  if (experiment !== undefined && !isOwn) requireDraw(experiment);
  const keep = new Collector();
  const replay = replayTrial(store, address, runnersOf(store), kernels, keep);
  const handed = isOwn ? { arrays: keep.arrays } : drawnBy(keep, replay.address);
  return { replay, drawn: { of: describedTrial(store, replay.address), ...handed } };
}

function describedTrial(store: StudyReader, address: string): DescribedTrial {
  const { experiment: id, cell: text, trial } = parseAddress(address);
  const stored = store.experiments().find((one) => one.id === id);
  const cell = store.cells(id).find((one) => one.text === text);
  if (stored === undefined || cell === undefined) throw new Error(`${address} was replayed and is not stored`);
  const { version, values } = stored;
  const { seed, scale } = store.identity;
  return {
    address,
    experiment: id,
    version,
    seed,
    scale,
    trial,
    settings: effectiveSettings(storedExperiment(stored), values, cell.settings, store.identity),
  };
}

/** A line that says which arrays a trial did not have; undefined if none is missing. */
export function withoutEnds({ of: { address }, words, arrays }: DrawnTrial): string | undefined {
  if (words === undefined) return undefined;
  const names = arrays.map(({ name }) => name);
  if (ENDS.some((wanted) => names.some((name) => name.startsWith(wanted)))) return undefined;
  return `${address}: its trial descends from none of its starts, so there is no ${ENDS.map((name) => `${name}.npy`).join(', ')}`;
}
