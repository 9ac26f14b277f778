/** What a plot says about itself, for those who draw it. */

type DrawnPart = Readonly<Record<string, unknown>>;

/**
 * What a plot states about itself in its spec, under `usermeta.basin`: which fields of a row it draws, and where. When
 * the plot is drawn, rows with a value that has no place in the plot are marked and counted with this information.
 */
export interface Drawn {
  /** field of the rows, and the field that the axis shows if it is a different one */
  readonly x?: string;
  readonly xDrawn?: string;
  /** for an axis of names, on which every name has a place: the encoding of the axis */
  readonly xNames?: boolean;
  readonly xPlace?: DrawnPart;
  readonly y?: string;
  readonly xLog?: boolean;
  readonly yLog?: boolean;
  /** values of x that lines across the plot mark */
  readonly xReference?: readonly number[];
  /** fields of the ends of the intervals of y */
  readonly low?: string;
  readonly high?: string;
  /** the slope of the dashed line of a plot with two log axes */
  readonly guideSlope?: number;
  /** the encoding that distinguishes the series */
  readonly color?: DrawnPart;
  /** field with the value of a map's tiles */
  readonly tile?: string;
  /** field that is 1 in rows whose tile shows a mark instead of a value */
  readonly tileMarked?: string;
  /** layers of a map for tiles without a finite value */
  readonly emptyTiles?: readonly DrawnPart[];
}
