/** One experiment as the page shows it. Counts follow every write to the store; estimates and figures more rarely. */
import type { ExperimentContent } from '../report/content.js';
import { formatEstimate } from '../report/format.js';
import { formatSetting } from '../report/tables.js';
import { systemClock } from '../pool/clock.js';
import type { StoredExperiment } from '../store/identity.js';
import type { ChosenExperiment, GridCell, StudyCell } from '../study/grid/cells.js';
import { gridPoints } from '../study/summary/points.js';
import { shownSettings } from '../study/grid/values.js';
import { cellWork, type CellWork } from '../study/leases/work.js';
import type { Estimate, Interval } from '../statistics/estimate.js';
import { SummaryMemory } from '../study/summary/memory.js';
import { Board } from './board.js';
import { countsOf, sumOf, talliesOf, type Counts, type Tallies } from './counts.js';
import { Gallery } from './figures.js';
import { secondsLeft } from './forecast.js';
import { layoutOf } from '../report/cellMap/layout.js';
import type { CellMessage, EstimateMessage } from './messages.js';
import { claimsPart, failuresPart, figuresPart, findingsPart, problemsPart } from './parts.js';
import type { LiveSource } from './source.js';
import { Trends } from './trends.js';

interface ViewedCell {
  readonly cell: GridCell;
  /** its number in the store; undefined: it is not there yet */
  readonly stored: number | undefined;
  readonly work: CellWork;
}

export class View {
  readonly board = new Board();
  readonly gallery = new Gallery();
  readonly #source: LiveSource;
  readonly #stored: StoredExperiment;
  readonly #chosen: ChosenExperiment;
  readonly #trends = new Trends();
  readonly #memory = new SummaryMemory();
  #cells: readonly ViewedCell[] = [];
  #content: ExperimentContent | undefined;
  #first: { readonly done: number; readonly at: number } | undefined;

  constructor(source: LiveSource, stored: StoredExperiment) {
    this.#source = source;
    this.#stored = stored;
    this.#chosen = { experiment: source.experimentOf(stored), values: stored.values };
    this.plan();
  }

  /** Makes the grid, which can depend on results. */
  plan(): void {
    const { store } = this.#source;
    const { experiment } = this.#chosen;
    const points = gridPoints(store, this.#chosen);
    this.#cells = points.map(({ cell, stored }) => ({
      cell,
      stored: stored?.id,
      work: cellWork(experiment, store.identity, cell),
    }));
    const shown = points.map(({ cell }) => shownSettings(experiment, cell.settings));
    const { places, ...layout } = layoutOf(shown);
    this.board.grid({
      experiment: experiment.id,
      measures: experiment.measures.map(({ name, description }) => ({ name, description })),
      ...layout,
      cells: points.map(({ cell }, i) => ({
        text: cell.text,
        values: layout.settings.map((name) => formatSetting(shown[i][name])),
        ...places[i],
      })),
    });
  }

  /** Computes estimates, claims, findings and failures anew, from one state of the store, and then draws the figures. */
  async refresh(): Promise<void> {
    const { store } = this.#source;
    const { id } = this.#chosen.experiment;
    const { tallies, content, failures } = store.snapshot(() => {
      if (this.#chosen.experiment.grow !== undefined) this.plan();
      const now = talliesOf(store);
      this.#memory.look(now);
      return {
        tallies: now,
        content: this.#source.contentOf(this.#stored, this.#memory),
        failures: store.failures(id),
      };
    });
    this.#content = content;
    this.#trends.add(content.findings, this.counts(tallies).done);
    this.board.part('claims', claimsPart(content));
    this.board.part('findings', findingsPart(content.findings, this.#trends.pictures(content.findings)));
    this.board.part('failures', failuresPart(id, failures));
    this.board.part('problems', problemsPart(content.problems));
    this.show(tallies);
    await this.gallery.update(
      content.figures,
      content.cells.map(({ settings }) => settings),
    );
    this.board.part('figures', figuresPart(id, this.gallery.shown));
  }

  /** The text of the cell with this key of its streams. */
  cellOf([first, second]: StudyCell['key']): string | undefined {
    return this.#cells.find(({ cell: { key } }) => key[0] === first && key[1] === second)?.cell.text;
  }

  /** Writes the counts of every cell, with the newest estimates. */
  show(tallies: Tallies): void {
    this.#cells.forEach((cell, at) => {
      this.board.cell(this.#messageOf(cell, at, tallies));
    });
  }

  counts(tallies: Tallies): Counts {
    return sumOf(this.#cells.map((viewed) => countsIn(viewed, tallies)));
  }

  /** Trials per second since the first call. */
  rate(done: number): number {
    const at = systemClock.now();
    this.#first ??= { done, at };
    return (done - this.#first.done) / (at - this.#first.at || Infinity);
  }

  secondsLeft(tallies: Tallies, workers: number): Interval | undefined {
    const cells = this.#cells.map(({ cell, stored, work }) => ({
      planned: cell.trials,
      work,
      tally: stored === undefined ? undefined : tallies.get(stored),
    }));
    return secondsLeft(this.#chosen, cells, workers);
  }

  #messageOf(viewed: ViewedCell, at: number, tallies: Tallies): CellMessage {
    const measures = this.#content?.cells[at]?.measures;
    const estimates =
      measures === undefined ? [] : this.#chosen.experiment.measures.map(({ name }) => estimateMessage(measures[name]));
    return { at, ...countsIn(viewed, tallies), estimates };
  }
}

function countsIn({ cell, stored }: ViewedCell, tallies: Tallies): Counts {
  return countsOf(cell.trials, stored === undefined ? undefined : tallies.get(stored));
}

function estimateMessage(estimate: Estimate | undefined): EstimateMessage {
  if (estimate === undefined) return { value: null, low: null, high: null, text: '' };
  const { value, low, high } = estimate;
  return { value: finite(value), low: finite(low), high: finite(high), text: formatEstimate(estimate) };
}

/** Five digits are more than a picture shows. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(5)) : null;
}
