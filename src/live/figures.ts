/** The figures of an experiment as pictures; only those that have changed are drawn again. */
import { createHash } from 'node:crypto';
import type { Figure } from '../experiments/spec.js';
import { hasData } from '../report/fields.js';
import { marksOf } from '../report/marks.js';
import type { Settings } from '../settings/types.js';
import type { ShownFigure } from './parts.js';
import { pointsText } from './points.js';

export class Gallery {
  #shown: readonly ShownFigure[] = [];

  get shown(): readonly ShownFigure[] {
    return this.#shown;
  }

  find(name: string): ShownFigure | undefined {
    return this.#shown.find((figure) => figure.name === name);
  }

  /** `cells`: the settings of each cell of the grid */
  async update(figures: readonly Figure[], cells: readonly Settings[]): Promise<void> {
    const shown: ShownFigure[] = [];
    for (const figure of figures) {
      const version = versionOf(figure, cells);
      const before = this.find(figure.name);
      shown.push(before?.version === version ? before : await drawn(figure, cells, version));
    }
    this.#shown = shown;
  }
}

function versionOf(figure: Figure, cells: readonly Settings[]): string {
  return createHash('sha256')
    .update(JSON.stringify([figure, cells]))
    .digest('hex')
    .slice(0, 16);
}

/** A figure that fails must not hide the others. */
async function drawn(figure: Figure, cells: readonly Settings[], version: string): Promise<ShownFigure> {
  const { name, title, caption } = figure;
  if (!hasData(figure)) return { name, title, caption, version };
  try {
    const { drawFigure } = await import('../report/figures.js');
    let points = '';
    const { svg, note } = await drawFigure(figure, (view) => {
      points = pointsText(figure, marksOf(view), cells);
    });
    return { name, title, version, svg, points, caption: [caption, note].filter((part) => part !== '').join(' ') };
  } catch (error) {
    return { name, title, caption, version, problem: error instanceof Error ? error.message : String(error) };
  }
}
