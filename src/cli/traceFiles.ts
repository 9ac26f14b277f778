/** The files of `basin fit --trace`. */
import { join } from 'node:path';
import type { Trace } from '../app/trace.js';
import { writeWhole } from '../base/whole.js';
import { renderFigure } from '../report/figures.js';
import { replacing, writeResult } from './resultFiles.js';

/** Writes the trace of the given number of starts into a folder. Returns the paths by name. */
export async function writeTrace(folder: string, trace: Trace, starts: number): Promise<Record<string, string>> {
  const path = (name: string): string => join(folder, name);
  const points = trace.schedule.length;
  const files = {
    iterations: path('trace-iterations.npy'),
    loss: path('trace-loss.npy'),
    gradientNorm: path('trace-gradient-norm.npy'),
    svg: path('trace.svg'),
    png: path('trace.png'),
  };
  const { svg, png } = await renderFigure(trace.figure(starts));
  writeResult(files.iterations, trace.iterations, [points]);
  writeResult(files.loss, trace.loss, [starts, points]);
  writeResult(files.gradientNorm, trace.gradientNorm, [starts, points]);
  replacing(files.svg, () => {
    writeWhole(files.svg, svg);
  });
  replacing(files.png, () => {
    writeWhole(files.png, png);
  });
  return files;
}
