/** The figures of an experiment as pictures; only those that have changed are drawn again. */
import { createHash } from 'node:crypto';
import type { Figure } from '../experiments/spec.js';
import { hasData } from '../report/fields.js';
import type { ShownFigure } from './parts.js';

export class Gallery {
  #shown: readonly ShownFigure[] = [];

  get shown(): readonly ShownFigure[] {
    return this.#shown;
  }

  find(name: string): ShownFigure | undefined {
    return this.#shown.find((figure) => figure.name === name);
  }

  async update(figures: readonly Figure[]): Promise<void> {
    const shown: ShownFigure[] = [];
    for (const figure of figures) {
      const version = versionOf(figure);
      const before = this.find(figure.name);
      shown.push(before?.version === version ? before : await drawn(figure, version));
    }
    this.#shown = shown;
  }
}

function versionOf(figure: Figure): string {
  return createHash('sha256').update(JSON.stringify(figure)).digest('hex').slice(0, 16);
}

/** A figure that fails must not hide the others. */
async function drawn(figure: Figure, version: string): Promise<ShownFigure> {
  const { name, title, caption } = figure;
  if (!hasData(figure)) return { name, title, caption, version };
  try {
    const { drawFigure } = await import('../report/figures.js');
    const { svg, note } = await drawFigure(figure);
    return { name, title, version, svg, caption: [caption, note].filter((part) => part !== '').join(' ') };
  } catch (error) {
    return { name, title, caption, version, problem: error instanceof Error ? error.message : String(error) };
  }
}
