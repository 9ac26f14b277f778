/** What a plot is told. */

/** A Vega-Lite spec or a part of one. */
export type Spec = Readonly<Record<string, unknown>>;

/** What every plot of y against x takes: fields of the rows, titles and axes. */
export interface Axes {
  readonly x: string;
  readonly y: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xLog?: boolean;
  readonly yLog?: boolean;
  readonly xZero?: boolean;
  readonly yZero?: boolean;
  readonly xDomain?: readonly [number, number];
  readonly yDomain?: readonly [number, number];
  /** values of x and y marked by dashed lines across the plot */
  readonly xReference?: readonly number[];
  readonly yReference?: readonly number[];
}

/**
 * What a plot says of itself in its spec, under `usermeta.basin`: which fields of a row it draws where, so that rows with a value that
 * the plot has no place for can be marked and counted when it is drawn.
 */
export interface Drawn {
  /** field of the rows, and the field that stands on the axis, where it is another one */
  readonly x?: string;
  readonly xDrawn?: string;
  /** of names, which all have their place: the encoding that puts them there */
  readonly xNames?: boolean;
  readonly xPlace?: Spec;
  readonly y?: string;
  readonly xLog?: boolean;
  readonly yLog?: boolean;
  /** the encoding that tells series apart */
  readonly color?: Spec;
  /** field of the value of a map's tiles */
  readonly tile?: string;
  /** field that is 1 in rows whose tile has a mark in place of a value */
  readonly tileMarked?: string;
  /** layers that a map has where some tile has no finite value */
  readonly emptyTiles?: readonly Spec[];
}

export function usermeta(basin: Drawn): Spec {
  return { usermeta: { basin } };
}

export interface Series extends Axes {
  /** fields of the interval's ends; an end that is null, infinite or off a log axis is drawn as an arrow */
  readonly low: string;
  readonly high: string;
  /** field that tells the lines apart by colour and shape */
  readonly colour?: string;
  readonly colourTitle?: string;
  /** the values of that field in the order of the legend; default: ascending */
  readonly colourOrder?: readonly (string | number)[];
  /** whether the values of that field are numbers in an order, which the hues then follow */
  readonly colourOrdered?: boolean;
  /** draws a dashed line of this slope below the data; for two log axes */
  readonly guideSlope?: number;
}
