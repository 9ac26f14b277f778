/** What one experiment's page shows now, and which of it has changed since the viewers were last told. */
import type { CellMessage, GridMessage, Messages } from './messages.js';

export class Board {
  readonly #parts = new Map<string, string>();
  readonly #changedParts = new Set<string>();
  #grid: string | undefined;
  #gridChanged = false;
  #cells: string[] = [];
  readonly #changedCells = new Set<number>();

  part(id: string, html: string): void {
    if (this.#parts.get(id) === html) return;
    this.#parts.set(id, html);
    this.#changedParts.add(id);
  }

  /** Another grid has other cells: every cell is told anew. */
  grid(grid: GridMessage): void {
    const text = JSON.stringify(grid);
    if (this.#grid === text) return;
    this.#grid = text;
    this.#gridChanged = true;
    this.#cells = [];
    this.#changedCells.clear();
  }

  cell(cell: CellMessage): void {
    const text = JSON.stringify(cell);
    if (this.#cells[cell.at] === text) return;
    this.#cells[cell.at] = text;
    this.#changedCells.add(cell.at);
  }

  /** The events for those who know what was told before; empty where nothing has changed. */
  takeChanges(): string {
    const text = [
      this.#gridChanged && this.#grid !== undefined ? event('grid', this.#grid) : '',
      this.#changedCells.size > 0 ? event('cells', listOf([...this.#changedCells].map((at) => this.#cells[at]))) : '',
      this.#changedParts.size > 0 ? this.#partsEvent([...this.#changedParts]) : '',
    ].join('');
    this.#gridChanged = false;
    this.#changedCells.clear();
    this.#changedParts.clear();
    return text;
  }

  /** The events for a new viewer. */
  all(): string {
    return [
      this.#grid === undefined ? '' : event('grid', this.#grid),
      this.#cells.length > 0 ? event('cells', listOf(this.#cells)) : '',
      this.#parts.size > 0 ? this.#partsEvent([...this.#parts.keys()]) : '',
    ].join('');
  }

  #partsEvent(ids: readonly string[]): string {
    const parts = Object.fromEntries(ids.map((id) => [id, this.#parts.get(id)]));
    return event('parts', JSON.stringify(parts));
  }
}

/** One server-sent event; JSON has no line breaks. */
export function event(name: keyof Messages, json: string): string {
  return `event: ${name}\ndata: ${json}\n\n`;
}

function listOf(items: readonly string[]): string {
  return `[${items.join(',')}]`;
}
