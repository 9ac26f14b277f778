/** What the server tells the page in the events of `/events`, as JSON. Numbers that are not finite are null. */

/** The events by name. */
export interface Messages {
  /** parts of the page that have changed: their HTML by id */
  readonly parts: Readonly<Record<string, string>>;
  readonly grid: GridMessage;
  /** the cells that have changed */
  readonly cells: readonly CellMessage[];
  /** the last event, with the reason why no other follows */
  readonly over: string;
}

/** The cells of an experiment, and where each one lies on the map. */
export interface GridMessage {
  readonly experiment: string;
  readonly measures: readonly { readonly name: string; readonly description: string }[];
  /** the names of the settings that vary */
  readonly settings: readonly string[];
  readonly rows: readonly string[];
  /** the setting whose values the columns are; empty: none */
  readonly across: string;
  readonly columns: readonly string[];
  readonly cells: readonly GridCellMessage[];
}

export interface GridCellMessage {
  /** the cell's text in addresses */
  readonly text: string;
  /** of the settings that vary */
  readonly values: readonly string[];
  readonly row: number;
  readonly column: number;
}

export interface CellMessage {
  /** place in `GridMessage.cells` */
  readonly at: number;
  readonly planned: number;
  /** finished trials: ok, diverged or failed */
  readonly done: number;
  readonly failed: number;
  readonly diverged: number;
  readonly censored: number;
  /** by the place of the measure in `GridMessage.measures`; empty before the first estimates */
  readonly estimates: readonly EstimateMessage[];
}

export interface EstimateMessage {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** value and interval as the report writes them */
  readonly text: string;
}
