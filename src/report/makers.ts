/** The programs and machines that made the trials of a study, as a table. */
import { ORIGIN_NAMES, type MadeBy } from '../store/origin.js';
import { ORIGIN_TITLES } from '../study/provenance/foreign.js';
import { named, numeric, prose, type Table } from './table.js';

/** One row for each. */
export function makerTable(makers: readonly MadeBy[]): Table {
  return {
    columns: [
      numeric('trials'),
      ...ORIGIN_NAMES.map((name) => (name === 'platform' ? prose : named)(ORIGIN_TITLES[name])),
    ],
    rows: makers.map(({ origin, trials }) => [
      String(trials),
      ...ORIGIN_NAMES.map((name) => origin[name] ?? 'unknown'),
    ]),
  };
}

/** A sentence on what several makers mean for the numbers; undefined for one maker. */
export function makerRemark(makers: readonly MadeBy[]): string | undefined {
  return makers.length < 2
    ? undefined
    : `${makers.length} programs or kinds of machines made these trials: their bits, and where the code differs their meaning, may differ.`;
}
