/** Serves a study as a live page while it runs, and afterwards. It reads the store and never writes. */
import { join } from 'node:path';
import { quoted } from '../base/quoted.js';
import { storedExperiment } from '../definitions/stored.js';
import { isStudy } from '../experiments/spec.js';
import { serveStudy, type Serving } from '../live/server.js';
import type { StoredExperiment } from '../store/identity.js';
import { readStudy } from '../store/open.js';
import type { StudyReader } from '../store/reader.js';
import type { SummaryMemory } from '../study/summary/memory.js';
import { continuingCommand, experimentContent } from './results.js';
import { STUDY_COPY } from './studyCopy.js';

/**
 * Serves the study of a folder until the signal. Throws `InputError` when the folder holds no study or a damaged one,
 * when the port cannot be used, and when the store is removed, replaced or damaged meanwhile.
 */
export async function watchStudy(directory: string, serving: Serving): Promise<void> {
  const store = readStudy(directory);
  try {
    const source = {
      store,
      experimentOf: storedExperiment,
      contentOf: (stored: StoredExperiment, memory: SummaryMemory) => experimentContent(store, stored, memory),
      continuing: continuingCommand(store),
      drawing: (stored: StoredExperiment, cell: string, trial: number) => drawCommand(store, stored, cell, trial),
    };
    await serveStudy(source, serving);
  } finally {
    store.close();
  }
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
