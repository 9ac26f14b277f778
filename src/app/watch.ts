/** Serves a study as a live page while it runs, and afterwards. It reads the store and never writes. */
import { join } from 'node:path';
import { quoted } from '../base/quoted.js';
import { storedExperiment } from '../definitions/stored.js';
import { isStudy } from '../experiments/spec.js';
import { serveStudy, type Serving } from '../live/server.js';
import type { LiveSource } from '../live/source.js';
import type { StoredExperiment } from '../store/identity.js';
import { readStudy } from '../store/open.js';
import type { StudyReader } from '../store/reader.js';
import type { SummaryMemory } from '../study/summary/memory.js';
import { tunedKernels } from './machine/kernels.js';
import { trialEnds } from './problem/ends.js';
import { continuingCommand, experimentContent } from './results.js';
import { STUDY_COPY } from './studyCopy.js';

/**
 * Serves the study of a folder until the signal. Throws `InputError` when the folder holds no study or a damaged one,
 * when the port cannot be used, and when the store is removed, replaced or damaged meanwhile.
 */
export async function watchStudy(
  directory: string,
  { inHand, ...serving }: Serving & Pick<LiveSource, 'inHand'>,
): Promise<void> {
  const store = readStudy(directory);
  try {
    const source = {
      store,
      experimentOf: storedExperiment,
      contentOf: (stored: StoredExperiment, memory: SummaryMemory) => experimentContent(store, stored, memory),
      ...(inHand === undefined ? {} : { inHand }),
      continuing: continuingCommand(store),
      endsOf: lastKept((address) => trialEnds(store, address, tunedKernels())),
      drawing: (stored: StoredExperiment, cell: string, trial: number) => drawCommand(store, stored, cell, trial),
    };
    await serveStudy(source, serving);
  } finally {
    store.close();
  }
}

/** A function that keeps its last result: the pictures of a page ask for the same trial. */
function lastKept<T>(make: (address: string) => T): (address: string) => T {
  let last: { readonly address: string; readonly made: T } | undefined;
  return (address) => {
    if (last?.address !== address) last = { address, made: make(address) };
    return last.made;
  };
}

/** Undefined for trials that plant no problem. */
function drawCommand(store: StudyReader, stored: StoredExperiment, cell: string, trial: number): string | undefined {
  const { draw, settings } = storedExperiment(stored);
  if (draw === undefined) return undefined;
  const { seed, scale, overrides } = store.identity;
  const what = isStudy(stored.id) ? join(store.dir, STUDY_COPY) : (stored.code?.name ?? stored.id);
  const sets = Object.entries(overrides).flatMap(([key, value]) => {
    const name = key.startsWith(`${stored.id}.`) ? key.slice(stored.id.length + 1) : key;
    return isStudy(stored.id) || name in settings ? [`--set ${quoted(`${name}=${value}`)}`] : [];
  });
  const which = `--cell ${quoted(cell)} --trial ${trial} --out problem-${trial}`;
  return ['basin draw', quoted(what), `--scale ${scale} --seed ${seed}`, ...sets, which].join(' ');
}
