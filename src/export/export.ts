/** Exports a study as one file for other programs. */
import type { Sink } from '../base/sink.js';
import { writeWhole } from '../base/whole.js';
import type { StoredExperiment } from '../store/identity.js';
import type { StudyReader } from '../store/reader.js';
import type { OnProblem } from '../study/summary/cell.js';
import { cellTable } from './cells.js';
import { writeCsv } from './csv.js';
import { curveTable } from './curves.js';
import { writeJson } from './json.js';
import { requireOutside } from '../store/outside.js';
import { writeParquet } from './parquet.js';
import { exportedCells, supersededTrials, type ExperimentOf } from './study.js';
import type { Table } from './table.js';
import { trialTable } from './trials.js';
import type { EXPORT_FORMATS, EXPORT_TABLES } from './formats.js';

export interface ExportOptions {
  readonly what: (typeof EXPORT_TABLES)[number];
  readonly format: (typeof EXPORT_FORMATS)[number];
  readonly file: string;
  /** for trials and curves: also export those that the present grid does not plan */
  readonly all: boolean;
  readonly experimentOf: ExperimentOf;
  /** default: every experiment of the study */
  readonly experiments?: readonly StoredExperiment[];
}

export interface ExportOutcome {
  /** stored trials that are not in the file because the present grid does not plan them */
  readonly leftOut: number;
  /** one line for each estimate that could not be computed; its value is missing in the file */
  readonly problems: readonly string[];
  /** number of infinite values that the format cannot represent; they are null in the file */
  readonly infinite: number;
}

/**
 * Writes one table of a study, ordered by experiment, by cell in grid order and by trial. The table shows the store at
 * one moment, and the file is written by `writeWhole`. Throws `InputError` when the file cannot be written. Throws it
 * also when the file would lie in a study, where it could replace the data that it was made from.
 */
export function exportStudy(store: StudyReader, options: ExportOptions): ExportOutcome {
  requireOutside(options.file, store.dir);
  return store.snapshot(() => {
    let infinite = 0;
    const problems: string[] = [];
    writeWhole(options.file, (sink) => {
      infinite = writeTable(store, options, sink, (problem) => problems.push(problem));
    });
    const complete = options.all || options.what === 'cells';
    return {
      infinite,
      problems,
      leftOut: complete ? 0 : supersededTrials(store, options.experimentOf, options.experiments),
    };
  });
}

function writeTable(
  store: StudyReader,
  { what, format, all, experimentOf, experiments }: ExportOptions,
  sink: Sink,
  onProblem: OnProblem,
): number {
  if (what === 'cells') return inFormat(format, cellTable(store, experimentOf, onProblem, experiments), sink);
  const cells = exportedCells(store, experimentOf, all, experiments);
  if (what === 'curves') return inFormat(format, curveTable(store, cells, all), sink);
  return inFormat(format, trialTable(store, cells, all), sink);
}

/** Returns how many infinite numbers the format cannot represent. */
function inFormat<Row>(format: ExportOptions['format'], table: Table<Row>, sink: Sink): number {
  if (format === 'json') return writeJson(table, sink);
  if (format === 'csv') writeCsv(table, sink);
  else writeParquet(table, sink);
  return 0;
}
