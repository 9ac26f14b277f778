/** Summaries of the cells of one experiment, kept for as long as no trial is added to their cell. */
import type { CellSummary } from '../../experiments/spec.js';
import type { CellTally, StoredCell } from '../../store/reader.js';

interface Kept {
  readonly mark: string;
  readonly summary: CellSummary;
}

export class SummaryMemory {
  readonly #kept = new Map<number, Kept>();
  #tallies: ReadonlyMap<number, CellTally> = new Map();

  /** Takes the counts of the state of the store that is summarised next, by the number of the cell. */
  look(tallies: ReadonlyMap<number, CellTally>): void {
    this.#tallies = tallies;
  }

  /**
   * The summary of a cell: the kept one, or the one that `make` returns, which is kept if `make` says that it is sound.
   */
  summaryOf(
    cell: StoredCell,
    planned: number,
    make: () => { readonly summary: CellSummary; readonly sound: boolean },
  ): CellSummary {
    const mark = this.#markOf(cell, planned);
    const kept = this.#kept.get(cell.id);
    if (kept?.mark === mark) return kept.summary;
    const { summary, sound } = make();
    if (sound) this.#kept.set(cell.id, { mark, summary });
    return summary;
  }

  // A stored trial never changes, except that one over a limit is replaced: then a count changes, or the seconds do.
  #markOf({ id }: StoredCell, planned: number): string {
    const tally = this.#tallies.get(id);
    return tally === undefined
      ? `${planned}`
      : [planned, tally.ok, tally.diverged, tally.failed, tally.censored, tally.seconds].join(' ');
  }
}
